package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogitsTest {

    private static float[] random(int seed, int size, float spread) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = spread * (float) random.nextGaussian();
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(floats = {0.01f, 1, 10, 300})
    void logProbabilitiesAreTheNaiveOnes(float spread) {
        float[] values = random(1, 500, spread);
        double max = IntStream.range(0, 500).mapToDouble(i -> values[i]).max().orElseThrow();
        double sum = IntStream.range(0, 500).mapToDouble(i -> Math.exp(values[i] - max)).sum();
        Logits logits = new Logits(values);

        double total = 0;
        for (int id = 0; id < 500; id++) {
            assertThat(logits.logProb(id)).isCloseTo(values[id] - max - Math.log(sum), within(1e-9));
            assertThat(logits.prob(id)).isBetween(0.0, 1.0);
            total += logits.prob(id);
        }
        assertThat(total).isCloseTo(1, within(1e-9));
    }

    @Test
    void aConstantChangesNoProbability() {
        Logits logits = new Logits(new float[] {1, 2, 3});
        Logits shifted = new Logits(new float[] {65, 66, 67});

        assertThat(shifted.prob(1)).isCloseTo(logits.prob(1), within(1e-14));
        assertThat(shifted.divergenceOf(logits)).isCloseTo(0, within(1e-14));
    }

    @Test
    void theBestComeFirstAndAmongEqualsTheSmallerId() {
        Logits logits = new Logits(new float[] {1, 3, 2, 3, -7, 2, 3});

        assertThat(logits.top(5)).extracting(Logits.Candidate::id).containsExactly(1, 3, 6, 2, 5);
        assertThat(logits.top(2)).extracting(Logits.Candidate::id).containsExactly(1, 3);
        assertThat(logits.top(100)).extracting(Logits.Candidate::id).containsExactly(1, 3, 6, 2, 5, 0, 4);
        assertThat(logits.top(0)).isEmpty();
        assertThat(logits.top(1).get(0)).isEqualTo(new Logits.Candidate(1, 3, logits.prob(1)));
    }

    @Test
    void theRankCountsWhatIsLarger() {
        Logits logits = new Logits(new float[] {1, 3, 2, 3, -7});

        assertThat(IntStream.range(0, 5).map(logits::rank)).containsExactly(3, 0, 2, 0, 4);
    }

    @Test
    void divergenceIsTheNaiveOneAndNeverNegative() {
        for (int seed = 0; seed < 50; seed++) {
            Logits p = new Logits(random(seed, 100, 3));
            float[] near = random(seed, 100, 3);
            near[seed] += 1e-6f;
            Logits q = new Logits(seed % 2 == 0 ? random(seed + 1_000, 100, 3) : near);
            double naive = IntStream.range(0, 100).mapToDouble(id -> p.prob(id) * Math.log(p.prob(id) / q.prob(id)))
                .sum();

            assertThat(p.divergenceOf(q)).isCloseTo(naive, within(1e-12)).isNotNegative();
            assertThat(p.divergenceOf(p)).isZero();
        }
    }

    @Test
    void laterChangesToTheFloatsDoNotReachIn() {
        float[] values = {1, 2};
        Logits logits = new Logits(values);
        values[0] = 9;

        assertThat(logits.logit(0)).isEqualTo(1);
        assertThat(logits.vocabulary()).isEqualTo(2);
    }
}
