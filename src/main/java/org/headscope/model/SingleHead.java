package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Tensor;

/**
 * What one head writes to the residual stream and reads from it, apart from any run: a few rows times the head's own
 * part of the weights. D is the width of the residual stream, d that of a head.
 */
final class SingleHead {

    private static final List<HookPoint> THIRDS = List.of(HookPoint.Q, HookPoint.K, HookPoint.V);

    private final Gpt2Weights weights;
    private final EngineWeights engine;
    private final Gpt2Config config;
    private final Head head;

    SingleHead(Gpt2Weights weights, EngineWeights engine, Head head) {
        this.weights = weights;
        this.engine = engine;
        this.config = weights.config();
        this.head = head;
    }

    /** z·W_O of this head, without the bias: [n, d] to [n, D]. */
    Tensor written(Tensor z) {
        int rows = config.headWidth();
        float[] own = new float[rows * config.width()];
        weights.layers().get(head.layer()).output().floats().get(head.head() * own.length, own);
        try (NDManager manager = engine.newManager()) {
            NDArray output = manager.create(own, new Shape(rows, config.width()));
            return Ops.tensor(Ops.array(manager, z, DataType.FLOAT32).matMul(output));
        }
    }

    /** LayerNorm, W and b of this head's query, key or value: [n, D] to [n, d]. */
    Tensor read(HookPoint part, Tensor stream) {
        Gpt2Weights.Layer layer = weights.layers().get(head.layer());
        int rows = config.width();
        int columns = config.headWidth();
        int first = THIRDS.indexOf(part) * rows + head.head() * columns;
        FloatBuffer all = layer.qkv().floats();
        float[] own = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            all.get(row * 3 * rows + first, own, row * columns, columns);
        }
        float[] bias = new float[columns];
        layer.qkvBias().floats().get(first, bias);
        try (NDManager manager = engine.newManager()) {
            NDArray normalized = Ops.layerNorm(engine.layers.get(head.layer()).norm1(),
                Ops.array(manager, stream, DataType.FLOAT32), config);
            return Ops.tensor(normalized.matMul(manager.create(own, new Shape(rows, columns)))
                .add(manager.create(bias)));
        }
    }
}
