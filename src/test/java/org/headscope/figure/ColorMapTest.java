package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColorMapTest {

    static Stream<ColorMap> sequential() {
        return Stream.of(ColorMap.BLUES, ColorMap.BLUES_DARK, ColorMap.VIRIDIS, ColorMap.MAGMA, ColorMap.CIVIDIS,
                ColorMap.GREYS, ColorMap.GREYS_DARK);
    }

    static Stream<ColorMap> diverging() {
        return Stream.of(ColorMap.ORANGE_BLUE, ColorMap.ORANGE_BLUE_DARK);
    }

    @ParameterizedTest
    @MethodSource("sequential")
    void lightnessOfSequentialMapsNeverTurnsBack(ColorMap map) {
        double direction = Math.signum(Rgb.lightness(map.at(1)) - Rgb.lightness(map.at(0)));
        for (int i = 1; i <= 64; i++) {
            double step = Rgb.lightness(map.at(i / 64.0)) - Rgb.lightness(map.at((i - 1) / 64.0));
            assertThat(direction * step).isGreaterThan(-0.3);
        }
    }

    @Test
    void lightStopsAreMetExactly() {
        String[] stops = {"#ffffff", "#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c",
            "#08306b"};
        for (int i = 0; i < stops.length; i++) {
            assertThat(Rgb.hex(ColorMap.BLUES.at(i / 8.0))).isEqualTo(stops[i]);
        }
    }

    @Test
    void zeroOfDivergingMapsIsTheirMiddleStop() {
        assertThat(Rgb.hex(ColorMap.ORANGE_BLUE.zero())).isEqualTo("#ffffff");
        assertThat(Rgb.hex(ColorMap.ORANGE_BLUE_DARK.zero())).isEqualTo("#15181c");
    }

    @ParameterizedTest
    @MethodSource("diverging")
    void oppositeStrengthsAreEquallyLight(ColorMap map) {
        for (int i = 1; i <= 5; i++) {
            double negative = Rgb.lightness(map.at(0.5 - i / 10.0));
            double positive = Rgb.lightness(map.at(0.5 + i / 10.0));
            // The page pairs the stops within 2 units of L*; the dark ones, measured, within 4.
            assertThat(negative).isCloseTo(positive, within(4.0));
        }
    }

    @Test
    void positionsBeyondTheEndsTakeTheEndColours() {
        assertThat(ColorMap.GREYS.at(-3)).isEqualTo(Rgb.of("#ffffff"));
        assertThat(ColorMap.GREYS.at(7)).isEqualTo(Rgb.of("#000000"));
    }

    @Test
    void signedScalesRefuseSequentialMaps() {
        assertThatThrownBy(() -> new Shading(ColorMap.BLUES, Scale.signedUnit()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Shading(ColorMap.ORANGE_BLUE, Scale.absolute()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inkIsReadOnEveryColour() {
        assertThat(Rgb.inkOn(ColorMap.BLUES.at(0))).isEqualTo(0xff000000);
        assertThat(Rgb.inkOn(ColorMap.BLUES.at(1))).isEqualTo(0xffffffff);
    }
}
