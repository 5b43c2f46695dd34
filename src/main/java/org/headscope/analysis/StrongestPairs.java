package org.headscope.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.headscope.model.Cancellation;

/**
 * The largest entries of a product X·Yᵀ of two tall matrices, [n, d] and [m, d], that is itself too large to be kept.
 * Tile by tile, only what bounds its entries from above is computed (see {@link Concentrated}), and then those entries
 * alone whose bound is above the least of the largest so far. The rows with the greatest lengths come first: no entry
 * exceeds the product of its rows' lengths, so that whole tiles are left out. The result is exact.
 */
final class StrongestPairs {

    /** One tile is 2 MB, which stays in the processor's cache while it is searched. Larger ones are far slower. */
    private static final int TILE_ROWS = 512;
    private static final int TILE_COLUMNS = 1024;
    /** So many rows of a tile are searched by their maximum first. */
    private static final int TOGETHER = 16;

    /** How far the rounding of an entry may carry it beyond the product of the lengths. */
    private static final float SLACK = 1 + 1e-5f;

    /** How many coordinates a bound may have, besides the length of what is left: with it a multiple of 8. */
    private static final int LEAST_COORDINATES = 7;
    private static final int MORE_COORDINATES = 8;
    /** What computing one entry takes, in coordinates of the bounds of entries. Measured. */
    private static final double ENTRY_COST = 2000;
    /** So many rows and columns are tried to find out how many coordinates are best. */
    private static final int TRIED = 512;

    private final EngineArrays arrays;
    private final Sorted left;
    private final Sorted right;
    private final int width;

    /** One entry. */
    record Entry(int row, int column, float value) {
    }

    /** Rows by falling length, with the places where they came from. */
    private record Sorted(float[] rows, int[] origin, float[] lengths) {

        static Sorted of(float[] rows, int width) {
            int count = rows.length / width;
            float[] lengths = new float[count];
            for (int row = 0; row < count; row++) {
                lengths[row] = (float) Math.sqrt(Concentrated.squares(rows, row * width, width));
            }
            int[] origin = IntStream.range(0, count).boxed()
                .sorted(Comparator.comparingDouble(row -> -lengths[row])).mapToInt(row -> row).toArray();
            float[] sorted = new float[rows.length];
            float[] sortedLengths = new float[count];
            for (int row = 0; row < count; row++) {
                System.arraycopy(rows, origin[row] * width, sorted, row * width, width);
                sortedLengths[row] = lengths[origin[row]];
            }
            return new Sorted(sorted, origin, sortedLengths);
        }

        int count() {
            return origin.length;
        }
    }

    /**
     * Matrices whose product bounds the entries.
     *
     * @param x [n, k], padded to whole tiles with rows of zeros
     * @param y [k, m]
     */
    private record Bounds(NDArray x, NDArray y) {

        static Bounds of(EngineArrays arrays, Concentrated rows, int coordinates) {
            int count = rows.x().length / rows.width();
            int padded = (count + TILE_ROWS - 1) / TILE_ROWS * TILE_ROWS;
            float[] x = Arrays.copyOf(rows.boundingX(coordinates), padded * (coordinates + 1));
            return new Bounds(arrays.of(x, padded, coordinates + 1), arrays.of(rows.boundingY(coordinates),
                rows.y().length / rows.width(), coordinates + 1).transpose());
        }
    }

    /**
     * @param x [n·d], row by row
     * @param y [m·d], row by row
     */
    StrongestPairs(EngineArrays arrays, float[] x, float[] y, int width) {
        this.arrays = arrays;
        this.width = width;
        this.left = Sorted.of(x, width);
        this.right = Sorted.of(y, width);
    }

