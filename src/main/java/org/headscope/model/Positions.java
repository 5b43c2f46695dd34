package org.headscope.model;

/**
 * A range of positions, both ends included.
 */
public record Positions(int from, int to) {

    /** Every position of whatever prompt. */
    public static final Positions ALL = new Positions(0, Integer.MAX_VALUE);

    public Positions {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(from + "-" + to);
        }
    }

    public static Positions only(int position) {
        return new Positions(position, position);
    }

    public boolean isAll() {
        return equals(ALL);
    }

    public boolean contains(int position) {
        return position >= from && position <= to;
    }

    @Override
    public String toString() {
        return from == to ? Integer.toString(from) : from + "-" + to;
    }
}
