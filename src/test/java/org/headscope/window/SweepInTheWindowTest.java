package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.headscope.figure.Cell;
import org.headscope.figure.CellState;
import org.headscope.figure.Matrix;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Readout;
import org.headscope.session.Substitution;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.work.Activity;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Patch view as a person uses it. */
class SweepInTheWindowTest extends InRenewedWindow {

    /** Two batches of a sweep by head: ten cells, then six. */
    private static final String LONG = " store".repeat(200);
    private static final Cell STRONGEST = new Cell(1, 0);

    @BeforeEach
    void sweepTheNotebook() {
        choose("sweep-part", "z by head");
        window.fxRun(() -> map("sweep-map").lockedProperty().set(Optional.empty()));
        window.sweep();
    }

    private static void choose(String menu, String item) {
        ComboBox<?> box = window.find(menu, ComboBox.class);
        window.fxRun(() -> box.getSelectionModel().select(box.getItems().stream()
            .map(Object::toString).toList().indexOf(item)));
        window.untilSwept();
    }

    private static void into(String run) {
        Node choice = window.find("sweep-into", Node.class);
        window.robot().clickOn(window.<Node>fx(() -> choice.lookupAll(".toggle-button").stream()
            .filter(button -> ((ToggleButton) button).getText().equals(run)).findFirst().orElseThrow()));
        window.untilSwept();
    }

    private static HeatCanvas map(String id) {
        return window.find(id, HeatCanvas.class);
    }

    private static Matrix matrix(String id) {
        HeatCanvas map = map(id);
        return window.fx(() -> map.pictureProperty().get().matrix());
    }

    private static List<String> staged() {
        return window.document().patches().stream().map(Object::toString).toList();
    }

    private static void corrupt(String text) {
        window.fxRun(() -> window.workbench().edit("", document -> document.withCorrupt(text)));
        window.until("the run of " + text, () -> window.workbench().currentProperty().get()
            && window.background().activities().isEmpty());
    }

    @Test
    void sSweepsAndTheCellUnderThePointerIsPutIntoWords() {
        assertThat(window.view().tabProperty().get()).isEqualTo(ViewState.Tab.PATCH);
        assertThat(window.text("sweep-title")).isEqualTo("z by head, clean into corrupt");
        assertThat(matrix("sweep-map").value(1, 0)).isBetween(0.77f, 0.79f);

        window.pointAt("sweep-map", STRONGEST);
        assertThat(window.text("sweep-cell")).startsWith("L1H0 z: logit difference 6.01").endsWith("77.6 %");
    }

    @Test
    void aClickStagesACellAndAShiftClickAnotherBesideIt() {
        window.clickCell("sweep-map", new Cell(2, 0));
        assertThat(staged()).containsExactly("L2H0 z");
        assertThat(window.document().focus()).contains(new Head(2, 0));

        window.robot().press(KeyCode.SHIFT);
        window.clickCell("sweep-map", new Cell(3, 1));
        window.robot().release(KeyCode.SHIFT);
        assertThat(staged()).containsExactly("L2H0 z", "L3H1 z");
        window.settle();
        assertThat(window.title()).isEqualTo("L3H1");
    }

    @Test
    void theKeyboardDoesAllOfIt() {
        window.press(KeyCode.F6);
        assertThat(window.focused()).isEqualTo("sweep-map");
        window.press(KeyCode.UP).press(KeyCode.RIGHT).press(KeyCode.ENTER);
        assertThat(staged()).containsExactly("L2H1 z");
        assertThat(window.fx(() -> map("sweep-map").getAccessibleText())).startsWith("Sweep map, L2H1 z: logit");

        window.press(KeyCode.LEFT).press(KeyCode.SHIFT, KeyCode.ENTER);
        assertThat(staged()).containsExactly("L2H1 z", "L2H0 z");

        window.press(KeyCode.ESCAPE);
        assertThat(window.fx(() -> map("sweep-map").lockedProperty().get())).as("first the cell").isEmpty();
        assertThat(window.document().locked()).isTrue();
        window.press(KeyCode.ESCAPE);
        assertThat(window.document().locked()).as("then the head").isFalse();
    }

    @Test
    void theOtherDirectionChangesTitleValuesAndReadouts() {
        into("clean");

        assertThat(window.text("sweep-title")).isEqualTo("z by head, corrupt into clean");
        assertThat(window.text("sweep-quantity")).startsWith("lost share of logit difference");
        assertThat(matrix("sweep-map").value(1, 0)).isBetween(-0.9f, -0.8f);
        assertThat(window.text("substitution")).isEqualTo("corrupt into clean");
        assertThat(window.texts("readout-difference")).contains("lost", "87 %");

        into("corrupt");
        assertThat(window.texts("readout-difference")).contains("recovered", "78 %");
    }

    @Test
    void zeroIsPutInToo() {
        window.fxRun(() -> window.find("sweep-source", ComboBox.class).getSelectionModel().select(1));
        window.untilSwept();

        assertThat(window.text("sweep-title")).isEqualTo("z by head, zero into corrupt");
        assertThat(window.document().substitution()).hasToString("zero into corrupt");
        window.fxRun(() -> window.workbench().edit("",
            document -> document.withSubstitution(Substitution.CLEAN_INTO_CORRUPT)));
        window.untilSwept();
        assertThat(window.text("sweep-title")).endsWith("clean into corrupt");
    }

