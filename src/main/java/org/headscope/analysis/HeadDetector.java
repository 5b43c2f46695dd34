package org.headscope.analysis;

import org.headscope.weights.Tensor;

/**
 * How much of a head's attention goes where a head of a known kind would look. Follows TransformerLens's
 * {@code head_detector.detect_head}, with two kinds more; unlike its versions before 4 the exclusions leave the
 * pattern itself as it is.
 */
public enum HeadDetector {
    /** The token before. */
    PREVIOUS("previous", "previous token") {
        @Override
        boolean expects(int[] ids, int query, int key) {
            return key == query - 1;
        }
    },
    /** Earlier occurrences of the same token. */
    DUPLICATE("duplicate", "duplicate token") {
        @Override
        boolean expects(int[] ids, int query, int key) {
            return key < query && ids[key] == ids[query];
        }
    },
    /** What came after earlier occurrences of the same token. Key 0 follows nothing. */
    INDUCTION("induction", "induction") {
        @Override
        boolean expects(int[] ids, int query, int key) {
            return key > 0 && key <= query && ids[key - 1] == ids[query];
        }
    },
    /** The first token, where heads rest that have nothing to do. */
    FIRST("first", "first token") {
        @Override
        boolean expects(int[] ids, int query, int key) {
            return key == 0;
        }
    },
    /** The token itself. */
    SELF("self", "same token") {
        @Override
        boolean expects(int[] ids, int query, int key) {
            return key == query;
        }
    };

    /** How pattern and expectation are compared. */
    public enum Measure {
        /** The share of the attention that lies where it is expected, 0 to 1. */
        MUL,
        /** 1 minus the mean over queries of the absolute difference, −1 to 1, rounded as TransformerLens does. */
        ABS
    }

    /**
     * What is left out of the comparison.
     *
     * @param first attention to position 0
     * @param self attention of each token to itself
     */
    public record Exclude(boolean first, boolean self) {

        public static final Exclude NOTHING = new Exclude(false, false);
    }

    private final String id;
    private final String label;

    HeadDetector(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** The word on the command line. */
    public String id() {
        return id;
    }

    /** The word for a person. */
    public String label() {
        return label;
    }

    abstract boolean expects(int[] ids, int query, int key);

    /** Where a head of this kind looks on these tokens. */
    public TargetPattern target(int[] ids) {
        return TargetPattern.of(ids.length, (query, key) -> expects(ids, query, key) ? 1 : 0);
    }

    /**
     * The score of one head.
     *
     * @param pattern [T, T], rows are queries
     * @param ids the T tokens that it was computed on
     */
    public double score(Tensor pattern, int[] ids, Measure measure, Exclude exclude) {
        return target(ids).score(pattern, measure, exclude);
    }

    /**
     * The mean of a pattern's diagonal that lies a number of positions before the query: on random tokens repeated
     * with period N, N − 1 tells induction, N duplicate and 1 previous-token heads.
     *
     * @param pattern [T, T], rows are queries
     * @param back at least 0 and less than T
     */
    public static double diagonal(Tensor pattern, int back) {
        int length = pattern.extent(0);
        double sum = 0;
        for (int query = back; query < length; query++) {
            sum += pattern.get(query, query - back);
        }
        return sum / (length - back);
    }
}
