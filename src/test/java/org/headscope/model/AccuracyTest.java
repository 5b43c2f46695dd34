package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;

class AccuracyTest {

    private static final Tensor PRECISE = Tensor.of(new float[] {10, -20, 3, 4, 5, 6}, 1, 2, 3);

    private static Tensor offBy(float difference, int place) {
        float[] values = PRECISE.toArray();
        values[place] += difference;
        return Tensor.of(values, 1, 2, 3);
    }

    @Test
    void theWorstLogitIsNamed() {
        Accuracy accuracy = Accuracy.of(offBy(0.5f, 4), PRECISE);

        assertThat(accuracy).isEqualTo(new Accuracy(0.5, 1, 1, 20 * 2e-5));
        assertThat(accuracy.isFine()).isFalse();
        assertThat(accuracy.sentence()).isEqualTo("largest difference of a logit 0.50, of token #1 at position 1; up to "
            + "0.00040 is rounding");
    }

    @Test
    void roundingIsFine() {
        assertThat(Accuracy.of(PRECISE, PRECISE).isFine()).isTrue();
        assertThat(Accuracy.of(offBy(1e-4f, 0), PRECISE).isFine()).isTrue();
        assertThat(Accuracy.of(offBy(1e-3f, 0), PRECISE).isFine()).isFalse();
    }

    @Test
    void whatIsNoNumberIsNeverFine() {
        Accuracy accuracy = Accuracy.of(offBy(Float.NaN, 2), PRECISE);

        assertThat(accuracy.isFine()).isFalse();
        assertThat(accuracy.id()).isEqualTo(2);
    }
}
