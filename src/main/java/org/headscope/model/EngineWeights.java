package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
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

        Norm copied(NDManager to) {
            return new Norm(copyOf(scale, to), copyOf(shift, to), folded);
        }
    }

    /**
     * What {@link Kernels#linear} multiplies by.
     *
     * @param matrix [out, in]
     * @param packed whether it is laid out for the engine; {@link Kernels#plain} gives it as it was
     */
    record Linear(NDArray matrix, NDArray bias, boolean packed) {

        /** Of one that is not laid out. */
        Linear copied(NDManager to) {
            return new Linear(copyOf(matrix, to), copyOf(bias, to), false);
        }
    }

    /**
     * One block.
     *
     * @param qkvBiasByHead three times [H, 1, d]
     * @param outputByHead [H, d, D]
     */
    record Layer(Norm norm1, Linear qkv, NDArray[] qkvBiasByHead, Linear output, NDArray outputByHead, Norm norm2,
                 Linear in, Linear out) {

        Layer copied(NDManager to) {
            return new Layer(norm1.copied(to), qkv.copied(to),
                Arrays.stream(qkvBiasByHead).map(bias -> copyOf(bias, to)).toArray(NDArray[]::new), output.copied(to),
                copyOf(outputByHead, to), norm2.copied(to), in.copied(to), out.copied(to));
        }
    }

    /**
     * What {@link WeightLoading} fills in.
     *
     * @param weights the same for what computes without the engine's layouts
     */
    record Parts(List<Layer> layers, Norm finalNorm, Linear unembed, Gpt2Weights weights) {

        /** The engine's arrays where another manager's are; what others read stays where it is. */
        Parts copied(NDManager to) {
            return new Parts(layers.stream().map(layer -> layer.copied(to)).toList(), finalNorm.copied(to),
                unembed.copied(to), weights);
        }
    }

    private final Processor processor;
    /** In the CPU's memory, from which analyses read the weights. */
    private final NDManager manager = Processor.CPU.newManager();
    /** For the copies on another processor; nothing on the CPU, whose own the weights are. */
    private final NDManager copies;
    private final Gpt2Config config;
    final Kernels kernels;
    final List<Layer> layers;
    final Norm finalNorm;
    final Gpt2Weights weights;
    /** For what is laid out after the manager is closed to newcomers. */
    private final NDManager late = Processor.CPU.newManager();
    private final DataType type;
    private final List<Block> blocks = new ArrayList<>();
    private Linear unembed;
    private Linear lastAsked;
    private ByteBuffer lastGiven;
    private boolean closed;

    /** On the CPU. */
    EngineWeights(Gpt2File file, Processing processing, DataType type) {
        this(file, processing, type, Processor.CPU);
    }

    /**
     * Reads a model's file.
     *
     * @param type of the arithmetic, in single or in double precision
     * @param processor that passes compute with
     * @throws org.headscope.weights.ModelRefusal if it cannot be read, or a weight is not finite
     * @throws ai.djl.engine.EngineException if the engine cannot use the processor
     */
    EngineWeights(Gpt2File file, Processing processing, DataType type, Processor processor) {
        this.config = file.config();
        this.type = type;
        this.processor = processor;
        this.copies = processor.newManager();
        this.kernels = new Kernels(manager, processor.isHost());
        try {
            Parts read = WeightLoading.load(file, processing, type, manager, this);
            file.checkUnchanged();
            Parts parts = processor.isHost() ? read : read.copied(copies);
            copies.cap();
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

    /** For what a pass computes; to be closed. */
    NDManager newManager() {
        return processor.newManager();
    }

    private static NDArray copyOf(NDArray array, NDManager to) {
        return to.create(array.toByteBuffer(true), array.getShape(), array.getDataType());
    }

    /**
     * x·W_U + b_U. The matrix is laid out when several rows are first multiplied by it: with one, which is all that the
     * window asks for, that gains nothing.
     *
     * @param x [..., D]
     */
    NDArray unembedded(NDArray x) {
        if (kernels.packs() && !unembed.packed() && x.size() > config.width() && type == DataType.FLOAT32) {
            NDArray matrix = unembed.matrix();
            kernels.pack(late.create(matrix.toByteBuffer(true), matrix.getShape(), DataType.FLOAT32))
                .ifPresent(packed -> unembed = new Linear(packed, unembed.bias(), true));
        }
        return kernels.linear(x, unembed);
    }

    /** Memory for so many floats of a table, for as long as the model is open. */
    Block block(long floats) {
        Block block = Block.of(floats);
        blocks.add(block);
        return block;
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
            try (NDManager step = Processor.CPU.newManager()) {
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
        copies.close();
        manager.close();
        blocks.forEach(Block::spare);
        blocks.clear();
    }
}
