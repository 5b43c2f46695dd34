package org.headscope.analysis;

import java.nio.FloatBuffer;

/** The places of the largest values seen so far, of which there are at most a given number. */
final class Top {

    private final long[] places;
    private final float[] values;
    private int size;

    Top(int count) {
        places = new long[count];
        values = new float[count];
    }

    /** What a value has to exceed to be among them. */
    float threshold() {
        return size < values.length ? Float.NEGATIVE_INFINITY : values[size - 1];
    }

    /** Looks at a row of values, whose places are counted from a first one. */
    void addAll(FloatBuffer row, int from, int count, long firstPlace) {
        float threshold = threshold();
        for (int i = 0; i < count; i++) {
            float value = row.get(from + i);
            if (value > threshold) {
                add(firstPlace + i, value);
                threshold = threshold();
            }
        }
    }

    /** Among equals the one of the lower place comes first, whichever is seen first. */
    void add(long place, float value) {
        if (size == values.length && !isBefore(place, value, size - 1)) {
            return;
        }
        int at = size < values.length ? size++ : size - 1;
        while (at > 0 && isBefore(place, value, at - 1)) {
            values[at] = values[at - 1];
            places[at] = places[at - 1];
            at--;
        }
        values[at] = value;
        places[at] = place;
    }

    private boolean isBefore(long place, float value, int rank) {
        return value > values[rank] || value == values[rank] && place < places[rank];
    }

    int size() {
        return size;
    }

    /** @param rank 0 for the largest */
    long place(int rank) {
        return places[rank];
    }

    float value(int rank) {
        return values[rank];
    }
}
