package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every activation, logit and loss against TransformerLens's. */
class FixtureRunTest {

    private static final double TOLERANCE = 5e-6;

    static Stream<Arguments> runs() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO)
            .flatMap(fixture -> Stream.of("clean", "corrupt", "text").map(run -> Arguments.of(fixture, run)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyActivationIsTransformerLenss(Fixture fixture, String which) {
        Run run = TestModels.run(TestModels.model(fixture), fixture.ids(which), RunOptions.plain().keeping(h -> true));
        List<Hook> hooks = Hook.all(fixture.model().config().layers()).stream()
            .filter(hook -> fixture.names().contains(which + "/" + hook.name())).toList();

        assertThat(hooks).hasSizeGreaterThanOrEqualTo(4);
        for (Hook hook : hooks) {
            Fixture.assertClose(hook.name(), run.cache().get(hook), fixture.tensor(which + "/" + hook.name()),
                TOLERANCE);
        }
        // Nothing that TransformerLens gave was passed over.
        assertThat(fixture.names().stream().filter(name -> name.startsWith(which + "/"))).hasSize(hooks.size() + 1);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void logitsAreTransformerLenss(Fixture fixture, String which) {
        Run run = TestModels.run(TestModels.model(fixture), fixture.ids(which), RunOptions.plain());
        Tensor expected = fixture.tensor(which + "/logits");

        Fixture.assertClose("logits", likeExpected(run.output(), expected), expected, TOLERANCE);
        assertThat(run.loss(fixture.ids(which)))
            .isCloseTo(fixture.facts().getAsJsonObject(which).get("loss").getAsDouble(), within(5e-6));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void rawLogitsAreHuggingFaces(Fixture fixture, String which) {
        Gpt2 raw = TestModels.model(fixture, Processing.RAW);
        Run run = TestModels.run(raw, fixture.ids(which), RunOptions.plain());

        for (String source : List.of("raw/", "hf/")) {
            Tensor expected = fixture.tensor(source + which + "/logits");
            Fixture.assertClose(source, likeExpected(run.output(), expected), expected, TOLERANCE);
        }
        assertThat(run.loss(fixture.ids(which)))
            .isCloseTo(fixture.facts().getAsJsonObject(which).get("hf_loss").getAsDouble(), within(5e-6));
    }

    /** The bundled model's fixture holds the last position only, or the first columns of every one. */
    private static Tensor likeExpected(Tensor logits, Tensor expected) {
        int positions = expected.rank() == 3 ? expected.extent(1) : 1;
        int columns = expected.extent(-1);
        int first = logits.extent(1) - positions;
        float[] part = new float[positions * columns];
        for (int position = 0; position < positions; position++) {
            for (int column = 0; column < columns; column++) {
                part[position * columns + column] = logits.get(0, first + position, column);
            }
        }
        return Tensor.of(part, expected.shape());
    }
}
