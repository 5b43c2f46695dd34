package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.analysis.LogitAttribution.Neuron;
import org.headscope.analysis.LogitAttribution.Part;
import org.headscope.analysis.LogitAttribution.Target;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Intervention;
import org.headscope.model.Logits;
import org.headscope.model.Replacement;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogitAttributionTest {

    private static final double TOLERANCE = 5e-6;
    private static final double CLOSING = 1e-4;

    static Stream<Fixture> fixtures() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO);
    }

    static Stream<Arguments> runs() {
        return fixtures().flatMap(fixture -> Stream.of(Processing.values()).flatMap(processing ->
            Stream.of("clean", "corrupt", "text").map(prompt -> Arguments.of(fixture, processing, prompt))));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void headsAndPartsAreTransformerLenss(Fixture fixture) {
        LogitAttribution attribution = attribution(fixture, Processing.TRANSFORMERLENS, last(fixture),
            difference(fixture));

        Tensor heads = fixture.tensor("attribution/heads");
        float[] actual = new float[heads.size()];
        for (int i = 0; i < actual.length; i++) {
            actual[i] = (float) attribution.heads()[i / heads.extent(1)][i % heads.extent(1)];
        }
        Fixture.assertClose("heads", Tensor.of(actual, heads.shape()), heads, TOLERANCE);
        Tensor parts = fixture.tensor("attribution/parts");
        JsonObject facts = fixture.facts().getAsJsonObject("attribution");
        assertThat(attribution.parts()).extracting(Part::label).isEqualTo(facts.getAsJsonArray("parts").asList()
            .stream().map(label -> label.getAsString()).toList());
        Fixture.assertClose("parts", floats(attribution.parts().stream().map(Part::value).toList()), parts, TOLERANCE);
        assertThat(attribution.bias()).isCloseTo(facts.get("bias").getAsDouble(), within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theClosingSumIsTheLogitAtEveryPosition(Fixture fixture, Processing processing, String prompt) {
        Run run = run(fixture, processing, prompt);
        Target difference = difference(fixture);
        int token = difference.token();
        int versus = difference.versus().getAsInt();
        for (int position = 0; position < fixture.ids(prompt).length; position++) {
            Logits logits = run.logits(position);
            LogitAttribution one = attribution(fixture, processing, run, position,
                new Target(token, OptionalInt.empty()));
            LogitAttribution two = attribution(fixture, processing, run, position, difference);

            assertThat(one.total()).isCloseTo(logits.logit(token), within(CLOSING));
            assertThat(two.total()).isCloseTo((double) logits.logit(token) - logits.logit(versus), within(CLOSING));
        }
    }

    @Test
    void aLayersHeadsAndItsBiasAreItsAttention() {
        Gpt2 model = TestModels.model(Fixture.SMALL);
        LogitAttribution attribution = attribution(Fixture.SMALL, Processing.TRANSFORMERLENS, 5,
            difference(Fixture.SMALL));
        // Without any z, attention writes its bias alone.
        List<Intervention> nothing = List.of(new Intervention(
            Site.parse("L2.z", model.config()), new Replacement.Constant(0)));
        Run biasOnly = TestModels.run(model, Fixture.SMALL.ids("clean"), RunOptions.plain()
            .keeping(LogitAttribution::needs).with(nothing));
        Run run = run(Fixture.SMALL, Processing.TRANSFORMERLENS);

        double bias = TestModels.RUNTIME.call(() -> new LogitAttribution(model, biasOnly, 5,
            difference(Fixture.SMALL)).parts().get(6).value())
            * FinalNorm.frozenScale(biasOnly, 5) / FinalNorm.frozenScale(run, 5);
        assertThat(Arrays.stream(attribution.heads()[2]).sum() + bias)
            .isCloseTo(attribution.parts().get(6).value(), within(1e-5));
    }

    @Test
    void neuronsAreWhatTheirMlpsAddButForTheBias() {
        LogitAttribution attribution = attribution(Fixture.TINY, Processing.TRANSFORMERLENS, 7,
            difference(Fixture.TINY));
        List<Neuron> all = attribution.neurons(Integer.MAX_VALUE);
        List<Neuron> some = attribution.neurons(3);

        assertThat(all).hasSize(3 * 4 * 48).isSortedAccordingTo((a, b) -> Double.compare(b.value(), a.value()));
        assertThat(some).hasSize(6).startsWith(all.get(0)).endsWith(all.get(all.size() - 1));
        assertThat(some.get(0).label()).matches("L\\dN\\d+");
        // An MLP's value moves with its neurons: both are linear in what they write.
        Neuron strongest = all.get(0);
        Gpt2 model = TestModels.model(Fixture.TINY);
        float removed = TestModels.RUNTIME.call(() -> {
            Site post = Site.parse("L%d.mlp_post@7".formatted(strongest.layer()), model.config());
            Run without = model.run(Fixture.TINY.ids("clean"), RunOptions.plain().keeping(LogitAttribution::needs)
                .with(List.of(new Intervention(post, new Replacement.Constant(0)))));
            double mlp = new LogitAttribution(model, without, 7, difference(Fixture.TINY)).parts()
                .get(3 + 2 * strongest.layer()).value();
            return (float) (mlp * FinalNorm.frozenScale(without, 7)
                / FinalNorm.frozenScale(run(Fixture.TINY, Processing.TRANSFORMERLENS), 7));
        });
        double neurons = all.stream().filter(neuron -> neuron.layer() == strongest.layer())
            .mapToDouble(Neuron::value).sum();
        assertThat(attribution.parts().get(3 + 2 * strongest.layer()).value() - neurons)
            .isCloseTo(removed, within(1e-5));
    }

    @Test
    void whatAHeadWritesIsItsAttributionTokenByToken() {
        for (Processing processing : Processing.values()) {
            LogitAttribution any = attribution(Fixture.SMALL, processing, 6, difference(Fixture.SMALL));
            LogitAttribution.Writing writing = TestModels.RUNTIME.call(() -> any.writing(new Head(2, 1), 5));

            assertThat(writing.promotes()).hasSize(5);
            assertThat(writing.promotes().get(0).value()).isGreaterThan(writing.promotes().get(4).value());
            assertThat(writing.suppresses().get(0).value()).isLessThan(writing.suppresses().get(4).value());
            Stream.concat(writing.promotes().stream(), writing.suppresses().stream()).forEach(token -> {
                double alone = attribution(Fixture.SMALL, processing, 6, new Target(token.id(), OptionalInt.empty()))
                    .heads()[2][1];
                assertThat((double) token.value()).isCloseTo(alone, within(TOLERANCE));
            });
        }
    }

    @Test
    void whatCannotBeAttributedIsRefused() {
        assertThatThrownBy(() -> attribution(Fixture.TINY, Processing.RAW, 0, new Target(440, OptionalInt.empty())))
            .isInstanceOf(AnalysisRefusal.class).hasMessageContaining("0 to 439");
        assertThatThrownBy(() -> attribution(Fixture.TINY, Processing.RAW, 0, new Target(4, OptionalInt.of(4))))
            .isInstanceOf(AnalysisRefusal.class).hasMessageContaining("another token");
    }

    private static int last(Fixture fixture) {
        return fixture.ids("clean").length - 1;
    }

    private static Target difference(Fixture fixture) {
        int[] pair = Fixture.ints(fixture.facts().getAsJsonObject("metric").getAsJsonArray("difference"));
        return new Target(pair[0], OptionalInt.of(pair[1]));
    }

    private static Run run(Fixture fixture, Processing processing) {
        return run(fixture, processing, "clean");
    }

    private static Run run(Fixture fixture, Processing processing, String prompt) {
        return TestModels.run(TestModels.model(fixture, processing), fixture.ids(prompt), RunOptions.plain()
            .keeping(LogitAttribution::needs));
    }

    private static LogitAttribution attribution(Fixture fixture, Processing processing, int position, Target target) {
        return attribution(fixture, processing, run(fixture, processing), position, target);
    }

    private static LogitAttribution attribution(Fixture fixture, Processing processing, Run run, int position,
                                                Target target) {
        return TestModels.RUNTIME.call(() -> new LogitAttribution(TestModels.model(fixture, processing), run, position,
            target));
    }

    private static Tensor floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return Tensor.of(floats, floats.length);
    }
}
