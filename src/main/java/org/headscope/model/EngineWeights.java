package org.headscope.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Gpt2Weights.Matrix;

/**
 * {@link Gpt2Weights} as the engine's arrays, sharing their memory in single precision. Belongs to the inference
 * thread. Everything a run needs of them, views included, is made here, because results attach to the manager of
 * their first operand: afterwards the manager is closed to newcomers, so that a run that leaked into it would fail
 * at once. No operation may ever change one of these arrays in place: raw weights lie in read-only pages.
 */
final class EngineWeights implements AutoCloseable {

    /**
     * Scale and shift, [D].
     *
     * @param folded whether they are ones and zeros, since the matrix that follows has them in itself
     */
    record Norm(NDArray scale, NDArray shift, boolean folded) {
    }

    /**
     * What {@link Kernels#linear} multiplies by.
     *
     * @param matrix [out, in]
     * @param packed the same laid out for the engine, where it can
     */
    record Linear(NDArray matrix, NDArray bias, Optional<NDArray> packed) {
    }

    /**
     * One block.
     *
     * @param qkvByHead three times [H, D, d]
     * @param qkvBiasByHead three times [H, 1, d]
     * @param outputByHead [H, d, D]
     */
    record Layer(Norm norm1, Linear qkv, NDArray[] qkvByHead, NDArray[] qkvBiasByHead, Linear output,
                 NDArray outputByHead, Norm norm2, Linear in, Linear out) {
    }

    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    private final DataType type;
    private final Gpt2Config config;
    final Kernels kernels = new Kernels(manager);
    final List<Layer> layers;
    final Norm finalNorm;
    final Linear unembed;

    EngineWeights(Gpt2Weights weights, DataType type) {
        this.type = type;
        this.config = weights.config();
        this.layers = weights.layers().stream().map(this::layer).toList();
        this.finalNorm = norm(weights.finalNorm());
        this.unembed = linear(weights.unembed(), array(weights.unembed()), array(weights.unembedBias()));
        manager.cap();
    }

    private Layer layer(Gpt2Weights.Layer layer) {
        NDArray qkv = array(layer.qkv());
        NDArray qkvBias = array(layer.qkvBias());
        NDArray output = array(layer.output());
        return new Layer(norm(layer.norm1()), linear(layer.qkv(), qkv.transpose(), qkvBias), byHead(qkv),
            biasByHead(qkvBias), linear(layer.output(), output.transpose(), array(layer.outputBias())),
            output.reshape(config.heads(), config.headWidth(), config.width()), norm(layer.norm2()),
            linear(layer.in(), array(layer.in()).transpose(), array(layer.inBias())),
            linear(layer.out(), array(layer.out()).transpose(), array(layer.outBias())));
    }

    /** @param matrix [out, in], of what it was made from */
    private Linear linear(Matrix origin, NDArray matrix, NDArray bias) {
        Linear linear = new Linear(matrix, bias,
            type == DataType.FLOAT32 ? kernels.pack(matrix) : Optional.empty());
        if (linear.packed().isPresent()) {
            origin.rest();
        }
        return linear;
    }

    private NDArray[] byHead(NDArray qkv) {
        return qkv.split(3, 1).stream()
            .map(third -> third.reshape(config.width(), config.heads(), config.headWidth()).transpose(1, 0, 2))
            .toArray(NDArray[]::new);
    }

    private NDArray[] biasByHead(NDArray bias) {
        return bias.split(3, 0).stream()
            .map(third -> third.reshape(config.heads(), 1, config.headWidth())).toArray(NDArray[]::new);
    }

    private Norm norm(Optional<Gpt2Weights.Norm> norm) {
        return norm.map(own -> new Norm(array(own.scale()), array(own.shift()), false))
            .orElseGet(() -> new Norm(manager.ones(new Shape(config.width()), type),
                manager.zeros(new Shape(config.width()), type), true));
    }

    private NDArray array(Matrix matrix) {
        Shape shape = new Shape(Arrays.stream(matrix.shape()).asLongStream().toArray());
        NDArray array = manager.create(matrix.bytes(), shape, DataType.FLOAT32);
        return type == DataType.FLOAT32 ? array : array.toType(type, false);
    }

    @Override
    public void close() {
        kernels.close();
        manager.close();
    }
}
