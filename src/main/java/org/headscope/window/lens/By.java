package org.headscope.window.lens;

/** What stands alone in the sum of an attribution. */
public enum By {
    HEAD("head", "heads"), PART("part", "parts"), NEURON("neuron", "these neurons");

    private final String singular;
    private final String plural;

    By(String singular, String plural) {
        this.singular = singular;
        this.plural = plural;
    }

    String singular() {
        return singular;
    }

    String plural() {
        return plural;
    }
}
