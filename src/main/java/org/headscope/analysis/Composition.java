package org.headscope.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.headscope.analysis.Circuits.Input;
import org.headscope.model.Cancellation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Tensor;

/**
 * The composition scores of all pairs of heads. No [D, D] matrix of a head is ever made: with W_OV = V·O of the earlier
 * head and R = A·Bᵀ of the later one, both [D, d] times [d, D], and M = O·A, [d, d],
 *
 * <p>‖V·O·A·Bᵀ‖² = trace(VᵀV · M · BᵀB · Mᵀ), the sum over (VᵀV·M) ∘ (M·BᵀB),
 *
 * <p>so that a pair of heads costs a few [d, d] products beside M, and the Ms of all heads of two layers are one
 * product of their weights as they lie. What is squared is in double precision, since the sum may cancel.
 */
final class Composition implements AutoCloseable {

    private final Gpt2Weights weights;
    private final Gpt2Config config;
    private final Input input;
    private final EngineArrays arrays = new EngineArrays();
    private final LayerSide[] earlier;
    private final LayerSide[] later;

    /**
     * What the heads of one layer bring to every pair: [H, d, d] and [H].
     *
     * @param gram VᵀV of the earlier heads, BᵀB of the later ones
     * @param norms of W_OV, or of R
     */
    private record LayerSide(NDArray gram, NDArray norms) {
    }

    Composition(Gpt2Weights weights, Input input) {
        this.weights = weights;
        this.config = weights.config();
        this.input = input;
        this.earlier = new LayerSide[config.layers()];
        this.later = new LayerSide[config.layers()];
        for (int layer = 0; layer < earlier.length; layer++) {
            measure(layer);
        }
    }

    private void measure(int layer) {
        try (EngineArrays step = arrays.step()) {
            NDArray output = gram(outputByRow(step, layer));
            NDArray[] qkv = IntStream.range(0, 3).mapToObj(third -> gram(third(step, layer, third)))
                .toArray(NDArray[]::new);
            earlier[layer] = side(qkv[2], qkv[2], output);
            later[layer] = switch (input) {
                case Q -> side(qkv[1], qkv[0], qkv[1]);
                case K -> side(qkv[0], qkv[0], qkv[1]);
                case V -> side(output, qkv[2], output);
            };
        }
    }

    /** ‖A·Bᵀ‖² is the sum over AᵀA ∘ BᵀB. */
    private LayerSide side(NDArray gram, NDArray gramOfA, NDArray gramOfB) {
        NDArray norms = gramOfA.mul(gramOfB).sum(new int[] {1, 2}).sqrt();
        return new LayerSide(arrays.adopt(gram.duplicate()), arrays.adopt(norms));
    }

    /** One of q, k and v of all heads, [D, H·d]. */
    private NDArray third(EngineArrays step, int layer, int third) {
        int width = config.width();
        return step.of(weights.layers().get(layer).qkv()).get(":, %d:%d".formatted(third * width, (third + 1) * width));
    }

    /** W_O of all heads, transposed: [D, H·d]. */
    private NDArray outputByRow(EngineArrays step, int layer) {
        return step.of(weights.layers().get(layer).output()).transpose();
    }

    /** [D, H·d] to the heads' XᵀX, [H, d, d]. */
    private NDArray gram(NDArray matrix) {
        NDArray byHead = matrix.toType(DataType.FLOAT64, true)
            .reshape(config.width(), config.heads(), config.headWidth()).transpose(1, 0, 2);
        return byHead.transpose(0, 2, 1).matMul(byHead);
    }

    /** [L, H, L, H] */
    Tensor scores(DoubleConsumer progress, Cancellation cancellation) {
        int layers = config.layers();
        int heads = config.heads();
        float[] scores = new float[layers * heads * layers * heads];
        // The later layer outside: its matrix is made anew whenever another layer's was asked for in between.
        for (int to = 0; to < layers; to++) {
            for (int from = 0; from < to; from++) {
                cancellation.throwIfRequested();
                double[] pairs = pairs(from, to);
                for (int i = 0; i < pairs.length; i++) {
                    scores[((from * heads + i / heads) * layers + to) * heads + i % heads] = (float) pairs[i];
                }
            }
            progress.accept((to + 1.0) / layers);
        }
        return Tensor.of(scores, layers, heads, layers, heads);
    }

    /** The scores of all heads of one layer with all of a later one: [H, H] in row order. */
    private double[] pairs(int from, int to) {
        int heads = config.heads();
        int width = config.headWidth();
        try (EngineArrays step = arrays.step()) {
            NDArray products = step.of(weights.layers().get(from).output()).matMul(third(step, to, input.ordinal()))
                .reshape(heads, width, heads, width).transpose(0, 2, 1, 3).toType(DataType.FLOAT64, true);
            NDArray left = step.adopt(earlier[from].gram().reshape(heads, 1, width, width).matMul(products));
            NDArray squares = left.mul(products.matMul(later[to].gram())).sum(new int[] {2, 3});
            NDArray norms = step.adopt(earlier[from].norms().reshape(heads, 1).mul(later[to].norms()));
            return scores(squares.toDoubleArray(), norms.toDoubleArray());
        }
    }

    private static double[] scores(double[] squares, double[] norms) {
        // Rounding may leave less than nothing; a head without weights composes with none.
        return IntStream.range(0, squares.length)
            .mapToDouble(i -> norms[i] == 0 ? 0 : Math.sqrt(Math.max(squares[i], 0)) / norms[i]).toArray();
    }

    @Override
    public void close() {
        arrays.close();
    }
}
