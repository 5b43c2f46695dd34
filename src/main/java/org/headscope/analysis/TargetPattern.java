package org.headscope.analysis;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.headscope.analysis.HeadDetector.Exclude;
import org.headscope.analysis.HeadDetector.Measure;
import org.headscope.weights.Tensor;

/**
 * Where attention is expected: of a known kind of head, or as somebody drew it. What TransformerLens's
 * {@code detect_head} takes as a detection pattern of one's own. Immutable.
 */
public final class TargetPattern {

    /** [query][key], keys up to the query. */
    private final double[][] expected;

    private TargetPattern(double[][] expected) {
        this.expected = expected;
    }

    /** What is expected of a query's attention to a key at or before it: 0 to 1. */
    @FunctionalInterface
    interface Expectation {
        double at(int query, int key);
    }

    static TargetPattern of(int length, Expectation expectation) {
        double[][] expected = new double[length][];
        for (int query = 0; query < length; query++) {
            int row = query;
            expected[query] = values(query + 1, key -> expectation.at(row, key));
        }
        return new TargetPattern(expected);
    }

    private static double[] values(int count, IntToDoubleFunction value) {
        double[] values = new double[count];
        Arrays.setAll(values, value);
        return values;
    }

    /**
     * One that was drawn.
     *
     * @param drawn [T][T], rows are queries, values from 0 to 1
     * @throws AnalysisRefusal if it is no such triangle, expects attention to what comes later, or expects none
     */
    public static TargetPattern drawn(double[][] drawn) {
        boolean expectsAny = false;
        for (int query = 0; query < drawn.length; query++) {
            if (drawn[query].length != drawn.length) {
                throw new AnalysisRefusal("A target needs as many keys as queries; row %d of %d has %d."
                    .formatted(query, drawn.length, drawn[query].length));
            }
            for (int key = 0; key < drawn.length; key++) {
                double value = drawn[query][key];
                if (!(value >= 0 && value <= 1)) {
                    throw new AnalysisRefusal("Attention lies between 0 and 1; query %d, key %d expects %s.".formatted(
                        query, key, value));
                }
                if (value > 0 && key > query) {
                    throw new AnalysisRefusal(("Query %d cannot look ahead to key %d; leave what lies above the "
                        + "diagonal empty.").formatted(query, key));
                }
                expectsAny |= value > 0;
            }
        }
        if (!expectsAny) {
            throw new AnalysisRefusal("Nothing is drawn; mark at least one place that the heads should look at.");
        }
        return of(drawn.length, (query, key) -> drawn[query][key]);
    }

    /** How many queries, and keys, it has. */
    public int length() {
        return expected.length;
    }

    /** What is expected of a query's attention to a key at or before it: 0 to 1. */
    public double expected(int query, int key) {
        return expected[query][key];
    }

    /**
     * How well one head agrees with it.
     *
     * @param pattern [T, T], rows are queries
     * @throws AnalysisRefusal if the pattern has another number of tokens
     */
    public double score(Tensor pattern, Measure measure, Exclude exclude) {
        requireLength(pattern.extent(0));
        RowScore score = scored(measure, exclude);
        float[] row = new float[expected.length];
        for (int query = 0; query < row.length; query++) {
            pattern.read(query * row.length, row, 0, query + 1);
            score.add(query, row);
        }
        return score.result();
    }

    void requireLength(int tokens) {
        if (tokens != expected.length) {
            throw new AnalysisRefusal("The target is of %d tokens, but the prompt has %d; draw it for this prompt."
                .formatted(expected.length, tokens));
        }
    }

    /** The same, a query at a time, of a pattern of {@link #length} tokens. */
    public RowScore scored(Measure measure, Exclude exclude) {
        return new Agreement(measure, exclude);
    }

    private final class Agreement implements RowScore {

        private final Measure measure;
        private final Exclude exclude;
        private double hit;
        private double total;
        private double difference;

        Agreement(Measure measure, Exclude exclude) {
            this.measure = measure;
            this.exclude = exclude;
        }

        @Override
        public void add(int query, float[] row) {
            int from = exclude.first() ? 1 : 0;
            int end = exclude.self() ? query : query + 1;
            if (measure == Measure.ABS) {
                difference += distance(row, expected[query], from, end);
            } else {
                hit += product(row, expected[query], from, end);
                total += sum(row, from, end);
            }
        }

        @Override
        public double result() {
            if (measure == Measure.ABS) {
                return 1 - Math.rint(difference / expected.length * 1000) / 1000;
            }
            return total == 0 ? 0 : hit / total;
        }
    }

    // Four sums at a time, since one would wait for each addition before it begins the next.

    private static double product(float[] row, double[] wanted, int from, int end) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int key = from;
        for (; key + 4 <= end; key += 4) {
            a += row[key] * wanted[key];
            b += row[key + 1] * wanted[key + 1];
            c += row[key + 2] * wanted[key + 2];
            d += row[key + 3] * wanted[key + 3];
        }
        for (; key < end; key++) {
            a += row[key] * wanted[key];
        }
        return a + b + (c + d);
    }

    private static double sum(float[] row, int from, int end) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int key = from;
        for (; key + 4 <= end; key += 4) {
            a += row[key];
            b += row[key + 1];
            c += row[key + 2];
            d += row[key + 3];
        }
        for (; key < end; key++) {
            a += row[key];
        }
        return a + b + (c + d);
    }

    private static double distance(float[] row, double[] wanted, int from, int end) {
        double sum = 0;
        for (int key = from; key < end; key++) {
            sum += Math.abs(row[key] - wanted[key]);
        }
        return sum;
    }
}
