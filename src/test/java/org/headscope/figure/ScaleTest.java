package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void absolutePlacesProbabilitiesAsTheyAre() {
        assertThat(Scale.absolute().position(0.3)).isEqualTo(0.3);
    }

    @Test
    void rowMaxPlacesByTheLargestOfTheRow() {
        assertThat(Scale.rowMax().position(0.1, 0.2)).isEqualTo(0.5);
        assertThat(Scale.rowMax().position(0, 0)).isZero();
    }

    @Test
    void squareRootLiftsSmallValues() {
        assertThat(Scale.sqrt().position(0.25)).isEqualTo(0.5);
    }

    @Test
    void logarithmStartsAtItsFloor() {
        Scale log = Scale.log();
        assertThat(log.position(0)).isZero();
        assertThat(log.position(1e-7)).isZero();
        assertThat(log.position(1e-4)).isZero();
        assertThat(log.position(1e-2)).isCloseTo(0.5, within(1e-12));
        assertThat(log.position(1)).isEqualTo(1);
    }

    @Test
    void logarithmTicksAreInTrueUnits() {
        assertThat(Scale.log().ticks()).extracting(Scale.Tick::label)
                .containsExactly("\u22641e\u22124", "0.001", "0.01", "0.1", "1");
        assertThat(Scale.log().ticks().get(3).position()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void squareRootTicksLieWhereTheirValuesAre() {
        assertThat(Scale.sqrt().ticks()).contains(new Scale.Tick(0.5, "0.25"));
    }

    @Test
    void signedTicksHaveAMidpointAndTrueMinusSigns() {
        assertThat(Scale.signed(3).ticks()).containsExactly(new Scale.Tick(0, "\u22123"),
                new Scale.Tick(0.25, "\u22121.5"), new Scale.Tick(0.5, "0"), new Scale.Tick(0.75, "1.5"),
                new Scale.Tick(1, "3"));
    }

    @Test
    void signedClipsOnBothSides() {
        Scale scale = Scale.signedUnit();
        assertThat(scale.position(5)).isEqualTo(1);
        assertThat(scale.clips(1)).isFalse();
        assertThat(scale.clips(1.01)).isTrue();
        assertThat(scale.clips(-1.01)).isTrue();
    }

    @Test
    void roundingOfProbabilitiesIsNotClipping() {
        assertThat(Scale.absolute().clips(1.0000001f)).isFalse();
    }

    @Test
    void fitTakesThe99thPercentileOfSizes() {
        float[] values = new float[1000];
        Arrays.fill(values, -0.2f);
        values[3] = 50;
        assertThat(Scale.fit(Matrix.of(10, 100, values)).max()).isEqualTo(0.2);
        assertThat(Scale.signedMax(Matrix.of(10, 100, values)).max()).isEqualTo(50);
    }

    @Test
    void scalesOfNothingButZerosAreStillScales() {
        Matrix zeros = Matrix.of(2, 2, new float[4]);
        assertThat(Scale.fit(zeros).max()).isEqualTo(1);
        assertThat(Scale.signedMax(zeros).max()).isEqualTo(1);
        assertThat(Scale.signedMax(Matrix.of(1, 1, new float[] {Float.NaN})).max()).isEqualTo(1);
    }

    @Test
    void anUpperEndMustBePositive() {
        assertThatThrownBy(() -> Scale.upTo(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scale.signed(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersAreShort() {
        assertThat(Numbers.brief(0.25)).isEqualTo("0.25");
        assertThat(Numbers.brief(0.123456)).isEqualTo("0.123");
        assertThat(Numbers.brief(1200)).isEqualTo("1200");
        assertThat(Numbers.brief(-0.00005)).isEqualTo("\u22125e\u22125");
        assertThat(Numbers.cell(-0.001)).isEqualTo("0.00");
    }
}
