package org.headscope.analysis;

/** A score of one head that grows query by query, so that a long prompt's pattern need never be there as a whole. */
public interface RowScore {

    /**
     * Takes in what a query attends to; queries come in order.
     *
     * @param row its attention to the keys up to itself; what lies behind is not to be read, nor the array to be kept
     */
    void add(int query, float[] row);

    /** Once all queries have been taken in. */
    double result();
}
