package org.headscope.figure;

/**
 * How values become colours: a map and a scale of the same kind, for a signed scale on a sequential map would hide
 * the sign, and an unsigned one on a diverging map would invent it.
 */
public record Shading(ColorMap map, Scale scale) {

    public Shading {
        if (map.isDiverging() != scale.isSigned()) {
            throw new IllegalArgumentException("The map " + map + " does not fit the scale " + scale.name() + ".");
        }
    }

    /** The colour of a value in a row whose largest value is {@code rowMax}, opaque. The value may not be NaN. */
    public int argb(float value, float rowMax) {
        return map.at(scale.position(value, rowMax));
    }
}
