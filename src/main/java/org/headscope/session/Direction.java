package org.headscope.session;

/** Which way attention is read at a token. */
public enum Direction {
    BOTH("Both ways", "What a token attends to, and what attends to it"),
    ATTENDS_TO("Attends to", "What a token attends to"),
    ATTENDED_BY("Attended by", "What attends to a token");

    private final String label;
    private final String hint;

    Direction(String label, String hint) {
        this.label = label;
        this.hint = hint;
    }

    public String label() {
        return label;
    }

    public String hint() {
        return hint;
    }

    /** Whether what the token attends to is shown. */
    public boolean isForwards() {
        return this != ATTENDED_BY;
    }

    /** Whether what attends to the token is shown. */
    public boolean isBackwards() {
        return this != ATTENDS_TO;
    }

    /** The next in turn, the first after the last. */
    public Direction next() {
        return values()[(ordinal() + 1) % values().length];
    }
}
