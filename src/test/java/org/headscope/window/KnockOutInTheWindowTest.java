package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.headscope.figure.Cell;
import org.headscope.model.FixedAttention;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Source;
import org.headscope.session.Document;
import org.headscope.session.StagedPatch;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.HeatMark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cutting edges and staging positions on the map, and how much of a patch is put in. */
class KnockOutInTheWindowTest extends InRenewedWindow {

    /** Where the induction head of the corrupt run finds nothing, and that of the clean one what came next. */
    private static final Cell EDGE = new Cell(7, 2);

    @BeforeEach
    void startWithNothingStaged() {
        window.fxRun(() -> {
            window.workbench().edit("", Document::withoutPatches);
            window.workbench().edit("", document -> document.withPart(HookPoint.Z));
        });
        untilPatched(false);
    }

    private static void untilPatched(boolean patched) {
        window.until("patched: " + patched, () -> window.texts("readout-difference").contains("recovered") == patched);
    }

    private static List<StagedPatch> patches() {
        return window.document().patches();
    }

    private static List<HeatMark> marks() {
        HeatCanvas map = window.find("heat-map", HeatCanvas.class);
        return window.fx(() -> map.marksProperty().get());
    }

    private static Point2D pointOf(Cell cell) {
        HeatCanvas map = window.find("heat-map", HeatCanvas.class);
        return window.fx(() -> map.localToScreen(map.middleOf(cell)));
    }

    private static void altClick(Cell cell) {
        altClick("heat-map", cell);
    }

    private static void altClick(String map, Cell cell) {
        window.pointAt(map, cell);
        window.robot().press(KeyCode.ALT).clickOn(MouseButton.PRIMARY).release(KeyCode.ALT);
    }

    private static void altDrag(Cell from, Cell to) {
        window.robot().moveTo(pointOf(from)).press(KeyCode.ALT).press(MouseButton.PRIMARY).moveTo(pointOf(to))
            .release(MouseButton.PRIMARY).release(KeyCode.ALT);
    }

    // ---- edges ----

    @Test
    void altClickKnocksAnEdgeOutAndUndoBringsItBack() {
        altClick(EDGE);

        assertThat(patches()).extracting(patch -> patch.site().toString()).containsExactly("L1H0.pattern@7,2");
        assertThat(marks()).extracting(HeatMark::words).containsExactly("knocked out");
        assertThat(window.view().lockedCellProperty().get()).as("not chosen by that").isEmpty();
        untilPatched(true);
        assertThat(window.find("patch-L1H0-pattern-7-2", CheckBox.class).isSelected()).isTrue();

        window.press(KeyCode.CONTROL, KeyCode.Z);
        untilPatched(false);
        assertThat(patches()).isEmpty();
        assertThat(marks()).isEmpty();

        altClick(EDGE);
        altClick(EDGE);
        assertThat(patches()).as("clicked again").isEmpty();
    }

    @Test
    void edgesAreKnockedOutInMapsSideBySideToo() {
        window.fxRun(() -> window.view().headSetProperty().set(List.of(TestBench.INDUCTION, new Head(2, 0))));
        window.until("both maps", () -> window.find("multiples", Node.class).isVisible()
            && window.stage().getScene().getRoot().lookup("#multiple-L2H0") != null);
        altClick("multiple-L2H0", EDGE);
        untilPatched(true);

        assertThat(patches()).extracting(patch -> patch.site().toString()).containsExactly("L2H0.pattern@7,2");
        assertThat(window.fx(() -> window.find("multiple-L2H0", HeatCanvas.class).marksProperty().get()))
            .extracting(HeatMark::words).containsExactly("knocked out");
        assertThat(window.fx(() -> window.find("multiple-L1H0", HeatCanvas.class).marksProperty().get())).isEmpty();
        window.fxRun(() -> window.view().headSetProperty().set(List.of()));
    }

