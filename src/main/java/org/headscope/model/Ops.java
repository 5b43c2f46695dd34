package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import java.util.Arrays;
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

    /** A whole LayerNorm in one call, for where nobody reads its scale. */
    static NDArray layerNorm(EngineWeights.Norm norm, NDArray x, Gpt2Config config) {
        return LayerNorm.layerNorm(x, norm.scale().getShape(), norm.scale(), norm.shift(),
            (float) config.layerNormEpsilon()).singletonOrThrow();
    }

    static NDArray centre(NDArray x) {
        return x.sub(meanOfLastAxis(x));
    }

    /** The root of the population variance, epsilon inside. */
    static NDArray scale(NDArray centred, Gpt2Config config) {
        return meanOfLastAxis(centred.square()).add(config.layerNormEpsilon()).sqrt();
    }

    static NDArray normalize(EngineWeights.Norm norm, NDArray centred, NDArray scale) {
        NDArray normalized = centred.div(scale);
        return norm.folded() ? normalized : normalized.mul(norm.scale()).add(norm.shift());
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

    /** 0 where the key lies at or before its query, −∞ after it, for the queries from one on: [to − from, to]. */
    static Tensor mask(int from, int to) {
        float[] mask = new float[(to - from) * to];
        for (int query = from; query < to; query++) {
            Arrays.fill(mask, (query - from) * to + query + 1, (query - from + 1) * to, Float.NEGATIVE_INFINITY);
        }
        return Tensor.of(mask, to - from, to);
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
