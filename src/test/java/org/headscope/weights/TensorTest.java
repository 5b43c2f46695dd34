package org.headscope.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {

    private final Tensor tensor = Tensor.of(new float[] {0, 1, 2, 3, 4, -5, 6, 7, 8, 9, 10, 11}, 2, 3, 2);

    @Test
    void indicesRunThroughTheLastAxisFirst() {
        assertThat(tensor.get(1, 0, 1)).isEqualTo(7);
        assertThat(tensor.at(7)).isEqualTo(7);
        assertThat(tensor.extent(-2)).isEqualTo(3);
    }

    @Test
    void slicesOfSlicesShareTheFloats() {
        assertThat(tensor.slice(1).slice(2)).isEqualTo(Tensor.of(new float[] {10, 11}, 2)).isEqualTo(tensor.slice(1, 2))
            .hasSameHashCodeAs(tensor.slice(1, 2));
        assertThat(tensor.slice(0, 2).maxAbs()).isEqualTo(5);
        assertThat(tensor.slice(0).slice(1).toArray()).containsExactly(2, 3);
        assertThat(tensor.slice()).isEqualTo(tensor);
    }

    @Test
    void copiesDoNotReachBack() {
        tensor.toArray()[0] = 99;
        tensor.shape()[0] = 99;

        assertThat(tensor.at(0)).isZero();
        assertThat(tensor.shape()).containsExactly(2, 3, 2);
    }

    @Test
    void indicesOutsideAreRefused() {
        assertThatThrownBy(() -> tensor.get(0, 3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tensor.get(0, -1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tensor.slice(0).at(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tensor.slice(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.get(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Tensor.of(new float[5], 2, 3));
    }
}
