package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.analysis.LogitAttribution.Neuron;
import org.headscope.analysis.LogitAttribution.Target;
import org.headscope.analysis.LogitAttribution.Writing;
import org.headscope.analysis.NeuronReading.Id;
import org.headscope.model.Gpt2;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NeuronReadingTest {

    private static final double TOLERANCE = 5e-6;
    private static final Id NEURON = new Id(1, 17);

    private static Writing writing(Gpt2 model, Id id, int count) {
        return TestModels.RUNTIME.call(() -> NeuronReading.writing(model, id, count));
    }

    @Test
    void activationsAreTransformerLenss() {
        for (Fixture fixture : List.of(Fixture.TINY, Fixture.SMALL)) {
            Run run = TestModels.run(TestModels.model(fixture), fixture.ids("clean"),
                RunOptions.plain().keeping(NeuronReading.needs(NEURON)));
            Tensor expected = fixture.tensor("clean/blocks.1.mlp.hook_post");

            float[] activations = NeuronReading.activations(run, NEURON);

            assertThat(activations).hasSize(fixture.ids("clean").length);
            for (int position = 0; position < activations.length; position++) {
                assertThat(activations[position]).isCloseTo(expected.get(0, position, 17), within((float) TOLERANCE));
            }
        }
    }

    @Test
    void whatItWritesIsItsRowThroughTheUnembedding() {
        Gpt2 model = TestModels.model(Fixture.TINY);
        int width = model.config().width();
        Tensor out = TestModels.tensor(model.weights().layers().get(1).out());
        Tensor unembed = TestModels.tensor(model.weights().unembed());
        double[] plain = IntStream.range(0, model.config().vocabulary()).mapToDouble(token ->
            IntStream.range(0, width).mapToDouble(i -> (double) out.get(17, i) * unembed.get(token, i)).sum())
            .toArray();
        List<Integer> ordered = IntStream.range(0, plain.length).boxed()
            .sorted(Comparator.comparingDouble(token -> -plain[token])).toList();

        Writing writing = writing(model, NEURON, 5);

        assertThat(writing.promotes()).hasSize(5);
        assertThat(writing.suppresses()).hasSize(5);
        for (int rank = 0; rank < 5; rank++) {
            assertThat((double) writing.promotes().get(rank).value()).isCloseTo(plain[ordered.get(rank)],
                within(TOLERANCE));
            assertThat((double) writing.suppresses().get(rank).value()).isCloseTo(
                plain[ordered.get(plain.length - 1 - rank)], within(TOLERANCE));
            assertThat(plain[writing.promotes().get(rank).id()]).isCloseTo(plain[ordered.get(rank)], within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @EnumSource(Processing.class)
    void timesItsActivationItIsTheAttributionByNeuron(Processing processing) {
        Gpt2 model = TestModels.model(Fixture.SMALL, processing);
        Run run = TestModels.run(model, Fixture.SMALL.ids("clean"), RunOptions.plain()
            .keeping(LogitAttribution::needs));
        int position = 6;
        float activation = NeuronReading.activations(run, NEURON)[position];
        double scale = FinalNorm.frozenScale(run, position);

        writing(model, NEURON, 3).promotes().forEach(token -> {
            double attributed = TestModels.RUNTIME.call(() -> new LogitAttribution(model, run, position,
                new Target(token.id(), OptionalInt.empty()))).neurons(Integer.MAX_VALUE).stream()
                .filter(one -> one.layer() == 1 && one.neuron() == 17).mapToDouble(Neuron::value).findFirst()
                .orElseThrow();
            assertThat(activation * token.value() / scale).isCloseTo(attributed, within(TOLERANCE));
        });
    }

    @Test
    void neuronsHaveTransformerLenssNames() {
        assertThat(Id.parse("L1N17")).contains(NEURON);
        assertThat(Id.parse("l1n17")).contains(NEURON);
        assertThat(NEURON).hasToString("L1N17");
        assertThat(List.of("", "L1", "L1H2", "L1N", "17", "L1N17 ", "L1234567N1")).allSatisfy(text ->
            assertThat(Id.parse(text)).isEmpty());
        Gpt2 model = TestModels.model(Fixture.TINY);
        assertThatExceptionOfType(AnalysisRefusal.class).isThrownBy(() -> writing(model, new Id(3, 0), 1))
            .withMessage("There is no neuron L3N0; this model has L0N0 to L2N191.");
        assertThatExceptionOfType(AnalysisRefusal.class).isThrownBy(() -> new Id(0, 192).checkFits(model.config()));
    }
}
