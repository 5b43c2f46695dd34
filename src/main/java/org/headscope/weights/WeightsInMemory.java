package org.headscope.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.headscope.weights.Gpt2Weights.Matrix;

/** Weights that no file keeps. */
final class WeightsInMemory implements WeightSink {

    private final Map<String, Matrix> matrices = new HashMap<>();
    private final Gpt2Weights weights;

    WeightsInMemory(Gpt2Config config, Processing processing) {
        weights = WeightLayout.assemble(config, processing,
            (name, shape) -> matrices.computeIfAbsent(name, absent -> zeros(shape)));
    }

    static Matrix zeros(int... shape) {
        int size = Arrays.stream(shape).reduce(4, Math::multiplyExact);
        return new Matrix(ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder()), shape);
    }

    @Override
    public void put(String name, long from, Block block, int count) {
        matrices.get(name).floats().put(Math.toIntExact(from), block.values(), 0, count);
    }

    Gpt2Weights weights() {
        return weights;
    }
}
