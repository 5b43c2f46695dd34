package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.headscope.model.Logits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadoutTest {

    private static Logits logits(float first) {
        return new Logits(new float[] {first, 0, 1});
    }

    private static Readout readout(float clean, float corrupt, float patched) {
        return Readout.of(0, Optional.of(logits(clean)), logits(corrupt), Optional.of(logits(patched)));
    }

    @ParameterizedTest
    @CsvSource({"5, 1, 1, 0, 0", "5, 1, 5, 4, 1", "5, 1, 3, 2, 0.5", "5, 1, 7, 6, 1.5", "5, 1, -1, -2, -0.5",
        "-3, 1, -1, -2, 0.5"})
    void recoveredIsTheShareOfTheWayBackToTheCleanRun(float clean, float corrupt, float patched, double change,
                                                      double recovered) {
        Readout readout = readout(clean, corrupt, patched);

        assertThat(readout.change()).hasValueCloseTo(change, within(1e-12));
        assertThat(readout.recovered()).hasValueCloseTo(recovered, within(1e-12));
        assertThat(readout.isRecoveredMeaningful()).isTrue();
    }

    @Test
    void valuesAreTheOnesOfTheirLogits() {
        Readout readout = readout(5, 0.5f, -1);

        assertThat(readout.id()).isZero();
        assertThat(readout.clean()).contains(new Readout.Value(5, logits(5).prob(0), 0));
        assertThat(readout.corrupt()).isEqualTo(new Readout.Value(0.5f, logits(0.5f).prob(0), 1));
        assertThat(readout.patched()).contains(new Readout.Value(-1, logits(-1).prob(0), 2));
    }

    @Test
    void nothingIsRecoveredWhereThereIsNothingToRecover() {
        assertThat(readout(1, 1, 3).recovered()).isEmpty();
        assertThat(readout(1, 1, 3).change()).hasValue(2);
        assertThat(readout(1, 1, 3).isRecoveredMeaningful()).isFalse();
    }

    @Test
    void aSmallGapStillHasAShareButAMeaninglessOne() {
        assertThat(readout(1.05f, 1, 2).recovered()).hasValueCloseTo(20.0, within(1e-4));
        assertThat(readout(1.05f, 1, 2).isRecoveredMeaningful()).isFalse();
        assertThat(readout(1.25f, 1, 2).isRecoveredMeaningful()).isTrue();
        assertThat(readout(0.75f, 1, 2).isRecoveredMeaningful()).isTrue();
    }

    @Test
    void missingRunsLeaveTheirPartsEmpty() {
        Readout ablated = Readout.of(0, Optional.empty(), logits(1), Optional.of(logits(3)));
        assertThat(ablated.recovered()).isEmpty();
        assertThat(ablated.isRecoveredMeaningful()).isFalse();
        assertThat(ablated.change()).hasValue(2);

        Readout unpatched = Readout.of(0, Optional.of(logits(3)), logits(1), Optional.empty());
        assertThat(unpatched.change()).isEmpty();
        assertThat(unpatched.recovered()).isEmpty();
        assertThat(unpatched.isRecoveredMeaningful()).isTrue();
    }
}