    @Test
    void afterAltTheKeysStayWithTheMap() {
        window.clickCell(EDGE);
        altClick(EDGE);
        window.press(KeyCode.LEFT);

        assertThat(window.fx(() -> window.view().lockedCellProperty().get())).contains(new Cell(7, 1));
    }

    @Test
    void kKnocksOutTheChosenCellOrSaysThatNoneIsChosen() {
        window.robot().moveTo("#head-map .section-title");
        window.press(KeyCode.K);
        assertThat(patches()).isEmpty();
        assertThat(window.fx(() -> window.workbench().problemProperty().get())).startsWith("Choose a cell");

        window.clickCell(EDGE);
        window.press(KeyCode.K);
        assertThat(patches()).containsExactly(StagedPatch.cut(patches().get(0).site()));
        untilPatched(true);
    }

    @Test
    void nothingLiesOverTheCellsInTheMiddle() {
        Node empty = window.find("workspace-empty", Node.class);

        assertThat(window.fx(empty::isVisible)).isFalse();
    }

    // ---- some positions ----

    @Test
    void altDragStagesTheChosenPartAtTheseRowsOnly() {
        altDrag(new Cell(5, 1), new Cell(7, 2));

        assertThat(patches()).extracting(patch -> patch.site().toString()).containsExactly("L1H0.z@5-7");
        assertThat(window.texts("patches")).doesNotContain("Nothing is staged");
        untilPatched(true);

        altDrag(new Cell(5, 1), new Cell(7, 2));
        assertThat(patches()).isEmpty();
    }

    @Test
    void shiftAndArrowsTakeCellsForP() {
        window.fxRun(() -> window.workbench().edit("", document -> document.withPart(HookPoint.PATTERN)));
        window.clickCell(EDGE);
        window.press(KeyCode.SHIFT, KeyCode.UP).press(KeyCode.SHIFT, KeyCode.LEFT).press(KeyCode.P);

        assertThat(patches()).extracting(patch -> patch.site().toString()).containsExactly("L1H0.pattern@6-7,1-2");
        assertThat(window.fx(() -> window.view().rangeProperty().get())).isPresent();

        window.press(KeyCode.ESCAPE);
        assertThat(window.fx(() -> window.view().rangeProperty().get())).isEmpty();
        assertThat(window.fx(() -> window.view().lockedCellProperty().get())).contains(EDGE);
    }

    // ---- how much, and by what ----

    @Test
    void theSliderSetsTheStrength() {
        window.press(KeyCode.P);
        untilPatched(true);
        window.focus("patch-L1H0-z-strength").press(KeyCode.LEFT).press(KeyCode.LEFT);

        assertThat(patches()).extracting(StagedPatch::strength).containsExactly(0.9);
        assertThat(window.focused()).as("the row stays").isEqualTo("patch-L1H0-z-strength");
        window.press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(patches()).extracting(StagedPatch::strength).containsExactly(1.0);
        assertThat(window.find("patch-L1H0-z-strength", Slider.class).getValue()).isEqualTo(100);
    }

    @Test
    void aPatternIsReplacedByTheMenu() {
        window.click("replace-pattern");
        window.robot().clickOn("By uniform attention");

        assertThat(patches()).extracting(patch -> patch.source(Source.CLEAN))
            .containsExactly(new Source.Attention(FixedAttention.UNIFORM));
        untilPatched(true);
        window.choose("Experiment", "Unstage everything");
    }

    @Test
    void aCutIsRenormalisedBySwitchAndSaysWhatMakesItUseless() {
        window.press(KeyCode.P);
        altClick(EDGE);

        assertThat(window.texts("patches")).anyMatch(text -> text.startsWith("No effect: L1H0 z"));
        window.click("patch-L1H0-pattern-7-2-renormalize");
        assertThat(patches()).extracting(StagedPatch::renormalized).containsExactly(false, true);
        window.click("patch-L1H0-z");
        assertThat(window.texts("patches")).noneMatch(text -> text.startsWith("No effect"));
    }
}