    /** The largest entries, the largest first. */
    List<Entry> largest(int count, DoubleConsumer progress, Cancellation cancellation) {
        Top top = new Top(Math.toIntExact(Math.min(count, (long) left.count() * right.count())));
        Concentrated rows = Concentrated.of(arrays, arrays.of(left.rows(), left.count(), width),
            arrays.of(right.rows(), right.count(), width));
        // The longest rows tell what an entry has to exceed, and so how many coordinates tell most of them apart.
        Bounds bounds = Bounds.of(arrays, rows, width);
        for (int row = 0; row < left.count() && longest(row, 0) > top.threshold(); row += TILE_ROWS) {
            cancellation.throwIfRequested();
            for (int column = 0; column < right.count() && longest(row, column) > top.threshold();
                 column += TILE_COLUMNS) {
                addTile(bounds, row, column, top);
            }
            if (row == 0) {
                bounds = Bounds.of(arrays, rows, best(rows.some(TRIED), top.threshold()));
            }
            progress.accept(Math.min(1, (row + TILE_ROWS) / (double) left.count()));
        }
        progress.accept(1);
        return IntStream.range(0, top.size()).mapToObj(rank -> entry(top, rank)).toList();
    }

    private float longest(int row, int column) {
        return left.lengths()[row] * right.lengths()[column] * SLACK;
    }

    /**
     * The number of coordinates with which bounds and the entries that they leave open take the least time.
     *
     * @param some rows and columns from everywhere
     */
    private int best(Concentrated some, float threshold) {
        int best = width;
        double least = width + 1;
        for (int coordinates = LEAST_COORDINATES; coordinates < width; coordinates += MORE_COORDINATES) {
            double cost = coordinates + 1 + ENTRY_COST * open(some, coordinates, threshold);
            if (cost < least) {
                best = coordinates;
                least = cost;
            }
        }
        return best;
    }

    /** The share of entries whose bound exceeds the threshold. */
    private double open(Concentrated some, int coordinates, float threshold) {
        try (EngineArrays step = arrays.step()) {
            NDArray x = step.of(some.boundingX(coordinates), TRIED, coordinates + 1);
            NDArray y = step.of(some.boundingY(coordinates), TRIED, coordinates + 1);
            FloatBuffer bounds = EngineArrays.floats(x.matMul(y.transpose()));
            return IntStream.range(0, TRIED * TRIED).filter(i -> bounds.get(i) > threshold).count()
                / (double) (TRIED * TRIED);
        }
    }

    private void addTile(Bounds bounds, int row, int column, Top top) {
        int columns = Math.min(TILE_COLUMNS, right.count() - column);
        try (EngineArrays step = arrays.step()) {
            NDArray tile = step.adopt(bounds.x().get("%d:%d, :".formatted(row, row + TILE_ROWS)))
                .matMul(step.adopt(bounds.y().get(":, %d:%d".formatted(column, column + columns))));
            FloatBuffer each = EngineArrays.floats(tile);
            float[] highest = highest(tile).toFloatArray();
            float threshold = top.threshold();
            for (int i = 0; i < highest.length; i++) {
                if (highest[i] > threshold) {
                    addOpen(each, i, row, column, columns, top);
                    threshold = top.threshold();
                }
            }
        }
    }

    /** The maxima of {@link #TOGETHER} rows each, which lie as many rows apart as the result has. */
    private static NDArray highest(NDArray tile) {
        NDArray highest = tile;
        for (int rows = TILE_ROWS / 2; rows >= TILE_ROWS / TOGETHER; rows /= 2) {
            highest = NDArrays.maximum(highest.get("0:%d, :".formatted(rows)), highest.get(
                "%d:%d, :".formatted(rows, 2 * rows)));
        }
        return highest;
    }

    /** Of the rows that one maximum stands for, those entries whose bound leaves them open. */
    private void addOpen(FloatBuffer bounds, int maximum, int row, int column, int columns, Top top) {
        for (int i = maximum; i < TILE_ROWS * columns; i += TILE_ROWS / TOGETHER * columns) {
            int at = row + i / columns;
            if (bounds.get(i) > top.threshold() && at < left.count()) {
                int to = column + i % columns;
                top.add((long) at * right.count() + to, product(at, to));
            }
        }
    }

    private float product(int row, int column) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += (double) left.rows()[row * width + i] * right.rows()[column * width + i];
        }
        return (float) sum;
    }

    private Entry entry(Top top, int rank) {
        long place = top.place(rank);
        return new Entry(left.origin()[(int) (place / right.count())], right.origin()[(int) (place % right.count())],
            top.value(rank));
    }
}
