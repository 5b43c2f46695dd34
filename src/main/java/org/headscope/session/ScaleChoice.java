package org.headscope.session;

import org.headscope.figure.Scale;

/** How attention becomes colour. Differences are always on a fixed ±1, whatever is chosen. */
public enum ScaleChoice {
    ABSOLUTE("0–1", Scale.absolute()),
    ROW_MAX("Row max", Scale.rowMax()),
    SQRT("√", Scale.sqrt()),
    LOG("Log", Scale.log());

    private final String label;
    private final Scale scale;

    ScaleChoice(String label, Scale scale) {
        this.label = label;
        this.scale = scale;
    }

    public String label() {
        return label;
    }

    public Scale scale(Which which) {
        return which == Which.DIFFERENCE ? Scale.signedUnit() : scale;
    }

    public ScaleChoice next() {
        return values()[(ordinal() + 1) % values().length];
    }
}
