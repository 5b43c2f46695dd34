package org.headscope.window.lens;

import java.util.OptionalInt;

/**
 * What the colours of the lens tell.
 *
 * @param token whose rank; empty for the probability of each cell's likeliest token
 * @param label as a person reads it
 */
public record Coloring(OptionalInt token, String label) {

    static final Coloring PROBABILITY = new Coloring(OptionalInt.empty(), "probability");

    static Coloring rankOf(int token, String label) {
        return new Coloring(OptionalInt.of(token), "rank of " + label);
    }

    @Override
    public String toString() {
        return label;
    }
}
