package org.headscope.model;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.headscope.weights.Tensor;

/**
 * A layer's attention from its queries and keys, for runs that kept those only: the patterns of 1,024 tokens take
 * sixteen times their room. Without the engine, so on any thread; up to rounding it is what the run itself computed.
 *
 * <p>T positions, H heads, d width of a head.
 */
final class QueriesAndKeys {

    /** Of a head's width, in one pass over a row: fewer passes read and write the row less often. */
    private static final int AT_ONCE = 4;

    private final Tensor queries;
    private final Tensor keys;
    private final float divisor;
    private final int tokens;
    private final int heads;
    private final int width;

    /**
     * @param queries [1, T, H, d]
     * @param keys likewise
     * @param divisor of their products
     */
    QueriesAndKeys(Tensor queries, Tensor keys, double divisor) {
        this.queries = queries;
        this.keys = keys;
        this.divisor = (float) divisor;
        this.tokens = queries.extent(1);
        this.heads = queries.extent(2);
        this.width = queries.extent(3);
    }

    int heads() {
        return heads;
    }

    /** One head's pattern, [T, T]. */
    Tensor pattern(int head) {
        float[] values = new float[tokens * tokens];
        fill(values, 0, head, true);
        return Tensor.of(values, tokens, tokens);
    }

    /** One head's scores before the softmax, [T, T], −∞ where the key lies after its query. */
    Tensor scores(int head) {
        float[] values = new float[tokens * tokens];
        fill(values, 0, head, false);
        return Tensor.of(values, tokens, tokens);
    }

    /** All heads' patterns, [1, H, T, T]. */
    Tensor patterns() {
        float[] values = new float[heads * tokens * tokens];
        IntStream.range(0, heads).parallel().forEach(head -> fill(values, head * tokens * tokens, head, true));
        return Tensor.of(values, 1, heads, tokens, tokens);
    }

    private void fill(float[] target, int offset, int head, boolean softmax) {
        Rows rows = new Rows(head, softmax);
        for (int position = 0; position < tokens; position++) {
            int start = offset + position * tokens;
            System.arraycopy(rows.row(position), 0, target, start, position + 1);
            if (!softmax) {
                Arrays.fill(target, start + position + 1, start + tokens, Float.NEGATIVE_INFINITY);
            }
        }
    }

    /** One head's pattern, a query at a time. */
    AttentionRows rows(int head) {
        return new Rows(head, true);
    }

    private final class Rows implements AttentionRows {

        private final int head;
        private final boolean softmax;
        /** [d][T]: along them the products of one query run on vectors. */
        private final float[][] columns = new float[width][tokens];
        private final float[] query = new float[width];
        private final float[] row = new float[tokens];

        Rows(int head, boolean softmax) {
            this.head = head;
            this.softmax = softmax;
            float[] key = new float[width];
            for (int position = 0; position < tokens; position++) {
                read(keys, position, key);
                for (int i = 0; i < width; i++) {
                    columns[i][position] = key[i];
                }
            }
        }

        private void read(Tensor all, int position, float[] vector) {
            all.read((position * heads + head) * width, vector, 0, width);
        }

        @Override
        public int tokens() {
            return tokens;
        }

        @Override
        public float[] row(int position) {
            read(queries, position, query);
            products(row, query, columns, position + 1);
            if (softmax) {
                softmax(row, position + 1);
            }
            return row;
        }
    }

    private void products(float[] row, float[] query, float[][] columns, int count) {
        Arrays.fill(row, 0, count, 0);
        int i = 0;
        for (; i + AT_ONCE <= width; i += AT_ONCE) {
            addFour(row, query, columns, i, count);
        }
        for (; i < width; i++) {
            for (int key = 0; key < count; key++) {
                row[key] += query[i] * columns[i][key];
            }
        }
        for (int key = 0; key < count; key++) {
            row[key] /= divisor;
        }
    }

    private static void addFour(float[] row, float[] query, float[][] columns, int i, int count) {
        float q0 = query[i];
        float q1 = query[i + 1];
        float q2 = query[i + 2];
        float q3 = query[i + 3];
        float[] k0 = columns[i];
        float[] k1 = columns[i + 1];
        float[] k2 = columns[i + 2];
        float[] k3 = columns[i + 3];
        for (int key = 0; key < count; key++) {
            row[key] += q0 * k0[key] + q1 * k1[key] + (q2 * k2[key] + q3 * k3[key]);
        }
    }

    private static void softmax(float[] row, int count) {
        float max = Float.NEGATIVE_INFINITY;
        for (int key = 0; key < count; key++) {
            max = Math.max(max, row[key]);
        }
        double sum = 0;
        for (int key = 0; key < count; key++) {
            double share = Math.exp(row[key] - max);
            row[key] = (float) share;
            sum += share;
        }
        float factor = (float) (1 / sum);
        for (int key = 0; key < count; key++) {
            row[key] *= factor;
        }
    }
}
