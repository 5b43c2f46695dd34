package org.headscope.analysis;

import ai.djl.ndarray.NDArray;
import org.headscope.model.Head;
import org.headscope.weights.Gpt2Weights;

/**
 * The weights of one head, as TransformerLens lays them out: {@code W_Q}, {@code W_K}, {@code W_V}, [D, d], and
 * {@code W_O}, [d, D].
 */
record HeadMatrices(NDArray query, NDArray key, NDArray value, NDArray output) {

    static HeadMatrices of(EngineArrays arrays, Gpt2Weights weights, Head head) {
        int width = weights.config().headWidth();
        int all = weights.config().width();
        Gpt2Weights.Layer layer = weights.layers().get(head.layer());
        NDArray qkv = arrays.of(layer.qkv());
        int first = head.head() * width;
        return new HeadMatrices(columns(qkv, first, width), columns(qkv, all + first, width),
            columns(qkv, 2 * all + first, width),
            arrays.of(layer.output()).get("%d:%d, :".formatted(first, first + width)));
    }

    private static NDArray columns(NDArray matrix, int from, int count) {
        return matrix.get(":, %d:%d".formatted(from, from + count));
    }
}
