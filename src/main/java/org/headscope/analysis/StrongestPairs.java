package org.headscope.analysis;

import ai.djl.ndarray.NDArray;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.headscope.model.Cancellation;

/**
 * The largest entries of a product X·Yᵀ of two tall matrices, [n, d] and [m, d], that is itself too large to be kept.
 * It is computed tile by tile, the rows with the greatest lengths first: no entry exceeds the product of its rows'
 * lengths, so that tiles which cannot hold one of the largest entries are left out. The result is exact.
 */
final class StrongestPairs {

    /** One tile is 2 MB, which stays in the processor's cache while its maxima are taken. Larger ones are far slower. */
    private static final int TILE_ROWS = 256;
    private static final int TILE_COLUMNS = 2048;

    /** How far the rounding of an entry may carry it beyond the product of the lengths. */
    private static final float SLACK = 1 + 1e-5f;

    private final EngineArrays arrays;
    private final Sorted left;
    private final Sorted right;

    /** One entry. */
    record Entry(int row, int column, float value) {
    }

    /** Rows by falling length, with the places where they came from. */
    private record Sorted(float[] rows, int width, int[] origin, float[] lengths) {

        static Sorted of(float[] rows, int width) {
            int count = rows.length / width;
            float[] lengths = new float[count];
            for (int row = 0; row < count; row++) {
                double squares = 0;
                for (int i = 0; i < width; i++) {
                    squares += (double) rows[row * width + i] * rows[row * width + i];
                }
                lengths[row] = (float) Math.sqrt(squares);
            }
            int[] origin = IntStream.range(0, count).boxed()
                .sorted(Comparator.comparingDouble(row -> -lengths[row])).mapToInt(row -> row).toArray();
            float[] sorted = new float[rows.length];
            float[] sortedLengths = new float[count];
            for (int row = 0; row < count; row++) {
                System.arraycopy(rows, origin[row] * width, sorted, row * width, width);
                sortedLengths[row] = lengths[origin[row]];
            }
            return new Sorted(sorted, width, origin, sortedLengths);
        }

        int count() {
            return origin.length;
        }

        NDArray in(EngineArrays arrays) {
            return arrays.of(rows, count(), width);
        }
    }

    /**
     * @param x [n·d], row by row
     * @param y [m·d], row by row
     */
    StrongestPairs(EngineArrays arrays, float[] x, float[] y, int width) {
        this.arrays = arrays;
        this.left = Sorted.of(x, width);
        this.right = Sorted.of(y, width);
    }

    /** The largest entries, the largest first. */
    List<Entry> largest(int count, DoubleConsumer progress, Cancellation cancellation) {
        Top top = new Top(Math.toIntExact(Math.min(count, (long) left.count() * right.count())));
        NDArray x = left.in(arrays);
        NDArray y = right.in(arrays).transpose();
        for (int row = 0; row < left.count() && bound(row, 0) > top.threshold(); row += TILE_ROWS) {
            cancellation.throwIfRequested();
            int rows = Math.min(TILE_ROWS, left.count() - row);
            for (int column = 0; column < right.count() && bound(row, column) > top.threshold();
                 column += TILE_COLUMNS) {
                addTile(x, y, row, rows, column, Math.min(TILE_COLUMNS, right.count() - column), top);
            }
            progress.accept((double) (row + rows) / left.count());
        }
        progress.accept(1);
        return IntStream.range(0, top.size()).mapToObj(rank -> entry(top, rank)).toList();
    }

    private float bound(int row, int column) {
        return left.lengths()[row] * right.lengths()[column] * SLACK;
    }

    private void addTile(NDArray x, NDArray y, int row, int rows, int column, int columns, Top top) {
        try (EngineArrays step = arrays.step()) {
            NDArray some = step.adopt(x.get("%d:%d, :".formatted(row, row + rows)));
            NDArray tile = some.matMul(step.adopt(y.get(":, %d:%d".formatted(column, column + columns))));
            var floats = EngineArrays.floats(tile);
            float[] maxima = tile.max(new int[] {1}).toFloatArray();
            for (int i = 0; i < rows; i++) {
                if (maxima[i] > top.threshold()) {
                    top.addAll(floats, i * columns, columns, (long) (row + i) * right.count() + column);
                }
            }
        }
    }

    private Entry entry(Top top, int rank) {
        long place = top.place(rank);
        return new Entry(left.origin()[(int) (place / right.count())], right.origin()[(int) (place % right.count())],
            top.value(rank));
    }
}
