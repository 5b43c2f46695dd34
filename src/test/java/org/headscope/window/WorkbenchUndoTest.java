package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.headscope.analysis.AttentionWeight;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Readout;
import org.headscope.session.Combine;
import org.headscope.session.Direction;
import org.headscope.session.Document;
import org.headscope.session.Look;
import org.headscope.session.ScaleChoice;
import org.headscope.session.Substitution;
import org.headscope.session.Swept;
import org.headscope.session.TopShare;
import org.headscope.session.Which;
import org.headscope.window.sweep.Measure;
import org.headscope.window.sweep.SourceChoice;
import org.headscope.window.sweep.SweepViewModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a person changes can be undone and done again. */
class WorkbenchUndoTest {

    private static final TestBench BENCH = TestBench.tiny();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final ViewState VIEW = BENCH.view();
    private static final SweepViewModel SWEEP = new SweepViewModel(WORKBENCH);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    static Stream<Named<Consumer<Workbench>>> changes() {
        return Stream.of(
            change("clean text", bench -> bench.edit("clean text", d -> d.withClean("Sarah went to the store. Tom"))),
            change("corrupt text", bench -> bench.edit("corrupt text", d -> d.withCorrupt("Tom left. Tom"))),
            change("focus", bench -> bench.focus(new Head(2, 3), false)),
            change("lock", bench -> bench.focus(WORKBENCH.document().focus().orElseThrow(), true)),
            change("patch", Workbench::toggleFocusedPatch),
            change("part", bench -> bench.edit("part", d -> d.withPart(HookPoint.K))),
            change("pin", bench -> bench.pin(7)),
            change("swap", bench -> bench.edit("", Document::swapped)),
            change("BOS", bench -> bench.edit("", d -> d.withBos(false))),
            change("run", bench -> VIEW.whichProperty().set(Which.DIFFERENCE)),
            change("scale", bench -> VIEW.scaleProperty().set(ScaleChoice.LOG)),
            change("hide first", bench -> VIEW.hideFirstProperty().set(true)),
            change("weight", bench -> VIEW.weightProperty().set(AttentionWeight.TIMES_VALUE)),
            change("combination", bench -> VIEW.combineProperty().set(Combine.MEAN)),
            change("look", bench -> VIEW.lookProperty().set(Look.TEXT)),
            change("table", bench -> VIEW.lookProperty().set(Look.TABLE)),
            change("top of each row", bench -> VIEW.topShareProperty().set(TopShare.P90)),
            change("direction", bench -> VIEW.directionProperty().set(Direction.ATTENDED_BY)),
            change("head set", bench -> VIEW.gather(new Head(1, 2))),
            change("what is swept", bench -> SWEEP.sweptProperty().set(Swept.EVERY_PART)),
            change("paths", bench -> SWEEP.sweptProperty().set(Swept.paths(HookPoint.Q, Swept.Paths.INTO))),
            change("what is put in", bench -> SWEEP.substitution().sourceProperty().set(SourceChoice.ZERO)),
            change("into which run", bench -> SWEEP.substitution().intoProperty().set(Substitution.Side.CLEAN)),
            change("metric", bench -> SWEEP.measureProperty().set(another(SWEEP.measuresProperty().get()))),
            change("fit", bench -> SWEEP.fitProperty().set(true)));
    }

    private static Measure another(List<Measure> measures) {
        return measures.get(measures.size() - 1);
    }

    /** What regions show of the document, which must follow it. */
    private static List<Object> shown() {
        return List.of(VIEW.whichProperty().get(), VIEW.scaleProperty().get(), VIEW.hideFirstProperty().get(),
            VIEW.weightProperty().get(), VIEW.combineProperty().get(), VIEW.lookProperty().get(),
            VIEW.headSetProperty().get(), VIEW.topShareProperty().get(), VIEW.directionProperty().get(),
            SWEEP.sweptProperty().get(), SWEEP.substitution().sourceProperty().get(),
            SWEEP.substitution().intoProperty().get(), SWEEP.measureProperty().get(), SWEEP.fitProperty().get(),
            SWEEP.endProperty().get());
    }

