package org.headscope.model;

/** Attention that does not depend on what the tokens are. Every row sums to 1, the first one included. */
public enum FixedAttention {
    /** The same to every key up to the query. */
    UNIFORM("uniform"),
    /** All to position 0. */
    FIRST("first-token"),
    /** All to the position before; position 0, which has none, looks at itself. */
    PREVIOUS("previous-token");

    private final String word;

    FixedAttention(String word) {
        this.word = word;
    }

    /** What stands before "attention". */
    public String word() {
        return word;
    }

    /** What a query gives to a key. */
    public float weight(int query, int key) {
        return switch (this) {
            case UNIFORM -> key <= query ? 1f / (query + 1) : 0;
            case FIRST -> key == 0 ? 1 : 0;
            case PREVIOUS -> key == Math.max(query - 1, 0) ? 1 : 0;
        };
    }
}
