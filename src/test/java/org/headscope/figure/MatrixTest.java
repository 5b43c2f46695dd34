package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MatrixTest {

    @Test
    void keysAfterTheQueryAreMasked() {
        Matrix matrix = Samples.attention();
        assertThat(matrix.state(1, 2)).isEqualTo(CellState.FUTURE);
        assertThat(matrix.state(2, 2)).isEqualTo(CellState.VALUE);
        assertThat(matrix.rowMax(0)).isEqualTo(1);
    }

    @Test
    void aHeadIsReadFromItsPlaceInALayer() {
        float[] layer = {1, 0, 0.5f, 0.5f, 1, 0, 0.2f, 0.8f};
        assertThat(Matrix.attention(2, layer, 4).value(1, 1)).isEqualTo(0.8f);
    }

    @Test
    void differenceIsDottedBeforeTheRunsDiffer() {
        Matrix difference = Samples.triptych().difference();
        assertThat(difference.state(2, 1)).isEqualTo(CellState.IDENTICAL);
        assertThat(difference.state(3, 1)).isEqualTo(CellState.VALUE);
        assertThat(difference.value(3, 1)).isEqualTo(0.75f);
        assertThat(difference.states()).containsExactlyInAnyOrder(CellState.FUTURE, CellState.IDENTICAL,
                CellState.VALUE);
    }

    @Test
    void hiddenColumnsKeepTheirNumbersAndThoseOfTheRest() {
        Matrix hidden = Samples.attention().withHiddenColumns(1);
        assertThat(hidden.state(1, 0)).isEqualTo(CellState.HIDDEN);
        assertThat(hidden.rowMax(1)).isEqualTo(0.25f);
        assertThat(hidden.value(1, 1)).isEqualTo(0.25f);
    }

    @Test
    void nothingIsKnownOfAPendingHead() {
        assertThat(Matrix.pending(3).states()).containsExactlyInAnyOrder(CellState.FUTURE, CellState.NOT_COMPUTED);
    }

    @Test
    void shapesMustFit() {
        assertThatThrownBy(() -> Matrix.of(2, 3, new float[5])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Samples.attention().minus(Matrix.of(1, 1, new float[1])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTopOfARowHoldsAtLeastItsShareAndKeepsItsValues() {
        float[] values = {1, 0, 0, 0.3f, 0.7f, 0, 0.25f, 0.25f, 0.5f};
        Matrix top = Matrix.attention(3, values, 0).withTopOfRows(0.7);

        assertThat(top.state(1, 0)).isEqualTo(CellState.HIDDEN);
        assertThat(top.state(1, 1)).isEqualTo(CellState.VALUE);
        // Equal values go together.
        assertThat(top.hasValue(2, 0)).isTrue();
        assertThat(top.hasValue(2, 1)).isTrue();
        assertThat(top.value(2, 2)).isEqualTo(0.5f);
        assertThat(top.states()).contains(CellState.HIDDEN, CellState.FUTURE);
        assertThat(Matrix.attention(3, values, 0).withTopOfRows(1).hasValue(2, 0)).isTrue();
    }

    @Test
    void theTopIsOfWhatIsShown() {
        Matrix top = Matrix.attention(3, new float[] {1, 0, 0, 0.9f, 0.1f, 0, 0.9f, 0.08f, 0.02f}, 0)
            .withHiddenColumns(1).withTopOfRows(0.5);

        assertThat(top.hasValue(2, 1)).isTrue();
        assertThat(top.hasValue(2, 2)).isFalse();
    }

    @Test
    void aDifferenceLeavesOutWhatBothLeaveOut() {
        Matrix first = Matrix.of(1, 3, new float[] {0.8f, 0.1f, 0.1f}).withTopOfRows(0.5);
        Matrix second = Matrix.of(1, 3, new float[] {0.1f, 0.8f, 0.1f}).withTopOfRows(0.5);
        Matrix difference = first.minus(second);

        assertThat(difference.hasValue(0, 0)).isTrue();
        assertThat(difference.hasValue(0, 1)).isTrue();
        assertThat(difference.state(0, 2)).isEqualTo(CellState.HIDDEN);
    }
}
