package org.headscope.analysis;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.headscope.model.Cancellation;
import org.headscope.model.EngineThreads;
import org.headscope.model.Kernel;

/**
 * The largest entries of a product X·Yᵀ of two tall matrices, [n, d] and [m, d], that is itself too large to be kept.
 * Tile by tile, only what bounds its entries from above is computed (see {@link Concentrated}), and then those entries
 * alone whose bound is above the least of the largest so far. The rows with the greatest lengths come first: no entry
 * exceeds the product of its rows' lengths, so that whole tiles are left out. The result is exact.
 */
final class StrongestPairs {

    /** A thread computes all of its tiles into the same megabyte, which stays in its processor's cache. */
    private static final int TILE_ROWS = 512;
    private static final int TILE_COLUMNS = 512;
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
    private Top top;
    /** What an entry has to reach to be among the largest so far. Several threads read it. */
    private volatile float threshold = Float.NEGATIVE_INFINITY;

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
     * Matrices whose product bounds the entries, in pieces that make whole tiles: padded with zeros.
     *
     * @param rows of [TILE_ROWS, k]
     * @param columns of [k, TILE_COLUMNS]
     */
    private record Bounds(List<NDArray> rows, List<NDArray> columns) {

        static Bounds of(EngineArrays arrays, Concentrated rows, int coordinates) {
            return new Bounds(pieces(arrays, rows.boundingX(coordinates), coordinates + 1, TILE_ROWS),
                pieces(arrays, rows.boundingY(coordinates), coordinates + 1, TILE_COLUMNS).stream()
                    .map(NDArray::transpose).toList());
        }

        private static List<NDArray> pieces(EngineArrays arrays, float[] rows, int width, int count) {
            int size = count * width;
            return IntStream.iterate(0, from -> from < rows.length, from -> from + size)
                .mapToObj(from -> arrays.of(Arrays.copyOfRange(rows, from, from + size), count, width)).toList();
        }
    }

    /**
     * Where a thread computes its tiles, one after another: new memory for each takes twice as long as all the rest.
     *
     * @param into [rows, columns]
     * @param each the same memory
     * @param highest the maxima of {@link #TOGETHER} rows each, which lie as many rows apart as this has
     */
    private record Tile(NDArray into, FloatBuffer each, float[] highest) {

        static Tile of(EngineArrays arrays) {
            NDArray into = arrays.of(new float[TILE_ROWS * TILE_COLUMNS], TILE_ROWS, TILE_COLUMNS);
            return new Tile(into, EngineArrays.floats(into), new float[TILE_ROWS / TOGETHER * TILE_COLUMNS]);
        }

        /** A product of [rows, k] and [k, columns], and its maxima. */
        static Kernel kernel(EngineArrays arrays) {
            return arrays.kernel(List.of("x", "y", "into"), "torch.amax(torch.reshape(torch.mm(x, y, out=into), "
                + "[%d, %d, %d]), [0])".formatted(TOGETHER, TILE_ROWS / TOGETHER, TILE_COLUMNS));
        }

        void compute(Kernel kernel, NDArray x, NDArray y) {
            try (NDArray maxima = kernel.apply(x, y, into)) {
                EngineArrays.floats(maxima).get(highest);
            }
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

    /** The largest entries, the largest first; among equals that of the longer rows. */
    List<Entry> largest(int count, DoubleConsumer progress, Cancellation cancellation) {
        top = new Top(Math.toIntExact(Math.min(count, (long) left.count() * right.count())));
        threshold = top.threshold();
        Concentrated rows = Concentrated.of(arrays, arrays.of(left.rows(), left.count(), width),
            arrays.of(right.rows(), right.count(), width));
        cancellation.throwIfRequested();
        try (Kernel kernel = Tile.kernel(arrays)) {
            // The longest rows tell what an entry has to exceed, and so how many coordinates tell most of them apart.
            addTiles(Tile.of(arrays), kernel, Bounds.of(arrays, rows, width), 0);
            Bounds bounds = Bounds.of(arrays, rows, best(rows.some(TRIED), threshold));
            AtomicInteger next = new AtomicInteger(TILE_ROWS);
            Thread caller = Thread.currentThread();
            EngineThreads.each(() -> {
                Tile tile = Tile.of(arrays);
                for (int row = next.getAndAdd(TILE_ROWS); row < left.count() && longest(row, 0) > threshold;
                     row = next.getAndAdd(TILE_ROWS)) {
                    cancellation.throwIfRequested();
                    addTiles(tile, kernel, bounds, row);
                    if (Thread.currentThread() == caller) {
                        progress.accept(Math.min(1, (row + TILE_ROWS) / (double) left.count()));
                    }
                }
            });
        }
        progress.accept(1);
        return IntStream.range(0, top.size()).mapToObj(this::entry).toList();
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

    /** All tiles of some rows. */
    private void addTiles(Tile tile, Kernel kernel, Bounds bounds, int row) {
        for (int column = 0; column < right.count() && longest(row, column) > threshold; column += TILE_COLUMNS) {
            tile.compute(kernel, bounds.rows().get(row / TILE_ROWS), bounds.columns().get(column / TILE_COLUMNS));
            float[] highest = tile.highest();
            for (int i = next(highest, 0, threshold); i < highest.length; i = next(highest, i + 1, threshold)) {
                addOpen(tile.each(), i, row, column);
            }
        }
    }

    /** Where the next value above the threshold is. */
    private static int next(float[] values, int from, float threshold) {
        int at = from;
        while (at < values.length && values[at] <= threshold) {
            at++;
        }
        return at;
    }

    /** Of the rows that one maximum stands for, those entries whose bound leaves them open. */
    private void addOpen(FloatBuffer bounds, int maximum, int row, int column) {
        int to = column + maximum % TILE_COLUMNS;
        if (to >= right.count()) {
            return;
        }
        for (int i = maximum; i < TILE_ROWS * TILE_COLUMNS; i += TILE_ROWS / TOGETHER * TILE_COLUMNS) {
            int at = row + i / TILE_COLUMNS;
            if (bounds.get(i) > threshold && at < left.count()) {
                add((long) at * right.count() + to, product(at, to));
            }
        }
    }

    private void add(long place, float value) {
        if (value >= threshold) {
            synchronized (this) {
                top.add(place, value);
                threshold = top.threshold();
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

    private Entry entry(int rank) {
        long place = top.place(rank);
        return new Entry(left.origin()[(int) (place / right.count())], right.origin()[(int) (place % right.count())],
            top.value(rank));
    }
}
