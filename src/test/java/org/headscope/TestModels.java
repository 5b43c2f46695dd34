package org.headscope;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.headscope.model.Gpt2;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Runtime;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Gpt2Weights.Matrix;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;

/** The fixtures' models, loaded once for all tests, on one runtime. */
public final class TestModels {

    public static final Runtime RUNTIME = Runtime.start(1);

    private static final Map<String, Gpt2> LOADED = new ConcurrentHashMap<>();

    private TestModels() {
    }

    public static Gpt2 model(Fixture fixture, Processing processing) {
        return LOADED.computeIfAbsent(fixture + "/" + processing, key -> RUNTIME.call(
            () -> new Gpt2(fixture.model(), processing, Gpt2.Precision.SINGLE)));
    }

    public static Gpt2 model(Fixture fixture) {
        return model(fixture, Processing.TRANSFORMERLENS);
    }

    /** Opens a model, has something done with its weights on the inference thread and closes it. */
    public static <T> T withWeights(ModelFolder folder, Processing processing, Function<Gpt2Weights, T> work) {
        return RUNTIME.call(() -> {
            try (Gpt2 model = new Gpt2(folder, processing, Gpt2.Precision.SINGLE)) {
                return work.apply(model.weights());
            }
        });
    }

    /** Every number that a model computes with but its norms. */
    public static List<Tensor> weights(ModelFolder folder, Processing processing) {
        return withWeights(folder, processing, TestModels::numbers);
    }

    private static List<Tensor> numbers(Gpt2Weights weights) {
        Stream<Matrix> layers = weights.layers().stream().flatMap(layer -> Stream.of(layer.qkv(), layer.qkvBias(),
            layer.output(), layer.outputBias(), layer.in(), layer.inBias(), layer.out(), layer.outBias()));
        return Stream.concat(Stream.of(weights.embed(), weights.positions(), weights.unembed(), weights.unembedBias()),
            layers).map(TestModels::tensor).toList();
    }

    public static Tensor tensor(Matrix matrix) {
        float[] values = new float[matrix.floats().remaining()];
        matrix.floats().get(values);
        return Tensor.of(values, matrix.shape());
    }

    public static Run run(Gpt2 model, int[] ids, RunOptions options) {
        return RUNTIME.call(() -> model.run(ids, options));
    }
}
