package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RasterTest {

    private static final Shading ABSOLUTE = Theme.LIGHT.shading(Scale.absolute());
    private static final Shading SIGNED = Theme.LIGHT.shading(Scale.signedUnit());

    @Test
    void onePixelACell() {
        Raster raster = Raster.of(Samples.attention(), ABSOLUTE);
        assertThat(raster.width()).isEqualTo(4);
        assertThat(raster.at(0, 0)).isEqualTo(Rgb.of("#08306b"));
        assertThat(raster.at(1, 2)).isEqualTo(Rgb.of("#6baed6"));
        assertThat(raster.at(0, 3)).isEqualTo(Rgb.of("#ffffff"));
        assertThat(raster.at(1, 0)).isEqualTo(Rgb.TRANSPARENT);
    }

    @Test
    void poolingKeepsASingleStrongCell() {
        float[] values = new float[1000 * 1000];
        values[777 * 1000 + 333] = 1;
        Raster raster = Raster.thumbnail(Matrix.attention(1000, values, 0), ABSOLUTE);
        assertThat(raster.width()).isEqualTo(96);
        assertThat(raster.argb()).containsOnlyOnce(Rgb.of("#08306b"));
    }

    @Test
    void poolingTakesTheLargestSizeOfSignedValues() {
        Matrix matrix = Matrix.of(2, 2, new float[] {0.5f, 0.2f, -1f, 0.9f});
        assertThat(Raster.pooled(matrix, SIGNED, 1).at(0, 0)).isEqualTo(Rgb.of("#5a2a05"));
    }

    @Test
    void poolingNeverLooksIntoTheFuture() {
        Raster raster = Raster.pooled(Samples.attention(), Theme.LIGHT.shading(Scale.upTo(9)), 2);
        assertThat(raster.at(0, 0)).isEqualTo(ABSOLUTE.map().at(1 / 9.0));
        assertThat(raster.at(1, 0)).isEqualTo(Rgb.TRANSPARENT);
    }

    @Test
    void rowMaxIsTakenRowByRowBeforePooling() {
        Matrix matrix = Matrix.of(2, 1, new float[] {0.001f, 0.9f}).withHiddenColumns(0);
        Raster raster = Raster.of(matrix, Theme.LIGHT.shading(Scale.rowMax()));
        assertThat(raster.at(0, 0)).isEqualTo(raster.at(0, 1)).isEqualTo(Rgb.of("#08306b"));
    }

    @Test
    void rowsOfZerosHaveTheLowestColour() {
        Raster raster = Raster.of(Matrix.of(2, 2, new float[4]), Theme.LIGHT.shading(Scale.rowMax()));
        assertThat(raster.argb()).containsOnly(Rgb.of("#ffffff"));
    }

    @Test
    void nanIsNeverPooledAway() {
        Matrix matrix = Matrix.of(2, 2, new float[] {1, 1, Float.NaN, 0});
        assertThat(Raster.pooled(matrix, ABSOLUTE, 1).at(0, 0)).isEqualTo(Raster.NAN_COLOR);
        assertThat(Raster.pooled(matrix, SIGNED, 1).at(0, 0)).isEqualTo(Raster.NAN_COLOR);
        assertThat(Raster.of(matrix, Theme.LIGHT.shading(Scale.rowMax())).at(1, 0)).isEqualTo(Rgb.of("#08306b"));
    }

    @Test
    void cellsWithoutAValueAreTransparent() {
        Matrix matrix = Matrix.of(2, 2, new float[] {1, 1, 1, 1})
                .withNotComputed((row, column) -> row == 0)
                .withHiddenColumns(1);
        assertThat(Raster.of(matrix, SIGNED).argb()).containsExactly(0, 0, 0, SIGNED.map().at(1));
    }
}
