package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.headscope.figure.Mark.Area;
import org.headscope.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngTest {

    private static final int WHITE = Rgb.of("#ffffff");

    /** The plot of the sample alone: four cells of 10 units each way from (10, 10). */
    private static Drawing plot(Matrix matrix, Theme theme) {
        Sketch sketch = new Sketch(theme);
        new Plot(matrix, theme.shading(Scale.absolute()), new Area(10, 10, 40, 40)).draw(sketch);
        return sketch.finished("plot", 60, 60);
    }

    private static int middleOfCell(BufferedImage image, double scale, int row, int column) {
        return image.getRGB((int) ((15 + 10 * column) * scale), (int) ((15 + 10 * row) * scale));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 3.125})
    void cellsHaveTheirColoursAtEveryResolution(double scale) {
        BufferedImage image = Png.image(plot(Samples.attention(), Theme.LIGHT), scale);
        assertThat(middleOfCell(image, scale, 0, 0)).isEqualTo(Rgb.of("#08306b"));
        assertThat(middleOfCell(image, scale, 2, 1)).isEqualTo(Rgb.of("#6baed6"));
        assertThat(middleOfCell(image, scale, 1, 0)).isEqualTo(Rgb.of("#2171b5"));
        assertThat(middleOfCell(image, scale, 0, 3)).isEqualTo(WHITE);
    }

    @Test
    void theFutureLiesAboveAStaircase() {
        BufferedImage image = Png.image(plot(Samples.attention(), Theme.LIGHT), 2);
        // A riser right of cell (0, 0), a tread over cell (1, 1); none inside the future.
        assertThat(image.getRGB(40, 30)).isEqualTo(Theme.LIGHT.axis());
        assertThat(image.getRGB(50, 39)).isEqualTo(Theme.LIGHT.axis());
        assertThat(image.getRGB(60, 30)).isEqualTo(WHITE);
        assertThat(image.getRGB(99, 30)).isEqualTo(WHITE);
    }

    @Test
    void theFrameHidesNoCell() {
        Sketch sketch = new Sketch(Theme.LIGHT);
        float[] sink = new float[1600];
        for (int row = 0; row < 40; row++) {
            sink[row * 40] = 1;
        }
        new Plot(Matrix.attention(40, sink, 0), Theme.LIGHT.shading(Scale.absolute()), new Area(10, 10, 20, 20))
                .draw(sketch);
        BufferedImage image = Png.image(sketch.finished("sink", 40, 40), 2);
        assertThat(image.getRGB(20, 40)).isEqualTo(Rgb.of("#08306b"));
    }

    @Test
    void cellsWithoutAValueAreDrawnAsPatterns() {
        float[] values = {1, 0, 0, 1, Float.NaN, 0, 1, 1, 1};
        Matrix matrix = Matrix.of(3, 3, values)
                .withNotComputed((row, column) -> row == 2)
                .withIdenticalRowsBefore(1);
        List<Mark.Pattern> patterns = plot(matrix, Theme.LIGHT).marks().stream()
                .filter(Mark.Pattern.class::isInstance).map(Mark.Pattern.class::cast).toList();
        assertThat(patterns).extracting(Mark.Pattern::kind).containsExactly(Mark.Pattern.Kind.HATCH,
                Mark.Pattern.Kind.DOTS, Mark.Pattern.Kind.CROSS);
        assertThat(patterns.get(0).areas()).hasSize(1);
        BufferedImage image = Png.image(plot(matrix, Theme.LIGHT), 3);
        // The middle of the crossed cell (1, 1), where both lines meet.
        assertThat(image.getRGB(90, 90)).isNotEqualTo(WHITE);
    }

    @Test
    void whereNoPathLeadsEveryCellHasADash() {
        Matrix matrix = Matrix.of(2, 3, new float[6]).withNoPath((row, column) -> row == 1);
        Mark.Pattern dashes = plot(matrix, Theme.LIGHT).marks().stream().filter(Mark.Pattern.class::isInstance)
                .map(Mark.Pattern.class::cast).findFirst().orElseThrow();

        assertThat(dashes.kind()).isEqualTo(Mark.Pattern.Kind.DASH);
        assertThat(dashes.areas()).hasSize(3);
        assertThat(matrix.described(1, 0)).isEqualTo("no path");
    }

    @Test
    void strongCellsSurviveASmallPicture() {
        float[] values = new float[512 * 512];
        values[400 * 512 + 100] = 1;
        Heatmap heatmap = Heatmap.attention("t", "", Samples.tokens(512), Matrix.attention(512, values, 0),
                Scale.absolute());
        BufferedImage image = Png.image(heatmap.draw(Theme.LIGHT), 0.5);
        int[] pixels = image.getRGB(0, 0, image.getWidth(), 300, null, 0, image.getWidth());
        assertThat(pixels).contains(Rgb.of("#08306b"));
    }

    @Test
    void bothThemesFillTheirBackground() {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            BufferedImage image = Png.image(Samples.heatmap().draw(theme), 2);
            assertThat(image.getRGB(0, 0)).isEqualTo(theme.background());
            assertThat(image.getRGB(image.getWidth() - 1, image.getHeight() - 1)).isEqualTo(theme.background());
        }
    }

    @Test
    void resolutionMakesTheWidthInPrint() throws IOException {
        FigureOptions usual = FigureOptions.usual();
        FigureOptions column = new FigureOptions(89, 300, 7, usual.colors(), false, usual.slant(), usual.parts());
        Drawing drawing = Samples.heatmap().draw(column.page());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Png.write(drawing, column.resolution(), Map.of(), bytes);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(image.getWidth()).isEqualTo((int) Math.round(89 / 25.4 * 300));
        // The chunk's name and then the dots to the metre, 300 to the inch.
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).contains("pHYs\0\0.#\0\0.#");
        assertThat(Resolution.SCREEN.pixelsPerUnit()).isEqualTo(2);
    }

    @Test
    void picturesBeyondReasonAreRefused() {
        Drawing drawing = Samples.heatmap().draw(Theme.LIGHT);
        assertThatThrownBy(() -> Png.image(drawing, 200)).isInstanceOf(Refusal.class)
                .hasMessageContaining("lower resolution");
    }
}
