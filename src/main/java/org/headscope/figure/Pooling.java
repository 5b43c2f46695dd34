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
    private final float[] strongest;

    Pooling(Matrix matrix, Scale scale, int width) {
        this.matrix = matrix;
        this.signed = scale.isSigned();
        this.normalising = scale.kind() == Scale.Kind.ROW_MAX;
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
        Arrays.fill(strongest, NONE);
        for (int row = first; row < end; row++) {
            float[] values = drawn(row);
            for (int x = 0; x < strongest.length && edges[x] < matrix.end(row); x++) {
                int blockEnd = Math.min(edges[x + 1], matrix.end(row));
                strongest[x] = signed
                        ? strongestSigned(values, edges[x], blockEnd, strongest[x])
                        : largest(values, edges[x], blockEnd, strongest[x]);
            }
        }
        return strongest;
    }

    private float[] drawn(int row) {
        float[] values = matrix.row(row);
        if (!matrix.isPlain()) {
            for (int column = 0; column < values.length; column++) {
                CellState state = matrix.state(row, column);
                values[column] = state == CellState.VALUE || state == CellState.NAN ? values[column] : NONE;
            }
        }
        Arrays.fill(values, 0, Math.min(matrix.start(), values.length), NONE);
        if (normalising) {
            divide(values, matrix.end(row));
        }
        return values;
    }

    private static void divide(float[] values, int end) {
        float max = largestNumber(values, end);
        for (int column = 0; column < end; column++) {
            if (values[column] != NONE) {
                values[column] = max > 0 ? values[column] / max : values[column] * 0;
            }
        }
    }

    private static float largestNumber(float[] values, int end) {
        float max = NONE;
        for (int column = 0; column < end; column++) {
            // Not Math.max: one NaN must not take the colours of its whole row away.
            if (values[column] > max) {
                max = values[column];
            }
        }
        return max;
    }

    /** NaN wins, as Math.max has it. */
    private static float largest(float[] values, int from, int end, float start) {
        float max = start;
        for (int column = from; column < end; column++) {
            max = Math.max(max, values[column]);
        }
        return max;
    }

    private static float strongestSigned(float[] values, int from, int end, float start) {
        float strongest = start;
        for (int column = from; column < end; column++) {
            float value = values[column];
            boolean stronger = strongest == NONE || Math.abs(value) > Math.abs(strongest) || Float.isNaN(value);
            if (value != NONE && stronger && !Float.isNaN(strongest)) {
                strongest = value;
            }
        }
        return strongest;
    }
}
