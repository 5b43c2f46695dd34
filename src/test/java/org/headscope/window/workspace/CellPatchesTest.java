package org.headscope.window.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.figure.Cell;
import org.headscope.figure.CellRange;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Positions;
import org.headscope.model.Site;
import org.headscope.session.Combine;
import org.headscope.session.Document;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution.Side;
import org.headscope.window.TestBench;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.control.HeatMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CellPatchesTest {

    private static final Head HEAD = new Head(1, 2);
    private static final CellRange CELLS = new CellRange(4, 6, 1, 2);

    private final TestBench bench = TestBench.tiny();
    private final Workbench workbench = bench.workbench();
    private final ViewState view = bench.view();
    private final CellPatches patches = new CellPatches(workbench, view,
        new WorkspaceViewModel(workbench, view, new SimpleObjectProperty<>(Theme.LIGHT)));
    private final int last = bench.pair().clean().size() - 1;

    @BeforeEach
    void lookAtAHeadWithNothingStaged() {
        workbench.focus(HEAD, true);
        workbench.edit("", Document::withoutPatches);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private List<String> sites() {
        return workbench.document().patches().stream().map(staged -> staged.site().toString()).toList();
    }

    private HeatMark mark() {
        assertThat(patches.marksProperty().get()).hasSize(1);
        return patches.marksProperty().get().get(0);
    }

    private void choose(HookPoint part) {
        workbench.edit("", document -> document.withPart(part));
    }

    @Test
    void cutCellsAreStruckUntilTheyAreLeft() {
        patches.cut(CELLS);
        assertThat(sites()).containsExactly("L1H2.pattern@4-6,1-2");
        assertThat(mark()).isEqualTo(new HeatMark(CELLS, true, "knocked out"));

        workbench.edit("", document -> document.changed(document.patches().get(0), patch -> patch.atStrength(0.5)));
        assertThat(mark().words()).isEqualTo("pattern patched: zero at 50 %");

        patches.cut(CELLS);
        assertThat(sites()).isEmpty();
        assertThat(patches.marksProperty().get()).isEmpty();
    }

    @Test
    void marksAreOfTheHeadThatIsShownAndOfPatchesThatTakePart() {
        patches.cut(CELLS);
        StagedPatch cut = workbench.document().patches().get(0);

        workbench.focus(new Head(0, 1), true);
        assertThat(patches.marksProperty().get()).isEmpty();
        workbench.focus(HEAD, true);
        assertThat(patches.marksProperty().get()).hasSize(1);
        workbench.edit("", document -> document.turned(cut, false));
        assertThat(patches.marksProperty().get()).isEmpty();
    }

    @Test
    void whatIsStagedDependsOnThePart() {
        choose(HookPoint.PATTERN);
        patches.stage(CELLS);
        choose(HookPoint.Q);
        patches.stage(CELLS);
        choose(HookPoint.V);
        patches.stage(CELLS);

        assertThat(sites()).containsExactly("L1H2.pattern@4-6,1-2", "L1H2.q@4-6", "L1H2.v@1-2");
        assertThat(patches.marksProperty().get()).extracting(HeatMark::cells).containsExactly(CELLS,
            new CellRange(4, 6, 0, last), new CellRange(0, last, 1, 2));
        assertThat(patches.marksProperty().get()).noneMatch(HeatMark::struck);
    }

    @Test
    void whatWouldBeStagedReachesAsFar() {
        choose(HookPoint.PATTERN);
        assertThat(patches.reach(CELLS)).isEqualTo(CELLS);
        choose(HookPoint.Z);
        assertThat(patches.reach(CELLS)).isEqualTo(new CellRange(4, 6, 0, last));
        choose(HookPoint.K);
        assertThat(patches.reach(CELLS)).isEqualTo(new CellRange(0, last, 1, 2));
    }

    @Test
    void theChosenCellOrThoseTakenTogetherAreCut() {
        view.lockedCellProperty().set(Optional.of(new Cell(5, 3)));
        patches.cutChosen();
        view.rangeProperty().set(Optional.of(CELLS));
        patches.cutChosen();

        assertThat(sites()).containsExactly("L1H2.pattern@5,3", "L1H2.pattern@4-6,1-2");
    }

    @Test
    void withoutCellsTheWholeHeadIsStaged() {
        patches.stageChosen();
        view.rangeProperty().set(Optional.of(CELLS));
        patches.stageChosen();

        assertThat(sites()).containsExactly("L1H2.z", "L1H2.z@4-6");
    }

    @Test
    void cellsOfSeveralHeadsAreNotCut() {
        view.headSetProperty().set(List.of(HEAD, new Head(0, 1)));
        view.combineProperty().set(Combine.MEAN);
        patches.cut(CELLS);

        assertThat(sites()).isEmpty();
        assertThat(bench.problem()).contains("several heads");
    }

    @Test
    void aPatternThatIsTakenWholeLeavesNoMark() {
        workbench.edit("", document -> document.staged(StagedPatch.cut(Site.head(HookPoint.PATTERN, HEAD))));
        assertThat(patches.marksProperty().get()).isEmpty();

        workbench.edit("", document -> document.staged(StagedPatch.cut(
            Site.head(HookPoint.PATTERN, HEAD).at(Positions.only(3)))));
        assertThat(mark().cells()).isEqualTo(new CellRange(3, 3, 0, last));
    }

    @Test
    void withoutACorruptPromptTheCleanRunIsCut() {
        bench.typeCorrupt("");
        patches.cut(CELLS);

        assertThat(workbench.document().substitution().into()).isEqualTo(Side.CLEAN);
        assertThat(workbench.patchProblem()).isEmpty();
        workbench.undo();
        assertThat(workbench.document().substitution().into()).isEqualTo(Side.CORRUPT);
    }
}
