package org.headscope.session;

/** How attention is drawn. */
public enum Look {
    MAP("Map", "Queries down, keys across"),
    LINES("Lines", "Two columns of tokens with lines from queries to keys; up to three chosen heads at once"),
    TEXT("Text", "The prompt as it reads; a token shows what it attends to and what attends to it"),
    TABLE("Table", "Every number, queries down, keys across; Ctrl+C copies the chosen rows, or all");

    private final String label;
    private final String hint;

    Look(String label, String hint) {
        this.label = label;
        this.hint = hint;
    }

    public String label() {
        return label;
    }

    public String hint() {
        return hint;
    }
}