    @Test
    void fiveMapsFillAndEachStagesItsPart() {
        choose("sweep-part", "all five by head");

        for (int map = 0; map < 5; map++) {
            assertThat(matrix("sweep-map-" + map).states()).containsOnly(CellState.VALUE);
        }
        assertThat(window.texts("workspace")).contains("Output (z)", "Query (q)", "Key (k)", "Value (v)", "Pattern");
        window.clickCell("sweep-map-4", STRONGEST);
        assertThat(staged()).containsExactly("L1H0 pattern");
        window.clickCell("sweep-map-1", STRONGEST);
        assertThat(staged()).containsExactly("L1H0 q");
        assertThat(window.fx(() -> map("sweep-map-4").lockedProperty().get())).as("one ring").isEmpty();
    }

    @Test
    void aSweepThatIsCancelledKeepsItsCellsAndSaysHowMany() {
        window.fxRun(() -> window.workbench().edit("",
            document -> document.withClean("Tom" + LONG).withCorrupt("Sarah" + LONG)));
        window.holdSweepHalfWay();
        window.until("the first cells", () -> window.text("sweep-partial").equals("10 of 16"));
        window.until("a way to cancel", () -> window.find("cancel", Node.class).getParent().isVisible());
        assertThat(window.texts("status")).anyMatch(text -> text.startsWith("Sweeping, 10 of 16, "));
        window.click("cancel");

        window.until("an end", () -> window.text("sweep-problem").startsWith("Cancelled: 10 of 16"));
        assertThat(window.text("sweep-partial")).isEqualTo("10 of 16");
        assertThat(matrix("sweep-map").state(1, 0)).as("the layer that is looked at").isEqualTo(CellState.VALUE);
        assertThat(matrix("sweep-map").state(0, 0)).as("the last one").isEqualTo(CellState.NOT_COMPUTED);
    }

    @Test
    void aLineRunsOverThePanelBeforeTheStatusLineTellsMore() {
        Node line = window.find("workspace-work", Node.class);
        Node words = window.find("cancel", Node.class).getParent();
        List<String> seen = new CopyOnWriteArrayList<>();
        window.fxRun(() -> {
            line.visibleProperty().addListener((observed, before, now) -> seen.add("line " + now));
            words.visibleProperty().addListener((observed, before, now) -> seen.add("words " + now));
            window.workbench().edit("", document -> document.withClean("Tom" + LONG).withCorrupt("Sarah" + LONG));
        });
        window.holdSweepHalfWay();
        window.until("words", () -> words.isVisible() && window.texts("status").stream()
            .anyMatch(text -> text.startsWith("Sweeping")));

        assertThat(seen.get(0)).as("first the line").isEqualTo("line true");
        window.until("no line then", () -> !line.isVisible());
        window.fxRun(() -> window.background().activities().forEach(Activity::cancel));
        window.untilSwept();
        assertThat(window.fx(() -> line.isVisible() || words.isVisible())).isFalse();
    }

    @Test
    void aReadoutIsAnsweredWhileASweepGoesOn() {
        window.fxRun(() -> window.workbench().edit("",
            document -> document.withClean("Tom" + LONG).withCorrupt("Sarah" + LONG)));
        window.holdSweepHalfWay();
        window.until("the first cells", () -> window.text("sweep-partial").equals("10 of 16"));
        List<Readout> before = window.fx(() -> window.workbench().readoutsProperty().get());
        window.fxRun(() -> window.workbench().edit("", document -> document.withoutPatches()
            .toggled(new Head(2, 1), HookPoint.Z)));

        window.until("another readout", () -> !window.workbench().readoutsProperty().get().equals(before)
            && window.workbench().readoutsProperty().get().get(0).patched().isPresent());
        assertThat(window.text("sweep-partial")).as("the sweep stands still").isEqualTo("10 of 16");
        assertThat(window.fx(() -> window.background().activities().stream().map(Activity::lane).toList()))
            .contains(Lane.SWEEP);
        window.fxRun(() -> window.background().activities().forEach(Activity::cancel));
        window.untilSwept();
    }

