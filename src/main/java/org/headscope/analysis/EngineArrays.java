package org.headscope.analysis;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.headscope.model.Kernel;
import org.headscope.weights.Gpt2Weights.Matrix;
import org.headscope.weights.Tensor;

/**
 * Weights and activations as the engine's arrays, for the products that are too large for plain loops. One analysis
 * has one of these and closes it. They are the CPU's, in whose memory weights and activations lie. Belongs to the
 * inference thread. The weights are not copied: no operation may change one in place.
 */
final class EngineArrays implements AutoCloseable {

    private final NDManager manager;

    EngineArrays() {
        this(NDManager.newBaseManager(Device.cpu(), "PyTorch"));
    }

    private EngineArrays(NDManager manager) {
        this.manager = manager;
    }

    /** For what one step of the analysis makes: closed with it. */
    EngineArrays step() {
        return new EngineArrays(manager.newSubManager());
    }

    NDArray of(Matrix matrix) {
        return manager.create(matrix.bytes(), shape(matrix.shape()), DataType.FLOAT32);
    }

    NDArray of(Tensor tensor) {
        return manager.create(tensor.toArray(), shape(tensor.shape()));
    }

    NDArray of(float[] values, int... shape) {
        return manager.create(values, shape(shape));
    }

    NDArray of(double[] values, int... shape) {
        return manager.create(values, shape(shape));
    }

    /** A function of the engine that DJL has no method for; see {@link Kernel}. */
    Kernel kernel(List<String> parameters, String result) {
        return new Kernel(manager, parameters, result);
    }

    /** Has an array of another manager closed with this one. */
    NDArray adopt(NDArray array) {
        array.attach(manager);
        return array;
    }

    private static Shape shape(int[] extents) {
        return new Shape(Arrays.stream(extents).asLongStream().toArray());
    }

    static Tensor tensor(NDArray array) {
        int[] shape = Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
        return Tensor.of(array.toFloatArray(), shape);
    }

    /** An array's floats without a copy, to be read before the array is closed. */
    static FloatBuffer floats(NDArray array) {
        return array.toByteBuffer(true).asFloatBuffer();
    }

    @Override
    public void close() {
        manager.close();
    }
}
