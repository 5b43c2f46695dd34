package org.headscope.weights;

/** Where weights go on their way from a model's file. Parts of a tensor may come in any order and from several threads at once. */
interface WeightSink {

    /**
     * Takes some floats of a tensor.
     *
     * @param from the place of the first in row order
     * @param count how many of the block's values
     */
    void put(String name, long from, Block block, int count);
}
