package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import org.headscope.figure.Cell;
import org.headscope.figure.TokenGrid;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.window.control.ChartView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Lens view as a person uses it. */
class LensInTheWindowTest extends InRenewedWindow {

    @TempDir
    private Path folder;

    @BeforeEach
    void openTheLens() {
        window.press(KeyCode.CONTROL, KeyCode.DIGIT4);
        section("Top tokens");
    }

    private static void choose(String part, String label) {
        Node within = window.find(part, Node.class);
        Node button = window.fx(() -> within.lookupAll(".toggle-button").stream()
            .filter(one -> one instanceof ToggleButton toggle && toggle.getText().equals(label)).findFirst()
            .orElseThrow());
        window.robot().clickOn(button);
        window.settle();
    }

    private static void section(String label) {
        choose("lens-sections", label);
    }

    private static ChartView chart(String id) {
        return window.find(id, ChartView.class);
    }

    private static Point2D pointOf(String id, Cell cell) {
        ChartView chart = chart(id);
        return window.fx(() -> chart.localToScreen(chart.middleOf(cell)));
    }

    private static String words(String id) {
        ChartView chart = chart(id);
        return window.fx(chart::getAccessibleText);
    }

    private Path export(String name) {
        return ExportDialog.export(window, folder.resolve(name));
    }

    @Test
    void everyHalfLayerShowsItsToken() {
        assertThat(window.title()).isEqualTo("Logit lens");
        assertThat(window.texts("workspace")).contains("clean run, norm recomputed");
        TokenGrid grid = (TokenGrid) window.fx(() -> chart("lens-grid").chartProperty().get().orElseThrow());
        assertThat(grid.rows()).isEqualTo(9);
        assertThat(grid.text(new Cell(8, 7))).isEqualTo("·went");
        assertThat(window.texts("lens-cell")).startsWith("Likeliest next tokens after final_post at ·Tom (7)",
            "·went");
    }

    @Test
    void thePointerPreviewsAndAClickLocksThePosition() {
        window.robot().moveTo(pointOf("lens-grid", new Cell(5, 6)));
        assertThat(window.texts("lens-cell")).startsWith("Likeliest next tokens after 2_mid at . (6)", "·Tom");

        window.robot().clickOn(pointOf("lens-grid", new Cell(6, 3)));
        window.robot().moveTo("#copy");
        assertThat(window.texts("lens-cell").get(0)).endsWith("after 3_pre at ·to (3)");
        section("Ranks");
        assertThat(window.find("rank-position", ComboBox.class).getValue()).hasToString("·to (3)");

        section("Top tokens");
        window.focus("lens-grid").press(KeyCode.ESCAPE);
        assertThat(window.texts("lens-cell").get(0)).endsWith("at ·Tom (7)");
    }

    @Test
    void arrowsMoveTheCellAndSayWhatIsThere() {
        window.focus("lens-grid").press(KeyCode.UP).press(KeyCode.UP).press(KeyCode.LEFT);

        assertThat(words("lens-grid")).startsWith("Logit lens, after 3_mid at . (6): ·Tom logit");
        window.press(KeyCode.ESCAPE);
    }

    @Test
    void ranksOfTheWatchedTokensAreLines() {
        section("Ranks");

        assertThat(window.title()).isEqualTo("Ranks");
        assertThat(window.text("rank-words")).isEqualTo(
            "after final_post: ·went rank 0, logit 16.371, ·travelled rank 43, logit 8.188.");
        window.focus("rank-lines").press(KeyCode.LEFT).press(KeyCode.LEFT);
        assertThat(words("rank-lines")).contains("after 3_pre: ·went rank 0");
    }

    @Test
    void aClickOnAHeadTellsWhatItWrites() {
        section("Attribution");
        assertThat(window.text("attribution-sum")).isEqualTo(
            "Heads +5.112, all else +4.091, bias −1.020: sum 8.183 = logit difference 8.183");
        assertThat(window.texts("head-writing")).startsWith("L1H0 writes", "at ·Tom (7), in logits", "promotes",
            "·went");

        window.clickCell("attribution-map", new Cell(2, 0));
        window.settle();
        assertThat(window.document().focus()).contains(new Head(2, 0));
        assertThat(window.texts("head-writing")).startsWith("L2H0 writes");
    }

    @Test
    void partsAndNeuronsAreBars() {
        section("Attribution");
        choose("lens", "part");
        assertThat(window.text("attribution-sum")).startsWith("Parts +9.203, bias");
        window.focus("attribution-bars").press(KeyCode.DOWN);
        assertThat(words("attribution-bars")).isEqualTo("What each part adds, embed −0.223");

        choose("lens", "neuron");
        assertThat(chart("attribution-bars").chartProperty().get().orElseThrow().rows()).isEqualTo(20);
        choose("lens", "head");
    }

