package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ThumbnailTest {

    private static final Shading ABSOLUTE = Theme.LIGHT.shading(Scale.absolute());
    private static final Shading ROW_MAX = Theme.LIGHT.shading(Scale.rowMax());
    private static final Shading SIGNED = Theme.LIGHT.shading(Scale.signedUnit());

    private static float[] random(int tokens, int seed) {
        float[] values = new float[tokens * tokens];
        Random random = new Random(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    /** Row by row, with something behind the diagonal that must not be seen. */
    private static IntFunction<float[]> rows(float[] values) {
        int tokens = (int) Math.sqrt(values.length);
        float[] row = new float[tokens];
        return query -> {
            Arrays.fill(row, 7);
            System.arraycopy(values, query * tokens, row, 0, query + 1);
            return row;
        };
    }

    private static Thumbnail whole(int tokens, float[] values) {
        return PooledRows.of(tokens, rows(values)).whole();
    }

    private static void assertLikeMatrix(Thumbnail thumbnail, Matrix matrix, Shading shading) {
        assertThat(thumbnail.raster(shading, Raster.THUMBNAIL).argb())
            .isEqualTo(Raster.thumbnail(matrix, shading).argb());
    }

    @Test
    void itLooksLikeTheMatrixByEveryScale() {
        for (int tokens : new int[] {1, 12, 200}) {
            float[] values = random(tokens, 1);
            PooledRows.Both pooled = PooledRows.of(tokens, rows(values));
            Matrix matrix = Matrix.attention(tokens, values, 0);
            for (Shading shading : new Shading[] {ABSOLUTE, ROW_MAX, Theme.DARK.shading(Scale.log())}) {
                assertLikeMatrix(pooled.whole(), matrix, shading);
                assertLikeMatrix(pooled.withoutFirst(), matrix.withHiddenColumns(1), shading);
            }
        }
    }

    @Test
    void signedValuesKeepTheirSign() {
        for (int tokens : new int[] {5, 150}) {
            Matrix difference = Matrix.attention(tokens, random(tokens, 1), 0)
                .minus(Matrix.attention(tokens, random(tokens, 2), 0)).withIdenticalRowsBefore(3);
            PooledRows.Both pooled = PooledRows.signed(tokens, 3, rows(difference.values()));

            assertLikeMatrix(pooled.whole(), difference, SIGNED);
            assertLikeMatrix(pooled.withoutFirst(), difference.withHiddenColumns(1), SIGNED);
        }
        Thumbnail both = PooledRows.signed(2, 0, rows(new float[] {0, 0, 0.5f, -1})).whole();
        assertThat(both.raster(SIGNED, 1).at(0, 0)).isEqualTo(Rgb.of("#5a2a05"));
    }

    @Test
    void aSingleStrongCellSurvivesBeingMadeSmallTwice() {
        float[] values = new float[1000 * 1000];
        values[777 * 1000 + 333] = 1;
        Raster raster = whole(1000, values).raster(ABSOLUTE, 25);

        assertThat(raster.width()).isEqualTo(25);
        assertThat(raster.argb()).containsOnlyOnce(Rgb.of("#08306b"));
    }

    @Test
    void nanAndNothingStayWhatTheyAre() {
        float[] values = new float[300 * 300];
        values[299 * 300] = Float.NaN;
        Raster raster = whole(300, values).raster(ABSOLUTE, 10);

        assertThat(raster.at(0, 9)).isEqualTo(Raster.NAN_COLOR);
        assertThat(raster.at(9, 0)).isEqualTo(Rgb.TRANSPARENT);
    }

    @Test
    void aScaleOfTheOtherKindIsRefused() {
        PooledRows.Both signed = PooledRows.signed(2, 0, rows(random(2, 1)));
        assertThatThrownBy(() -> whole(2, random(2, 1)).raster(SIGNED, 2)).hasMessageContaining("fixed");
        assertThatThrownBy(() -> signed.whole().raster(ABSOLUTE, 2)).hasMessageContaining("absolute");
    }
}