    private static Named<Consumer<Workbench>> change(String name, Consumer<Workbench> change) {
        return Named.of(name, change);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void oneStepBackAndForthIsTheSame(Consumer<Workbench> change) {
        Document before = WORKBENCH.document();
        List<Object> shownBefore = shown();
        var readouts = WORKBENCH.readoutsProperty().get();
        change.accept(WORKBENCH);
        BENCH.background().endPauses();
        Document after = WORKBENCH.document();
        assertThat(after).isNotEqualTo(before);
        List<Object> shownAfter = shown();

        WORKBENCH.undo();
        BENCH.background().endPauses();
        assertThat(WORKBENCH.document()).isEqualTo(before);
        assertThat(shown()).isEqualTo(shownBefore);
        // Up to rounding: the run back takes what it can from the run before it.
        assertThat(WORKBENCH.readoutsProperty().get()).usingRecursiveComparison()
            .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-5 * (1 + Math.abs(a)) ? 0 : 1, Float.class)
            .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-5 * (1 + Math.abs(a)) ? 0 : 1, Double.class)
            .isEqualTo(readouts);
        assertThat(WORKBENCH.currentProperty().get()).isTrue();
        assertThat(WORKBENCH.canRedoProperty().get()).isTrue();

        WORKBENCH.redo();
        BENCH.background().endPauses();
        assertThat(WORKBENCH.document()).isEqualTo(after);
        assertThat(shown()).isEqualTo(shownAfter);
        assertThat(WORKBENCH.currentProperty().get()).isTrue();

        WORKBENCH.undo();
        BENCH.background().endPauses();
    }

    @Test
    void promptsThatRanAreEachComeBackToHoweverTheNextWasTyped() {
        Document before = WORKBENCH.document();
        for (String typed : List.of("Sarah went to the", "Sarah went to the store. Tom", "Tom left. Sarah")) {
            WORKBENCH.edit("clean text", document -> document.withClean(typed.substring(0, 5)));
            WORKBENCH.edit("clean text", document -> document.withClean(typed));
            BENCH.background().endPauses();
        }

        WORKBENCH.undo();
        assertThat(WORKBENCH.document().clean()).isEqualTo("Sarah went to the store. Tom");
        WORKBENCH.undo();
        assertThat(WORKBENCH.document().clean()).isEqualTo("Sarah went to the");
        WORKBENCH.undo();
        assertThat(WORKBENCH.document()).isEqualTo(before);
        BENCH.background().endPauses();
    }

    @Test
    void settingsInARowAreUndoneTogetherAndLeaveNothingWhereTheyComeBack() {
        Document before = WORKBENCH.document();
        VIEW.scaleProperty().set(ScaleChoice.SQRT);
        VIEW.scaleProperty().set(ScaleChoice.LOG);
        WORKBENCH.undo();
        assertThat(WORKBENCH.document()).isEqualTo(before);

        boolean could = WORKBENCH.canUndoProperty().get();
        VIEW.scaleProperty().set(ScaleChoice.SQRT);
        VIEW.scaleProperty().set(before.viewing().scale());
        assertThat(WORKBENCH.canUndoProperty().get()).isEqualTo(could);
    }

    @Test
    void whereOneLooksIsNoChange() {
        Document before = WORKBENCH.document();
        VIEW.tabProperty().set(ViewState.Tab.COMPARE);
        VIEW.hoveredHeadProperty().set(Optional.of(new Head(0, 1)));
        VIEW.lockedCellProperty().set(Optional.of(new Cell(1, 0)));

        assertThat(WORKBENCH.document()).isEqualTo(before);
    }

    @Test
    void thePredictionsFollowTheTextBack() {
        var before = WORKBENCH.readoutsProperty().get().stream().map(Readout::id).toList();
        BENCH.typeClean("a wholly different text");
        WORKBENCH.undo();
        BENCH.background().endPauses();

        assertThat(WORKBENCH.readoutsProperty().get()).extracting(Readout::id).isEqualTo(before);
    }
}
