package org.headscope.figure;

import java.util.Arrays;

/** Takes the strongest value of each block of cells. One is made for each raster; it is not safe to share. */
final class Pooling {

    /** What a block without any value gives; no real value is negative infinity. */
    static final float NONE = Float.NEGATIVE_INFINITY;

    private final Matrix matrix;
    private final boolean signed;
    private final boolean normalising;
    private final int[] edges;
    private final float[] highest;
    private final float[] lowest;
    private final float[] scaled;
    private final float[] strongest;

    Pooling(Matrix matrix, Scale scale, int width) {
        this.matrix = matrix;
        this.signed = scale.isSigned();
        this.normalising = scale.kind() == Scale.Kind.ROW_MAX;
        this.highest = new float[matrix.columns()];
        this.lowest = new float[matrix.columns()];
        this.scaled = new float[matrix.columns()];
        this.strongest = new float[width];
        this.edges = new int[width + 1];
        for (int x = 0; x <= width; x++) {
            edges[x] = Raster.edge(x, matrix.columns(), width);
        }
    }

    /** Whether values come divided by their row's largest, since rows of one block may differ in it. */
    boolean normalises() {
        return normalising;
    }

    /** The strongest values of the rows from {@code first} to before {@code end}, one a block; the array is reused. */
    float[] rows(int first, int end) {
        Arrays.fill(highest, Float.NEGATIVE_INFINITY);
        Arrays.fill(lowest, Float.POSITIVE_INFINITY);
        for (int row = first; row < end; row++) {
            gather(row);
        }
        for (int x = 0; x < strongest.length; x++) {
            strongest[x] = strongest(edges[x], edges[x + 1]);
        }
        return strongest;
    }

    /** Takes a row into the extremes of its columns: whole rows first, since such loops run on vectors. */
    private void gather(int row) {
        float factor = factor(row);
        int start = matrix.start();
        int end = matrix.end(row);
        if (!matrix.isPlain()) {
            gatherOneByOne(row, factor);
        } else if (normalising) {
            multiply(scaled, matrix.values(), matrix.place(row, 0), start, end, factor);
            raise(highest, scaled, 0, start, end);
        } else {
            raise(highest, matrix.values(), matrix.place(row, 0), start, end);
            if (signed) {
                lower(lowest, matrix.values(), matrix.place(row, 0), start, end);
            }
        }
    }

    private void gatherOneByOne(int row, float factor) {
        for (int column = matrix.start(); column < matrix.end(row); column++) {
            if (isDrawn(row, column)) {
                float value = matrix.value(row, column) * factor;
                highest[column] = Math.max(highest[column], value);
                lowest[column] = Math.min(lowest[column], value);
            }
        }
    }

    /** What a row is multiplied by; a row of zeros has no largest value to divide by. */
    private float factor(int row) {
        float max = normalising ? matrix.rowMax(row) : 1;
        return max > 0 ? 1 / max : 0;
    }

    private boolean isDrawn(int row, int column) {
        CellState state = matrix.state(row, column);
        return state == CellState.VALUE || state == CellState.NAN;
    }

    private static void multiply(float[] target, float[] values, int offset, int start, int end, float factor) {
        for (int column = start; column < end; column++) {
            target[column] = values[offset + column] * factor;
        }
    }

    private static void raise(float[] highest, float[] values, int offset, int start, int end) {
        for (int column = start; column < end; column++) {
            highest[column] = Math.max(highest[column], values[offset + column]);
        }
    }

    private static void lower(float[] lowest, float[] values, int offset, int start, int end) {
        for (int column = start; column < end; column++) {
            lowest[column] = Math.min(lowest[column], values[offset + column]);
        }
    }

    /** The strongest of some columns; NaN wins, as Math.max and Math.min have it. */
    private float strongest(int from, int end) {
        float high = Float.NEGATIVE_INFINITY;
        float low = Float.POSITIVE_INFINITY;
        for (int column = from; column < end; column++) {
            high = Math.max(high, highest[column]);
            low = Math.min(low, lowest[column]);
        }
        return signed && high != NONE && -low > high ? low : high;
    }
}
