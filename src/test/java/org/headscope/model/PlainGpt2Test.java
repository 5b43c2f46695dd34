package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.RandomGpt2;
import org.headscope.TestModels;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs against a second implementation that shares nothing with the first. */
class PlainGpt2Test {

    @TempDir
    Path folder;

    private static Tensor engineLogits(ModelFolder model, Processing processing, Gpt2.Precision precision, int[] ids) {
        return TestModels.RUNTIME.call(() -> {
            try (Gpt2 gpt2 = new Gpt2(model, processing, precision)) {
                return gpt2.run(ids, RunOptions.plain()).output();
            }
        });
    }

    private static double worst(double[][] expected, Tensor actual, boolean centred) {
        double worst = 0;
        for (int position = 0; position < expected.length; position++) {
            double mean = 0;
            for (double value : expected[position]) {
                mean += centred ? value / expected[position].length : 0;
            }
            for (int id = 0; id < expected[position].length; id++) {
                worst = Math.max(worst, Math.abs(expected[position][id] - mean - actual.get(0, position, id)));
            }
        }
        return worst;
    }

    private static double largest(double[][] values) {
        return Stream.of(values).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
    }

    private static void assertAgrees(ModelCopy model, int[] ids) {
        double[][] expected = new PlainGpt2(model.open().config(), model.tensors()).logits(ids);
        double tolerance = 5e-6 * largest(expected);
        for (Gpt2.Precision precision : Gpt2.Precision.values()) {
            // In double only the logits themselves are rounded to single.
            double allowed = precision == Gpt2.Precision.SINGLE ? tolerance : 6e-8 * largest(expected);
            assertThat(worst(expected, engineLogits(model.open(), Processing.RAW, precision, ids), false))
                .as("raw, %s", precision).isLessThan(allowed);
        }
        assertThat(worst(expected,
            engineLogits(model.open(), Processing.TRANSFORMERLENS, Gpt2.Precision.SINGLE, ids), true))
            .as("processed").isLessThan(2 * tolerance);
    }

    static Stream<Arguments> fixtures() {
        return Stream.of(Fixture.TINY, Fixture.SMALL)
            .flatMap(fixture -> Stream.of("clean", "corrupt", "text").map(run -> Arguments.of(fixture, run)));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theFixturesModelsAgree(Fixture fixture, String run) {
        assertAgrees(new ModelCopy(fixture.modelPath()), fixture.ids(run));
    }

    static Stream<Arguments> configurations() {
        return Stream.of(
            Arguments.of(new Gpt2Config(1, 1, 8, 16, 30, 1e-5, Activation.GELU_NEW, false), false),
            Arguments.of(new Gpt2Config(2, 3, 15, 16, 40, 1e-5, Activation.GELU, false), false),
            Arguments.of(new Gpt2Config(3, 2, 32, 20, 50, 1e-5, Activation.RELU, true), false),
            Arguments.of(new Gpt2Config(2, 4, 24, 12, 33, 1e-2, Activation.GELU_NEW, true), true),
            Arguments.of(new Gpt2Config(4, 7, 7, 9, 300, 1e-6, Activation.GELU, true), true),
            Arguments.of(new Gpt2Config(5, 1, 40, 64, 200, 1e-5, Activation.RELU, false), true),
            Arguments.of(new Gpt2Config(2, 2, 6, 1, 2, 1e-5, Activation.GELU_NEW, false), false));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void randomModelsOfEveryKindAgreeAtTheirFullLength(Gpt2Config config, boolean ownUnembedding) {
        RandomGpt2.write(folder, config, 7, ownUnembedding);
        assertThat(ModelFolder.open(folder).config()).isEqualTo(config);

        assertAgrees(new ModelCopy(folder),
            new Random(3).ints(config.positions(), 0, config.vocabulary()).toArray());
    }

    @Test
    void theActivationsDifferAsTheyShould() {
        assertThat(PlainGpt2.activate(Activation.GELU_NEW, -3)).isCloseTo(-0.003637, within(5e-7));
        assertThat(PlainGpt2.activate(Activation.GELU, -3)).isCloseTo(-0.004050, within(5e-7));
        assertThat(PlainGpt2.activate(Activation.GELU, 7)).isCloseTo(7, within(1e-10));
        assertThat(PlainGpt2.activate(Activation.GELU, -7)).isCloseTo(-8.95868e-12, within(1e-16));
        assertThat(PlainGpt2.activate(Activation.RELU, -3)).isZero();
    }

    @Test
    void aModelTakesTheActivationThatItsConfigurationNames() {
        Gpt2Config config = new Gpt2Config(2, 2, 16, 8, 30, 1e-5, Activation.GELU_NEW, false);
        ModelCopy model = new ModelCopy(RandomGpt2.write(folder, config, 7, false));
        int[] ids = {3, 1, 4, 1, 5};
        double[][] expected = new PlainGpt2(config, model.tensors()).logits(ids);
        for (String other : new String[] {"gelu", "relu"}) {
            model.configure(other.equals("gelu") ? "gelu_new" : "\"gelu\"", other.equals("gelu") ? other : "\"relu\"");

            Tensor actual = engineLogits(model.open(), Processing.RAW, Gpt2.Precision.SINGLE, ids);

            assertThat(worst(expected, actual, false)).as(other).isGreaterThan(other.equals("gelu") ? 1e-4 : 1e-2);
        }
    }
}
