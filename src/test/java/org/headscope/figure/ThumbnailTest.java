package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ThumbnailTest {

    private static final Shading ABSOLUTE = Theme.LIGHT.shading(Scale.absolute());
    private static final Shading ROW_MAX = Theme.LIGHT.shading(Scale.rowMax());
    private static final Shading SIGNED = Theme.LIGHT.shading(Scale.signedUnit());

    private static Matrix random(int tokens) {
        float[] values = new float[tokens * tokens];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return Matrix.attention(tokens, values, 0);
    }

    @Test
    void itLooksLikeTheMatrixByEveryScale() {
        for (Matrix matrix : new Matrix[] {random(12), random(12).withHiddenColumns(1), random(200)}) {
            for (Shading shading : new Shading[] {ABSOLUTE, ROW_MAX, Theme.DARK.shading(Scale.log())}) {
                assertThat(Thumbnail.of(matrix).raster(shading, Raster.THUMBNAIL).argb())
                    .isEqualTo(Raster.thumbnail(matrix, shading).argb());
            }
        }
    }

    @Test
    void signedValuesKeepTheirSign() {
        Matrix difference = random(150).minus(random(150).withIdenticalRowsBefore(3));
        assertThat(Thumbnail.signed(difference).raster(SIGNED, Raster.THUMBNAIL).argb())
            .isEqualTo(Raster.thumbnail(difference, SIGNED).argb());

        Matrix both = Matrix.of(1, 2, new float[] {0.5f, -1});
        assertThat(Thumbnail.signed(both).raster(SIGNED, 1).at(0, 0)).isEqualTo(Rgb.of("#5a2a05"));
    }

    @Test
    void aSingleStrongCellSurvivesBeingMadeSmallTwice() {
        float[] values = new float[1000 * 1000];
        values[777 * 1000 + 333] = 1;
        Raster raster = Thumbnail.of(Matrix.attention(1000, values, 0)).raster(ABSOLUTE, 25);

        assertThat(raster.width()).isEqualTo(25);
        assertThat(raster.argb()).containsOnlyOnce(Rgb.of("#08306b"));
    }

    @Test
    void nanAndNothingStayWhatTheyAre() {
        float[] values = new float[300 * 300];
        values[299 * 300] = Float.NaN;
        Raster raster = Thumbnail.of(Matrix.attention(300, values, 0)).raster(ABSOLUTE, 10);

        assertThat(raster.at(0, 9)).isEqualTo(Raster.NAN_COLOR);
        assertThat(raster.at(9, 0)).isEqualTo(Rgb.TRANSPARENT);
    }

    @Test
    void aScaleOfTheOtherKindIsRefused() {
        assertThatThrownBy(() -> Thumbnail.of(random(2)).raster(SIGNED, 2)).hasMessageContaining("fixed");
        assertThatThrownBy(() -> Thumbnail.signed(random(2)).raster(ABSOLUTE, 2)).hasMessageContaining("absolute");
    }
}
