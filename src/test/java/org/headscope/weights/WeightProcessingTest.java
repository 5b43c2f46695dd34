package org.headscope.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.weights.Gpt2Weights.Matrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightProcessingTest {

    static Stream<Fixture> random() {
        return Stream.of(Fixture.TINY, Fixture.SMALL);
    }

    static Stream<Fixture> all() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO);
    }

    /** W_V·W_O of every head, [L, H, D, D]. */
    private static Tensor valueOutput(Gpt2Weights weights) {
        return circuits(weights, (layer, head, row, column) -> {
            int width = weights.config().width();
            int d = weights.config().headWidth();
            double sum = 0;
            for (int i = 0; i < d; i++) {
                sum += (double) layer.qkv().floats().get(row * 3 * width + 2 * width + head * d + i)
                    * layer.output().floats().get((head * d + i) * width + column);
            }
            return sum;
        });
    }

    /** W_Q·W_Kᵀ of every head, [L, H, D, D]. */
    private static Tensor queryKey(Gpt2Weights weights) {
        return circuits(weights, (layer, head, row, column) -> {
            int width = weights.config().width();
            int d = weights.config().headWidth();
            FloatBuffer qkv = layer.qkv().floats();
            double sum = 0;
            for (int i = head * d; i < (head + 1) * d; i++) {
                sum += (double) qkv.get(row * 3 * width + i) * qkv.get(column * 3 * width + width + i);
            }
            return sum;
        });
    }

    private interface Product {

        double of(Gpt2Weights.Layer layer, int head, int row, int column);
    }

    private static Tensor circuits(Gpt2Weights weights, Product product) {
        Gpt2Config config = weights.config();
        int width = config.width();
        float[] values = new float[config.layers() * config.heads() * width * width];
        int at = 0;
        for (Gpt2Weights.Layer layer : weights.layers()) {
            for (int head = 0; head < config.heads(); head++) {
                for (int row = 0; row < width; row++) {
                    for (int column = 0; column < width; column++) {
                        values[at++] = (float) product.of(layer, head, row, column);
                    }
                }
            }
        }
        return Tensor.of(values, config.layers(), config.heads(), width, width);
    }

    @ParameterizedTest
    @MethodSource("random")
    void circuitsAreTransformerLenss(Fixture fixture) {
        TestModels.withWeights(fixture.model(), Processing.TRANSFORMERLENS, weights -> {
            Fixture.assertClose("OV", valueOutput(weights), fixture.tensor("circuit/OV"), 1e-5);
            Fixture.assertClose("QK", queryKey(weights), fixture.tensor("circuit/QK"), 1e-5);
            return null;
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatWritesToTheResidualStreamIsCentred(Fixture fixture) {
        TestModels.withWeights(fixture.model(), Processing.TRANSFORMERLENS, weights -> {
            assertCentred(weights);
            return null;
        });
    }

    private static void assertCentred(Gpt2Weights weights) {
        assertRowsSumToZero(weights.embed());
        assertRowsSumToZero(weights.positions());
        for (Gpt2Weights.Layer layer : weights.layers()) {
            assertRowsSumToZero(layer.output());
            assertRowsSumToZero(layer.out());
            assertRowsSumToZero(layer.outputBias());
            assertRowsSumToZero(layer.outBias());
            assertThat(layer.norm1()).isEmpty();
            assertThat(layer.norm2()).isEmpty();
            FloatBuffer bias = layer.qkvBias().floats();
            for (int i = 2 * weights.config().width(); i < bias.capacity(); i++) {
                assertThat(bias.get(i)).as("b_V").isZero();
            }
        }
        assertRowsSumToZero(weights.unembedBias());
        assertThat(weights.finalNorm()).isEmpty();
    }

    private static void assertRowsSumToZero(Matrix matrix) {
        FloatBuffer values = matrix.floats();
        int length = matrix.shape()[matrix.shape().length - 1];
        for (int start = 0; start < values.capacity(); start += length) {
            double sum = 0;
            for (int i = start; i < start + length; i++) {
                sum += values.get(i);
            }
            assertThat(sum).isCloseTo(0, within(1e-7 * length));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void processedLogitsAreTheRawOnesWithoutTheirMean(Fixture fixture) {
        for (String which : new String[] {"clean", "corrupt", "text"}) {
            int[] ids = fixture.ids(which);
            Run processed = TestModels.run(TestModels.model(fixture), ids, RunOptions.plain());
            Run raw = TestModels.run(TestModels.model(fixture, Processing.RAW), ids, RunOptions.plain());
            for (int position = 0; position < ids.length; position++) {
                Logits centred = processed.logits(position);
                Logits plain = raw.logits(position);
                double sum = 0;
                for (int id = 0; id < centred.vocabulary(); id++) {
                    sum += centred.logit(id);
                    assertThat(centred.logProb(id)).isCloseTo(plain.logProb(id), within(1e-4));
                }
                assertThat(sum / centred.vocabulary()).isCloseTo(0, within(1e-5));
            }
        }
    }
}
