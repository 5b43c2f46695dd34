package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.headscope.figure.Cell;
import org.headscope.figure.ColorMap;
import org.headscope.figure.Rgb;
import org.headscope.figure.Scale;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.session.Which;
import org.headscope.window.export.ExportViewModel;
import org.headscope.window.export.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking pictures away. */
class ExportTest extends InRenewedWindow {

    private static final int FULL_ATTENTION = Rgb.of("#08306b");

    private ExportDialog dialog;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        dialog = new ExportDialog(window);
    }

    @AfterEach
    void closeDialog() {
        dialog.close();
    }

    private Path export(String name, KeyCode... keys) {
        return dialog.export(folder.resolve(name), keys);
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
    void theEndingPicksTheFormatAndAMissingOneIsTheChosen() throws IOException {
        assertThat(Files.readString(export("head.csv", KeyCode.CONTROL, KeyCode.E))).contains("BOS").contains("·Tom");
        assertThat(Files.readString(export("head.svg", KeyCode.CONTROL, KeyCode.E))).contains("<svg").contains("L1H0");
        assertThat(Files.readAllBytes(export("head.pdf", KeyCode.CONTROL, KeyCode.E))).startsWith('%', 'P', 'D', 'F');

        dialog.toggle("PDF");
        window.saveTo(folder.resolve("bare"));
        dialog.save();
        assertThat(folder.resolve("bare.pdf")).isNotEmptyFile();
        assertThat(window.suggestedName()).isEqualTo("L1H0-clean.pdf");
        dialog.toggle("PNG");
    }

    @Test
    void everyChoiceActsOnThePreviewAndOnTheFile() throws IOException {
        Path file = folder.resolve("column.png");
        window.saveTo(file);
        dialog.open(KeyCode.CONTROL, KeyCode.E);
        dialog.choose("export-width", "COLUMN");
        dialog.toggle("300");
        assertThat(dialog.said("export-size")).startsWith("85 × ").contains("1,004 × ");
        dialog.choose("export-colors", "MAGMA");
        assertThat(pixels()).contains(ColorMap.MAGMA.at(1) & 0xffffff).doesNotContain(FULL_ATTENTION & 0xffffff);
        dialog.toggle("Dark");
        assertThat(pixels()).contains(Theme.DARK.background() & 0xffffff);
        dialog.save();
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1004);
        assertThat(count(file, ColorMap.MAGMA.at(1))).isGreaterThan(50);

        dialog.toggle("CSV");
        assertThat(dialog.said("export-table")).startsWith("query, BOS, Tom");
        ExportViewModel another = window.fx(() -> new ExportViewModel(window.workbench(), new Settings(), Map::of));
        assertThat(another).as("the choices are kept").extracting("options").extracting("value").extracting("dark")
            .isEqualTo(true);
        restore();
    }

    private void restore() {
        dialog.choose("export-width", "NATURAL");
        dialog.toggle("192");
        dialog.choose("export-colors", "BLUES");
        dialog.toggle("Light");
        dialog.toggle("PNG");
    }

    private Set<Integer> pixels() {
        ImageView view = window.fx(() -> (ImageView) dialog.part("export-preview", Node.class).lookup("ImageView"));
        return window.fx(() -> {
            Set<Integer> colors = new HashSet<>();
            Image image = view.getImage();
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    colors.add(image.getPixelReader().getArgb(x, y) & 0xffffff);
                }
            }
            return colors;
        });
    }

    @Test
    void whatIsMissingSaysWhatWouldMakeIt() {
        dialog.open(KeyCode.CONTROL, KeyCode.E);
        @SuppressWarnings("unchecked")
        ListView<Subject> list = dialog.part("export-subjects", ListView.class);
        window.fxRun(() -> list.getSelectionModel().select(list.getItems().stream()
            .filter(subject -> subject.id().equals("sweep")).findFirst().orElseThrow()));
        dialog.untilDrawn();
        assertThat(dialog.said("export-problem")).isEqualTo("Sweep first (S).");
        assertThat(window.fx(() -> dialog.part("export-save", Button.class).isDisabled())).isTrue();
    }

    @Test
    void severalAreWrittenIntoAFolderBesideWhatIsThere() throws IOException {
        Files.writeString(folder.resolve("L1H0-clean.png"), "old");
        window.chooseFolder(folder);
        dialog.open(KeyCode.CONTROL, KeyCode.E);
        window.robot().clickOn("#export-subjects").press(KeyCode.HOME).release(KeyCode.HOME);
        window.press(KeyCode.SPACE);
        window.press(KeyCode.END);
        window.fxRun(() -> dialog.part("export-subjects", ListView.class).getSelectionModel().select(4));
        window.press(KeyCode.SPACE);
        assertThat(dialog.said("export-save")).isEqualTo("Save 2 files…");
        dialog.save();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("L1H0-clean.png",
                "L1H0-clean-2.png", "heads-clean.png");
        }
        assertThat(folder.resolve("L1H0-clean.png")).hasContent("old");
        assertThat(dialog.said("export-written")).startsWith("Saved 2 files in ");
        dialog.fire("export-open-folder");
        assertThat(dialog.said("export-written")).contains("No file manager", folder.toString());
    }

    @Test
    void theCellUnderThePointerIsInThePicture() {
        window.pointAt("heat-map", new Cell(7, 2));
        window.until("a hovered cell", () -> window.view().hoveredCellProperty().get().isPresent());
        Path svg = export("hovered.svg", KeyCode.CONTROL, KeyCode.E);
        assertThat(svg).content().contains("Ringed: ·Tom (7)");
    }

    @Test
    void picturesAndTablesAreCopied() {
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
        window.until("a picture on the clipboard", () -> Clipboard.getSystemClipboard().hasImage());
        assertThat(window.fx(() -> Clipboard.getSystemClipboard().getImage().getWidth())).isGreaterThan(400);

        dialog.open(KeyCode.CONTROL, KeyCode.E);
        dialog.fire("export-copy-table");
        window.until("a table on the clipboard", () -> String.valueOf(Clipboard.getSystemClipboard().getString())
            .startsWith("query\tBOS\tTom"));
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
    void aPlaceThatCannotBeWrittenIsOneSentenceAndNothingIsLost() throws IOException {
        Path file = folder.resolve("missing").resolve("head.png");
        window.saveTo(file);
        dialog.open(KeyCode.CONTROL, KeyCode.E);
        dialog.save();
        assertThat(dialog.said("export-problem")).contains(file.toString(), "there is no folder").endsWith(".");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }

        window.saveTo(folder.resolve("head.png"));
        dialog.save();
        assertThat(dialog.said("export-problem")).isEmpty();
        assertThat(folder.resolve("head.png")).isNotEmptyFile();
        assertThat(dialog.said("export-written")).contains("head.png");
    }

    private String previewed() {
        return window.fx(() -> dialog.part("export-preview", Node.class).getAccessibleText());
    }

    @Test
    void whatIsOfferedFollowsTheMainWindow() {
        dialog.open(KeyCode.CONTROL, KeyCode.E);
        assertThat(previewed()).contains("L1H0 attention pattern");

        window.fxRun(() -> window.workbench().focus(new Head(2, 3), true));
        window.until("the other head", () -> previewed().contains("L2H3 attention pattern"));
        window.fxRun(() -> window.view().tabProperty().set(ViewState.Tab.COMPARE));
        window.until("the comparison", () -> previewed().contains("clean and corrupt"));
        assertThat(window.fx(() -> ((Subject) dialog.part("export-subjects", ListView.class).getSelectionModel()
            .getSelectedItem()).id())).isEqualTo("compared");

        window.fxRun(() -> dialog.part("export-subjects", ListView.class).requestFocus());
        window.press(KeyCode.ESCAPE);
        assertThat(window.fx(() -> Window.getWindows().stream().filter(Stage.class::isInstance).count())).isOne();
    }

    @Test
    void whatWasChosenToExportStaysWhileTheMainWindowChanges() {
        dialog.open(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
        @SuppressWarnings("unchecked")
        ListView<Subject> list = dialog.part("export-subjects", ListView.class);
        window.fxRun(list::requestFocus);
        window.robot().press(KeyCode.SPACE).release(KeyCode.SPACE);
        assertThat(previewed()).contains("Attention of every head");

        window.fxRun(() -> window.view().whichProperty().set(Which.DIFFERENCE));
        window.until("the difference", () -> previewed().contains("clean − corrupt"));
        assertThat(window.fx(() -> list.getSelectionModel().getSelectedItem().id())).isEqualTo("grid");
        dialog.untilDrawn();
        window.saveTo(folder.resolve("heads.png"));
        dialog.save();
        assertThat(window.suggestedName()).isEqualTo("heads-difference.png");
    }

    @Test
    void whatAHeadWritesIsAChartAndATable() {
        window.press(KeyCode.CONTROL, KeyCode.DIGIT4);
        try {
            window.fxRun(() -> window.find("lens-sections", Node.class).lookupAll(".toggle-button").stream()
                .map(ToggleButton.class::cast).filter(one -> one.getText().equals("Attribution")).findFirst()
                .orElseThrow().fire());
            window.until("what the head writes", () -> window.texts("head-writing").contains("L1H0 writes"));
            window.fxRun(() -> window.find("export-writing", Button.class).fire());
            dialog.untilDrawn();
            assertThat(previewed()).contains("What L1H0 writes after ·Tom (7), clean run");

            Path chart = folder.resolve("writes.svg");
            window.saveTo(chart);
            dialog.save();
            assertThat(window.suggestedName()).isEqualTo("L1H0-writes-clean.png");
            assertThat(chart).content().contains("<svg", "·went", "promotes", "suppresses");
            Path table = folder.resolve("writes.csv");
            window.saveTo(table);
            dialog.save();
            assertThat(table).content().startsWith("token,id,L1H0 at ·Tom (7)").contains("\n·went,1816,");
        } finally {
            window.fxRun(() -> window.find("lens-sections", Node.class).lookupAll(".toggle-button").stream()
                .map(ToggleButton.class::cast).findFirst().orElseThrow().fire());
        }
    }
}
