package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Tensor;

/**
 * The arithmetic that every kind of pass shares, in TransformerLens's order of operations. The activation is always
 * the first operand: the engine gives a result to the manager of its first one.
 */
final class Ops {

    private Ops() {
    }

    static NDArray layerNorm(Optional<EngineWeights.Norm> norm, NDArray x, Gpt2Config config) {
        NDArray centred = centre(x);
        return normalize(norm, centred, scale(centred, config));
    }

    static NDArray centre(NDArray x) {
        return x.sub(meanOfLastAxis(x));
    }

    /** The root of the population variance, epsilon inside. */
    static NDArray scale(NDArray centred, Gpt2Config config) {
        return meanOfLastAxis(centred.square()).add(config.layerNormEpsilon()).sqrt();
    }

    static NDArray normalize(Optional<EngineWeights.Norm> norm, NDArray centred, NDArray scale) {
        NDArray normalized = centred.div(scale);
        return norm.map(n -> normalized.mul(n.scale()).add(n.shift())).orElse(normalized);
    }

    private static NDArray meanOfLastAxis(NDArray x) {
        return x.mean(new int[] {x.getShape().dimension() - 1}, true);
    }

    /** x·Wᵀ + b, for a weight that is kept as [out, in]. */
    static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return x.getNDArrayInternal().linear(x, weight, bias).singletonOrThrow();
    }

    static NDArray activate(Activation activation, NDArray x, Kernels kernels) {
        return switch (activation) {
            case GELU_NEW -> kernels.gelu(x);
            case GELU -> x.div(Math.sqrt(2)).erf().add(1).mul(x).mul(0.5);
            case RELU -> x.maximum(0);
        };
    }

    /** What queries times keys are divided by. */
    static double attentionScale(Gpt2Config config, int layer) {
        return Math.sqrt(config.headWidth()) * (config.scaleByInverseLayer() ? layer + 1 : 1);
    }

    /** 0 where the key lies at or before its query, −∞ after it: [T, T], to be added to the scores. */
    static Tensor mask(int length) {
        float[] mask = new float[length * length];
        for (int query = 0; query < length; query++) {
            Arrays.fill(mask, query * length + query + 1, (query + 1) * length, Float.NEGATIVE_INFINITY);
        }
        return Tensor.of(mask, length, length);
    }

    static NDArray array(NDManager manager, Tensor tensor, DataType type) {
        Shape shape = new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray());
        NDArray array = manager.create(tensor.toArray(), shape);
        return type == DataType.FLOAT32 ? array : array.toType(type, false);
    }

    static Tensor tensor(NDArray array) {
        NDArray single = array.getDataType() == DataType.FLOAT32 ? array : array.toType(DataType.FLOAT32, false);
        int[] shape = Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
        return Tensor.of(single.toFloatArray(), shape);
    }
}
