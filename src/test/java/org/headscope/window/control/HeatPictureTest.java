package org.headscope.window.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.figure.Raster;
import org.headscope.figure.Scale;
import org.headscope.figure.Theme;
import org.junit.jupiter.api.Test;

class HeatPictureTest {

    private static HeatPicture picture(int tokens) {
        float[] values = new float[tokens * tokens];
        values[(tokens - 1) * tokens + tokens / 2] = 1;
        return HeatPicture.attention(Matrix.attention(tokens, values, 0), Theme.LIGHT.shading(Scale.absolute()),
            IntStream.range(0, tokens).mapToObj(i -> "·t" + i).toList());
    }

    @Test
    void aLevelNeverHasMoreCellsToAPixelThanItTakesTogether() {
        HeatPicture picture = picture(1024);
        for (double pixels : new double[] {20, 1, 0.9, 0.5, 0.34, 0.3, 0.1, 0.07}) {
            Raster level = picture.levels().get(picture.level(pixels));
            assertThat(level.width()).as("at %s", pixels).isLessThanOrEqualTo((int) Math.ceil(1024 * pixels) + 1);
        }
        assertThat(picture.level(1)).isZero();
    }

    @Test
    void theStrongestCellIsOnEveryLevel() {
        HeatPicture picture = picture(1024);

        assertThat(picture.levels()).hasSizeGreaterThan(4).allSatisfy(level ->
            assertThat(level.argb()).containsOnlyOnce(Theme.LIGHT.shading(Scale.absolute()).argb(1, 1)));
    }

    @Test
    void smallMapsHaveOneLevel() {
        assertThat(picture(12).levels()).hasSize(1);
    }

    @Test
    void aCellIsReadInWholeWords() {
        assertThat(picture(12).spoken().apply(new Cell(11, 6))).isEqualTo("query t11 11, key t6 6, 1.0000");
    }
}
