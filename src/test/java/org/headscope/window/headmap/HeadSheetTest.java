package org.headscope.window.headmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javafx.scene.image.Image;
import org.headscope.figure.Matrix;
import org.headscope.figure.Raster;
import org.headscope.figure.Rgb;
import org.headscope.figure.Scale;
import org.headscope.figure.Theme;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class HeadSheetTest {

    private static final Raster TWO_BY_TWO = Raster.of(Matrix.attention(2, new float[] {1, 0, 0.5f, 0.5f}, 0),
        Theme.LIGHT.shading(Scale.absolute()));

    private static final long MOST_MILLIS = 40_000;

    private final HeadSheet sheet = new HeadSheet();

    @Test
    void aPixelOfAThumbnailBecomesASquareOfTheSheet() {
        sheet.clear(20, 20);
        sheet.put(TWO_BY_TWO, 3, 5, 10);

        assertThat(sheet.at(3, 5)).isEqualTo(TWO_BY_TWO.at(0, 0)).isEqualTo(sheet.at(7, 9));
        assertThat(sheet.at(8, 5)).as("above the diagonal").isEqualTo(Rgb.TRANSPARENT);
        assertThat(sheet.at(12, 14)).isEqualTo(TWO_BY_TWO.at(1, 1));
        assertThat(sheet.at(13, 14)).as("beside it").isZero();
        assertThat(sheet.at(2, 5)).isZero();
    }

    @Test
    void theScreenGetsWhatIsOnTheSheetAndLosesWhatIsNot() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.waitForAsyncFx(MOST_MILLIS, this::showTwice);
    }

    private void showTwice() {
        sheet.clear(20, 20);
        sheet.fill(Rgb.of("#102030"), 0, 0, 4);
        Image image = sheet.image();
        assertThat(image.getPixelReader().getArgb(3, 3)).isEqualTo(Rgb.of("#102030"));

        sheet.clear(20, 20);
        assertThat(sheet.image()).isSameAs(image);
        assertThat(image.getPixelReader().getArgb(3, 3)).isZero();

        sheet.clear(21, 20);
        assertThat(sheet.image().getWidth()).isEqualTo(21);
    }

    @Test
    void aHatchRunsUpwardsAcrossItsSquareOnly() {
        sheet.clear(20, 20);
        sheet.hatch(Rgb.of("#ffffff"), 2, 2, 12);

        assertThat(sheet.at(2 + 5, 2)).isNotZero();
        assertThat(sheet.at(2, 2 + 5)).isNotZero();
        assertThat(sheet.at(2, 2)).isZero();
        assertThat(IntStream.range(0, 400).filter(i -> sheet.at(i % 20, i / 20) != 0)).hasSize(24);
    }

    @Test
    void whatHangsOverTheEdgeIsCutOff() {
        sheet.clear(8, 8);
        sheet.put(TWO_BY_TWO, 4, 4, 10);
        sheet.fill(Rgb.of("#102030"), 6, 0, 10);
        sheet.hatch(Rgb.of("#102030"), 0, 6, 10);

        assertThat(sheet.at(7, 1)).isEqualTo(Rgb.of("#102030"));
    }
}
