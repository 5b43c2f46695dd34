package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import javax.imageio.ImageIO;
import org.headscope.figure.Cell;
import org.headscope.figure.Rgb;
import org.headscope.figure.Scale;
import org.headscope.figure.Theme;
import org.headscope.session.Which;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking pictures away. */
class ExportTest {

    private static final int FULL_ATTENTION = Rgb.of("#08306b");

    private static TestWindow window;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        window = TestWindow.open();
    }

    @AfterAll
    static void close() {
        window.close();
    }

    @BeforeEach
    void startAnew() {
        window.startAnew();
        window.fxRun(() -> window.workbench().report(""));
    }

    private Path export(String name, KeyCode... keys) {
        Path file = folder.resolve(name);
        window.saveTo(file);
        window.press(keys);
        window.until("the end of the export", () -> window.background().activities().isEmpty()
            && (Files.exists(file) || !window.text("problem").isEmpty()));
        assertThat(window.text("problem")).isEmpty();
        return file;
    }

    private static long count(Path picture, int argb) {
        try {
            BufferedImage image = ImageIO.read(picture.toFile());
            return Stream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .flatMapToInt(Arrays::stream).filter(pixel -> pixel == argb).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int differenceColor(int query, int key) {
        float value = window.fx(() -> AttentionMaps.of(window.workbench().pairProperty().get().orElseThrow(),
            TestBench.INDUCTION, Which.DIFFERENCE, false).orElseThrow().value(query, key));
        return Theme.LIGHT.shading(Scale.signedUnit()).argb(value, 1);
    }

    @Test
    void theHeadThatIsLookedAtIsWrittenInItsColours() {
        Path picture = export("head.png", KeyCode.CONTROL, KeyCode.E);
        assertThat(window.suggestedName()).isEqualTo("L1H0-clean.png");

        assertThat(count(picture, FULL_ATTENTION)).isGreaterThan(200);
        assertThat(count(picture, Theme.LIGHT.background())).isGreaterThan(200);
    }

    @Test
    void comparisonsHoldTheDifferenceInItsColours() {
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        Path picture = export("compare.png", KeyCode.CONTROL, KeyCode.E);
        assertThat(window.suggestedName()).isEqualTo("L1H0-compare.png");

        int orange = differenceColor(7, 0);
        assertThat(orange >> 16 & 0xff).isGreaterThan(orange & 0xff);
        assertThat(count(picture, orange)).isGreaterThan(50);
        assertThat(count(picture, differenceColor(7, 2))).isGreaterThan(50);
        assertThat(count(picture, FULL_ATTENTION)).isGreaterThan(50);
    }

    @Test
    void theWholeHeadMapIsWritten() {
        Path picture = export("map.png", KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
        assertThat(window.suggestedName()).isEqualTo("heads-clean.png");

        assertThat(count(picture, FULL_ATTENTION)).isGreaterThan(200);
    }

    @Test
    void picturesAreLightWhateverTheWindowWears() {
        window.fxRun(() -> window.window().appearance().setDark(true));
        try {
            Path picture = export("light.png", KeyCode.CONTROL, KeyCode.E);
            assertThat(count(picture, Theme.LIGHT.background())).isGreaterThan(200);
            assertThat(count(picture, FULL_ATTENTION)).isGreaterThan(200);
        } finally {
            window.fxRun(() -> window.window().appearance().setDark(false));
        }
    }

    @Test
    void theEndingPicksTheFormatAndAMissingOneIsPng() throws IOException {
        assertThat(Files.readString(export("head.csv", KeyCode.CONTROL, KeyCode.E))).contains("BOS").contains("·Tom");
        assertThat(Files.readString(export("head.svg", KeyCode.CONTROL, KeyCode.E))).contains("<svg").contains("L1H0");

        window.saveTo(folder.resolve("bare"));
        window.press(KeyCode.CONTROL, KeyCode.E);
        window.until("bare.png", () -> Files.exists(folder.resolve("bare.png")));
    }

    @Test
    void aChosenCellThatTheOtherRunLacksKeepsNobodyFromExporting() {
        window.paste("corrupt-field", "Tom went to the store.");
        window.until("runs of two lengths", () -> window.workbench().currentProperty().get()
            && window.workbench().corruptProperty().get().size() == 7);
        window.fxRun(() -> {
            window.view().lockedCellProperty().set(Optional.of(new Cell(7, 0)));
            window.view().whichProperty().set(Which.CORRUPT);
        });
        window.focus("head-grid");

        assertThat(export("corrupt.png", KeyCode.CONTROL, KeyCode.E)).isNotEmptyFile();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsOneSentenceAndNothingIsLeft() throws IOException {
        Path file = folder.resolve("missing").resolve("head.png");
        window.saveTo(file);
        window.press(KeyCode.CONTROL, KeyCode.E);

        window.until("a sentence", () -> window.text("problem").contains("there is no folder"));
        assertThat(window.text("problem")).contains(file.toString()).endsWith(".");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
