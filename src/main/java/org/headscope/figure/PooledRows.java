package org.headscope.figure;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Makes a head's attention small as its rows come, without a matrix of all of them: that of 1,024 tokens is 4 MB, and
 * there is one for every head.
 */
public final class PooledRows {

    /**
     * The same attention.
     *
     * @param withoutFirst as with its first column hidden
     */
    public record Both(Thumbnail whole, Thumbnail withoutFirst) {
    }

    private final int tokens;
    private final int side;
    private final int[] edges;

    private PooledRows(int tokens) {
        this.tokens = tokens;
        this.side = Math.min(tokens, Raster.THUMBNAIL);
        this.edges = new int[side + 1];
        for (int block = 0; block <= side; block++) {
            edges[block] = Raster.edge(block, tokens, side);
        }
    }

    /**
     * Of values that are all of one sign, for scales that are not signed.
     *
     * @param rows asked for in order; of each the values up to the diagonal, in an array that may be used again
     */
    public static Both of(int tokens, IntFunction<float[]> rows) {
        return new PooledRows(tokens).plain(rows);
    }

    /**
     * Of values of both signs, for signed scales: of each block the value of largest size.
     *
     * @param from the first row that is drawn; those before are not asked for
     */
    public static Both signed(int tokens, int from, IntFunction<float[]> rows) {
        return new PooledRows(tokens).signed(from, rows);
    }

    private Both plain(IntFunction<float[]> rows) {
        float[] highest = new float[tokens];
        float[] shares = new float[tokens];
        float[] sharesWithoutFirst = new float[tokens];
        Pooled values = new Pooled();
        Pooled shared = new Pooled();
        for (int y = 0; y < side; y++) {
            clear(highest, shares, sharesWithoutFirst);
            for (int query = edges[y]; query < edges[y + 1]; query++) {
                float[] row = rows.apply(query);
                float rest = largest(row, 1, query + 1);
                raise(highest, row, 1, query + 1);
                raise(shares, row, factor(Math.max(rest, largest(row, 0, 1))), query + 1);
                raise(sharesWithoutFirst, row, factor(rest), query + 1);
            }
            values.put(y, highest, highest);
            shared.put(y, shares, sharesWithoutFirst);
        }
        return new Both(Thumbnail.of(side, false, values.whole, shared.whole),
            Thumbnail.of(side, false, values.withoutFirst, shared.withoutFirst));
    }

    private Both signed(int from, IntFunction<float[]> rows) {
        float[] highest = new float[tokens];
        float[] lowest = new float[tokens];
        Pooled pooled = new Pooled();
        for (int y = 0; y < side; y++) {
            clear(highest, lowest);
            for (int query = Math.max(from, edges[y]); query < edges[y + 1]; query++) {
                float[] row = rows.apply(query);
                raise(highest, row, 1, query + 1);
                raise(lowest, row, -1, query + 1);
            }
            pooled.putSigned(y, highest, lowest);
        }
        return new Both(Thumbnail.of(side, true, pooled.whole, new float[0]),
            Thumbnail.of(side, true, pooled.withoutFirst, new float[0]));
    }

    private static void clear(float[]... arrays) {
        for (float[] array : arrays) {
            Arrays.fill(array, Pooling.NONE);
        }
    }

    /** Of the numbers; 0 where there are none. */
    private static float largest(float[] row, int start, int end) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int key = start; key < end; key++) {
            largest = row[key] > largest ? row[key] : largest;
        }
        return largest == Float.NEGATIVE_INFINITY ? 0 : largest;
    }

    /** What a row is multiplied by; a row of zeros has no largest value to divide by. */
    private static float factor(float rowMax) {
        return rowMax > 0 ? 1 / rowMax : 0;
    }

    private static void raise(float[] highest, float[] row, float factor, int end) {
        for (int key = 0; key < end; key++) {
            highest[key] = Math.max(highest[key], row[key] * factor);
        }
    }

    /** What becomes of the blocks: with the first column and without it. */
    private final class Pooled {

        private final float[] whole = new float[side * side];
        private final float[] withoutFirst = new float[side * side];

        void put(int y, float[] highest, float[] highestWithoutFirst) {
            for (int x = 0; x < side; x++) {
                whole[y * side + x] = highest(highest, edges[x], edges[x + 1]);
                withoutFirst[y * side + x] = highest(highestWithoutFirst, Math.max(1, edges[x]), edges[x + 1]);
            }
        }

        /** @param lowest with their signs turned */
        void putSigned(int y, float[] highest, float[] lowest) {
            for (int x = 0; x < side; x++) {
                whole[y * side + x] = strongest(highest, lowest, edges[x], edges[x + 1]);
                withoutFirst[y * side + x] = strongest(highest, lowest, Math.max(1, edges[x]), edges[x + 1]);
            }
        }

        private float strongest(float[] highest, float[] lowest, int from, int end) {
            float high = highest(highest, from, end);
            float low = highest(lowest, from, end);
            return high != Pooling.NONE && low > high ? -low : high;
        }

        private float highest(float[] of, int from, int end) {
            float highest = Pooling.NONE;
            for (int key = from; key < end; key++) {
                highest = Math.max(highest, of[key]);
            }
            return highest;
        }
    }
}
