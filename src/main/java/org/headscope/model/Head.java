package org.headscope.model;

/** One attention head, always written {@code L4H1}: both numbers from zero, as in TransformerLens. */
public record Head(int layer, int head) implements Comparable<Head> {

    @Override
    public int compareTo(Head other) {
        return layer != other.layer ? Integer.compare(layer, other.layer) : Integer.compare(head, other.head);
    }

    @Override
    public String toString() {
        return "L" + layer + "H" + head;
    }
}