    @Test
    void pathsOfTheFocusedHeadAreSwept(@TempDir Path folder) throws IOException {
        choose("sweep-part", "paths into later q from");

        assertThat(window.text("sweep-title")).isEqualTo("paths from L1H0 into later q, clean into corrupt");
        assertThat(window.text("sweep-end")).isEqualTo("L1H0");
        assertThat(matrix("sweep-map").state(1, 2)).isEqualTo(CellState.NO_PATH);
        assertThat(matrix("sweep-map").state(2, 2)).isEqualTo(CellState.VALUE);
        window.pointAt("sweep-map", new Cell(1, 2));
        assertThat(window.text("sweep-cell")).startsWith("L1H0 → L1H2 q: no path");

        window.clickCell("sweep-map", new Cell(3, 1));
        window.untilSwept();
        assertThat(window.document().focus()).contains(new Head(3, 1));
        assertThat(staged()).as("a path is no place").containsExactly("L1H0 z");
        assertThat(window.text("sweep-title")).startsWith("paths from L1H0");
        assertThat(window.text("sweep-take-end")).isEqualTo("Use L3H1");
        window.click("sweep-take-end");
        window.until("why not", () -> window.text("sweep-problem").startsWith("L3H1 lies in the last layer"));

        window.fxRun(() -> window.workbench().focus(TestBench.INDUCTION, false));
        window.click("sweep-take-end");
        window.untilSwept();
        Path file = ExportDialog.export(window.focus("head-grid"), folder.resolve("paths.svg"));
        assertThat(Files.readString(file)).contains("no path", "paths from L1H0 into later q");
    }

    @Test
    void manyPairsAreSweptAndSeen(@TempDir Path folder) throws IOException {
        window.choosePairs(Files.writeString(folder.resolve("pairs.csv"), """
            clean,corrupt,answer,wrong
            Tom went to the store. Tom,Tom went to the store. Sarah, went, travelled
            Tom went to the park. Tom,Tom went to the park. Sarah, went, travelled
            Tom went to the park. Tom,Tom went. Sarah, went, travelled
            """));
        window.choose("Experiment", "Sweep many pairs…");
        window.untilSwept();

        assertThat(window.text("pairs-name")).isEqualTo("pairs.csv: 2 of 3 pairs");
        assertThat(window.text("pairs-left-out")).startsWith("Line 4 is left out: ").contains("tokens");
        assertThat(window.text("sweep-quantity")).startsWith("mean of 2 pairs in pairs.csv, recovered share");
        window.pointAt("sweep-map", STRONGEST);
        assertThat(window.text("sweep-cell")).startsWith("L1H0 z: mean logit difference ").contains(" ± ");
        assertThat(window.fx(() -> window.find("sweep-strip", Node.class).getAccessibleText()))
            .matches("line 2: \\d+\\.\\d %, line 3: \\d+\\.\\d %");

        window.choosePairs(Files.writeString(folder.resolve("bad.csv"), "\"Tom,Sarah\n"));
        window.click("sweep-pairs");
        window.until("why not", () -> window.text("sweep-file-problem").startsWith("bad.csv, line 1: "));
        assertThat(window.text("pairs-name")).as("nothing is lost").startsWith("pairs.csv");

        window.click("close-pairs");
        window.untilSwept();
        assertThat(window.find("pairs", Node.class).isVisible()).isFalse();
        assertThat(window.text("sweep-quantity")).startsWith("recovered share");
    }

    @Test
    void anotherPairIsSweptByItselfAndBadOnesSayWhy() {
        corrupt("Tom went to the store. Anna");
        assertThat(window.text("sweep-problem")).isEmpty();
        assertThat(window.text("sweep-invitation")).startsWith("Sweep (S)");
        window.pointAt("sweep-map", new Cell(2, 1));
        window.pointAt("sweep-map", STRONGEST);
        assertThat(window.text("sweep-cell")).startsWith("L1H0 z: ").doesNotContain("6.01");

        corrupt("Tom went to the store.");
        assertThat(window.text("sweep-problem")).contains("8 and 7 tokens");
        assertThat(window.text("sweep-invitation")).isEmpty();
        assertThat(window.text("sweep-partial")).isEqualTo("previous");

        corrupt("Tom went to the store. Tom");
        assertThat(window.text("sweep-problem")).contains("nothing to patch");
    }

    @Test
    void closeMetricsAreShownAsChangesAndSaySo() {
        window.fxRun(() -> window.workbench().pin(0));
        choose("sweep-metric", "probability of !");

        assertThat(window.text("sweep-problem")).contains("only").contains("less than 0.1");
        assertThat(window.text("sweep-quantity")).isEqualTo("change of probability of !");
        assertThat(window.find("sweep-fit", Node.class).isVisible()).as("it fits anyway").isFalse();
        choose("sweep-metric", "logit difference ·went − ·travelled");
        assertThat(window.text("sweep-problem")).isEmpty();
    }

    @Test
    void theFiveMapsAreExported(@TempDir Path folder) throws IOException {
        choose("sweep-part", "all five by head");
        for (String ending : List.of("csv", "svg", "png")) {
            ExportDialog.export(window.focus("head-grid"), folder.resolve("sweep." + ending));
        }

        List<String> lines = Files.readAllLines(folder.resolve("sweep.csv"));
        assertThat(window.suggestedName()).isEqualTo("sweep-all-five-by-head-clean-into-corrupt.png");
        assertThat(lines.get(0)).isEqualTo("part,layer,H0,H1,H2,H3");
        assertThat(lines).hasSize(1 + 5 * 4);
        assertThat(lines.get(2)).startsWith("Output (z),L1,0.77");
        assertThat(Files.readString(folder.resolve("sweep.svg"))).contains("Key (k)", "1 as clean, 0 as corrupt");
        assertThat(folder.resolve("sweep.png")).isNotEmptyFile();
    }
}