    @Test
    void aNeuronIsShownOverThePromptWithWhatItWrites() {
        section("Attribution");
        choose("lens", "neuron");
        String strongest = window.text("neuron-title");
        assertThat(strongest).matches("Activation of L\\dN\\d+, clean run");
        assertThat(chart("neuron-strip").chartProperty().get().orElseThrow().columns()).isEqualTo(8);
        assertThat(window.texts("neuron-writing")).contains("promotes", "suppresses");

        window.robot().clickOn(pointOf("attribution-bars", new Cell(2, 0)));
        window.settle();
        String third = words("attribution-bars").replaceFirst("What each part adds, (\\S+) .*", "$1");
        assertThat(window.text("neuron-title")).isEqualTo("Activation of %s, clean run".formatted(third))
            .isNotEqualTo(strongest);
        window.robot().moveTo(pointOf("neuron-strip", new Cell(0, 7)));
        assertThat(window.text("neuron-pointed")).startsWith("·Tom (7): ");
        window.focus("attribution-bars").press(KeyCode.ESCAPE);
        window.settle();
        assertThat(window.text("neuron-title")).as("let go").isEqualTo(strongest);

        window.type("neuron-name", "L9N1");
        window.press(KeyCode.ENTER);
        assertThat(window.text("neuron-refusal")).startsWith("There is no neuron L9N1;");
        window.type("neuron-name", "L2N100");
        window.press(KeyCode.ENTER);
        window.settle();
        assertThat(window.text("neuron-title")).isEqualTo("Activation of L2N100, clean run");
        assertThat(window.texts("neuron-writing")).startsWith("L2N100 writes");
        window.focus("attribution-bars").press(KeyCode.ESCAPE);
        choose("lens", "head");
    }

    @Test
    void thePromptIsContinuedAndAppended() {
        window.choose("Experiment", "Continue the prompt…");
        assertThat(window.focused()).isEqualTo("generate-count");
        window.type("generate-count", "4");
        window.press(KeyCode.ENTER);
        window.until("a continuation", () -> window.background().activities().isEmpty()
            && chart("generate-grid").chartProperty().get().isPresent());

        String added = window.fx(() -> window.find("generate-text", Text.class).getText());
        assertThat(added).startsWith(" went to the");
        window.robot().moveTo(pointOf("generate-grid", new Cell(0, 1)));
        assertThat(window.texts("generate-cell")).startsWith("Step 1: ·to, 99.99 %", "·to");

        window.click("generate-append");
        assertThat(window.document().clean()).isEqualTo(Document.notebook().clean() + added);
        window.settle();
        window.fxRun(window.workbench()::undo);
        assertThat(window.document().clean()).isEqualTo(Document.notebook().clean());
        window.settle();
    }

    @Test
    void aWrongNumberIsNamedBesideItsField() {
        section("Continue");
        window.type("generate-count", "many");
        window.press(KeyCode.ENTER);

        assertThat(window.text("generate-problem")).isEqualTo(
            "The number of tokens is “many”; write a whole number such as 20.");
        window.type("generate-count", "4");
    }

    @Test
    void withoutACorruptPromptOneSentenceSaysWhatToAdd() {
        window.fxRun(() -> window.workbench().edit("", document -> document.withCorrupt("")));
        window.untilRun(Document.notebook().clean());
        choose("lens", "corrupt");

        assertThat(window.text("lens-problem")).isEqualTo(
            "Add a corrupt prompt that can be read to look into its run.");
        choose("lens", "clean");
    }

    @ParameterizedTest
    @CsvSource({"Top tokens, lens-clean", "Ranks, ranks-clean", "Attribution, attribution-head-clean"})
    void everyViewIsExportedAndCopied(String section, String name) throws IOException {
        section(section);

        assertThat(Files.readAllBytes(export("lens.png"))).startsWith(0x89, 'P', 'N', 'G');
        assertThat(window.suggestedName()).isEqualTo(name + ".png");
        assertThat(Files.readString(export("lens.svg"))).contains("<svg", "Tom went to the store. Tom");
        List<String> csv = Files.readAllLines(export("lens.csv"));
        assertThat(csv).hasSizeGreaterThan(10);

        window.click("copy");
        String copied = window.fx(() -> Clipboard.getSystemClipboard().getString());
        assertThat(copied.lines().findFirst()).contains(csv.get(0).replace(',', '\t'));
        assertThat(copied.lines().count()).isEqualTo(csv.size());
    }

    @Test
    void allOfItIsDrawnInDarkColoursToo() {
        window.choose("View", "Dark");
        for (String section : List.of("Ranks", "Attribution", "Top tokens")) {
            section(section);
        }
        window.choose("View", "Dark");
        assertThat(window.uncaught()).isEmpty();
    }

    @Test
    void aLongPromptIsScrolledSideways() {
        window.fxRun(() -> window.workbench().edit("", document -> document.withClean(" store".repeat(40))));
        window.untilRun(" store".repeat(40));

        assertThat(chart("lens-grid").chartProperty().get().orElseThrow().columns()).isLessThan(20);
        assertThat(window.texts("lens-cell").get(0)).endsWith("(40)");
        window.focus("lens-grid").press(KeyCode.LEFT);
        assertThat(words("lens-grid")).contains("(39)");
        for (int step = 0; step < 20; step++) {
            window.press(KeyCode.LEFT);
        }
        assertThat(words("lens-grid")).contains("(19)");
        window.press(KeyCode.ESCAPE);
    }
}
