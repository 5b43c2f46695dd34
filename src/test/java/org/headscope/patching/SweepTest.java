package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.HookPoint;
import org.headscope.patching.SweepKind.By;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole sweeps against those that TransformerLens ran cell by cell. */
class SweepTest {

    private static final Map<String, SweepKind> KINDS = new TreeMap<>();

    static {
        for (HookPoint point : SweepKind.OF_HEADS) {
            KINDS.put("patch/" + point.shortName(), new SweepKind(point, By.HEAD));
            KINDS.put("patch/" + point.shortName() + "_by_pos", new SweepKind(point, By.POSITION));
        }
        for (HookPoint point : SweepKind.OF_LAYERS) {
            KINDS.put("patch/" + point.shortName(), new SweepKind(point, By.POSITION));
        }
        KINDS.put("ablate/zero/z", new SweepKind(HookPoint.Z, By.HEAD));
        KINDS.put("ablate/mean/z", new SweepKind(HookPoint.Z, By.HEAD));
        KINDS.put("ablate/edge", new SweepKind(HookPoint.PATTERN, By.EDGE));
    }

    static Stream<Arguments> sweeps() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO).flatMap(fixture -> KINDS.keySet().stream()
            .flatMap(kind -> Stream.of("logit", "difference").map(metric -> Arguments.of(fixture, kind, metric))))
            .filter(a -> ((Fixture) a.get()[0]).names().contains(a.get()[1] + "/" + a.get()[2]));
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void everyCellIsTransformerLenss(Fixture fixture, String kind, String metricName) {
        boolean ablates = kind.startsWith("ablate");
        Source source = !ablates ? Source.CLEAN : kind.contains("mean") ? Source.MEAN : Source.ZERO;
        Prompt changed = prompt(fixture, ablates ? "clean" : "corrupt");
        Gpt2 model = TestModels.model(fixture);
        Sweep sweep = new Sweep(model, Optional.of(prompt(fixture, "clean")), changed, KINDS.get(kind), source,
            metric(fixture, metricName));

        SweepResult result = TestModels.RUNTIME.call(() -> sweep.run(new Cancellation()));

        Tensor expected = fixture.tensor(kind + "/" + metricName);
        assertThat(result.isComplete()).isTrue();
        Fixture.assertClose(kind, inItsOrder(kind, result), expected, fixture == Fixture.DEMO ? 1e-5 : 5e-6);
    }

    private static Metric metric(Fixture fixture, String name) {
        JsonObject metric = fixture.facts().getAsJsonObject("metric");
        int[] pair = Fixture.ints(metric.getAsJsonArray("difference"));
        return name.equals("logit") ? new Metric.Logit(metric.get("logit").getAsInt())
            : new Metric.Difference(pair[0], pair[1]);
    }

    /** TransformerLens keeps the queries of its pattern sweep last; here positions always come before heads. */
    private static Tensor inItsOrder(String kind, SweepResult result) {
        int[] shape = result.shape();
        float[] values = new float[result.cells()];
        if (!kind.contains("pattern_by_pos")) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) result.values()[i];
            }
            return Tensor.of(values, shape);
        }
        int next = 0;
        for (int layer = 0; layer < shape[0]; layer++) {
            for (int head = 0; head < shape[2]; head++) {
                for (int position = 0; position < shape[1]; position++) {
                    values[next++] = (float) result.get(layer, position, head);
                }
            }
        }
        return Tensor.of(values, shape[0], shape[2], shape[1]);
    }

    private static Prompt prompt(Fixture fixture, String run) {
        return SweepPrompts.of(fixture.ids(run));
    }
}
