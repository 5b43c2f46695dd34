package org.headscope.window.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ZoomTest {

    @Test
    void thePointStaysWhereItIs() {
        Zoom near = Zoom.WHOLE.by(2, 0.25, 0.75, 0.01);

        assertThat(near.side()).isEqualTo(0.5);
        assertThat((0.25 - near.left()) / near.side()).isCloseTo(0.25, within(1e-9));
        assertThat((0.75 - near.top()) / near.side()).isCloseTo(0.75, within(1e-9));
        assertThat(near.by(0.5, 0.25, 0.75, 0.01)).isEqualTo(Zoom.WHOLE);
    }

    @Test
    void itGoesNoNearerThanTheLeastAndNoFartherThanTheWhole() {
        assertThat(Zoom.WHOLE.by(1e6, 0.5, 0.5, 0.1).side()).isEqualTo(0.1);
        assertThat(Zoom.WHOLE.by(0.1, 0.5, 0.5, 0.1)).isEqualTo(Zoom.WHOLE);
    }

    @Test
    void nothingOutsideIsSeen() {
        Zoom corner = new Zoom(0.9, -3, 0.25);

        assertThat(corner).isEqualTo(new Zoom(0.75, 0, 0.25));
        assertThat(corner.moved(1, 1)).isEqualTo(new Zoom(0.75, 0.75, 0.25));
        assertThat(corner.centredOn(0.5, 0.5)).isEqualTo(new Zoom(0.375, 0.375, 0.25));
        assertThat(corner.centredOn(0, 1)).isEqualTo(new Zoom(0, 0.75, 0.25));
    }
}
