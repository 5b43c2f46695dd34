package org.headscope.session;

/** Whose attention is shown. */
public enum Which {
    CLEAN("Clean"), CORRUPT("Corrupt"), DIFFERENCE("Difference");

    private final String label;

    Which(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** For the title of a view. */
    public String phrase() {
        return switch (this) {
            case CLEAN -> "clean run";
            case CORRUPT -> "corrupt run";
            case DIFFERENCE -> "clean − corrupt";
        };
    }
}
