package org.headscope.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2File;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Gpt2Weights.Matrix;
import org.headscope.weights.Processing;

/**
 * A model's weights as the engine's arrays: the large ones once each, laid out for its products where it can. Belongs
 * to the inference thread. Everything that every run needs of them, views included, is made here, because results
 * attach to the manager of their first operand: afterwards the manager is closed to newcomers, so that a run that
 * leaked into it would fail at once. No operation may ever change one of these arrays in place.
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
     * @param packed whether it is laid out for the engine; {@link Kernels#plain} gives it as it was
     */
    record Linear(NDArray matrix, NDArray bias, boolean packed) {
    }

    /**
     * One block.
     *
     * @param qkvBiasByHead three times [H, 1, d]
     * @param outputByHead [H, d, D]
     */
    record Layer(Norm norm1, Linear qkv, NDArray[] qkvBiasByHead, Linear output, NDArray outputByHead, Norm norm2,
                 Linear in, Linear out) {
    }

    /**
     * What {@link WeightLoading} fills in.
     *
     * @param weights the same for what computes without the engine's layouts
     */
    record Parts(List<Layer> layers, Norm finalNorm, Linear unembed, Gpt2Weights weights) {
    }

    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    private final Gpt2Config config;
    final Kernels kernels = new Kernels(manager);
    final List<Layer> layers;
    final Norm finalNorm;
    final Gpt2Weights weights;
    /** For what is laid out after the manager is closed to newcomers. */
    private final NDManager late = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    private final DataType type;
    private Linear unembed;
    private Linear lastAsked;
    private ByteBuffer lastGiven;
    private boolean closed;

    /**
     * Reads a model's file.
     *
     * @param type of the arithmetic, in single or in double precision
     * @throws org.headscope.weights.ModelRefusal if it cannot be read, or a weight is not finite
     */
    EngineWeights(Gpt2File file, Processing processing, DataType type) {
        this.config = file.config();
        this.type = type;
        try {
            Parts parts = WeightLoading.load(file, processing, type, manager, this);
            file.checkUnchanged();
            layers = parts.layers();
            finalNorm = parts.finalNorm();
            unembed = parts.unembed();
            weights = parts.weights();
            manager.cap();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * x·W_U + b_U. The matrix is laid out when several rows are first multiplied by it: with one, which is all that the
     * window asks for, that gains nothing.
     *
     * @param x [..., D]
     */
    NDArray unembedded(NDArray x) {
        if (!unembed.packed() && x.size() > config.width() && type == DataType.FLOAT32) {
            NDArray matrix = unembed.matrix();
            kernels.pack(late.create(matrix.toByteBuffer(true), matrix.getShape(), DataType.FLOAT32))
                .ifPresent(packed -> unembed = new Linear(packed, unembed.bias(), true));
        }
        return kernels.linear(x, unembed);
    }

    /** An array's own floats, for as long as it is there: reading on afterwards would end the process. */
    Matrix lent(NDArray array, int... shape) {
        ByteBuffer floats = array.toByteBuffer(true);
        return new Matrix(() -> {
            if (closed) {
                throw new IllegalStateException("The model has been closed.");
            }
            return floats;
        }, shape);
    }

    /** A matrix in row order as [in, out], made when somebody asks for it: few do, and it would take as much again. */
    Matrix onDemand(Linear linear, int in, int out) {
        return new Matrix(() -> plainBytes(linear), in, out);
    }

    /** The last one is kept, since analyses ask for a layer's once a head. */
    private ByteBuffer plainBytes(Linear linear) {
        if (linear != lastAsked) {
            try (NDManager step = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
                // Row by row only after the reshaping, which copies what is transposed.
                lastGiven = copy(kernels.plain(linear, step).toType(DataType.FLOAT32, false).transpose().reshape(-1));
                lastAsked = linear;
            }
        }
        return lastGiven;
    }

    /** An array's floats in memory that Java takes back. */
    static ByteBuffer copy(NDArray array) {
        ByteBuffer floats = array.toByteBuffer(true);
        return ByteBuffer.allocateDirect(floats.remaining()).put(floats).flip().order(ByteOrder.nativeOrder());
    }

    /** The matrices of q, k and v by head, made for a pass: three times [H, D, d]. */
    NDArray[] qkvByHead(int layer, NDManager scope) {
        return kernels.plain(layers.get(layer).qkv(), scope).split(3, 0).stream()
            .map(third -> third.reshape(config.heads(), config.headWidth(), config.width()).transpose(0, 2, 1))
            .toArray(NDArray[]::new);
    }

    @Override
    public void close() {
        closed = true;
        kernels.close();
        late.close();
        manager.close();
    }
}
