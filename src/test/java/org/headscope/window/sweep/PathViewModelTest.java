package org.headscope.window.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.headscope.TestModels;
import org.headscope.figure.Cell;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Metric;
import org.headscope.patching.PathPatch;
import org.headscope.patching.Source;
import org.headscope.session.Document;
import org.headscope.session.HeadPath;
import org.headscope.session.MetricChoice;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Swept;
import org.headscope.session.code.PathPlan;
import org.headscope.tokens.Prompt;
import org.headscope.window.TestBench;
import org.headscope.window.Workbench;
import org.headscope.window.sweep.PathViewModel.Draft;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A path that is drawn by hand, without a screen. */
class PathViewModelTest {

    private static final TestBench BENCH = TestBench.demo();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final SweepViewModel SWEEP = new SweepViewModel(WORKBENCH);
    private static final PathViewModel MODEL = new PathViewModel(WORKBENCH, SWEEP);
    private static final Metric DIFFERENCE = new Metric.Difference(TestBench.WENT, TestBench.TRAVELLED);
    private static final Head SENDER = new Head(0, 1);
    private static final Head RECEIVER = new Head(1, 0);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void startAnew() {
        MODEL.cancel();
        SWEEP.sweptProperty().set(Swept.Z_BY_HEAD);
        WORKBENCH.edit("", document -> Document.notebook().withFocus(TestBench.INDUCTION, false));
        BENCH.background().endPauses();
        SWEEP.measureProperty().set(SWEEP.measuresProperty().get().get(0));
    }

    private static void draw(Head sender, Head receiver, HookPoint part) {
        MODEL.begin(sender);
        MODEL.pointAt(Optional.of(receiver));
        MODEL.drop();
        MODEL.take(part);
    }

    private static ShownPath shown() {
        return MODEL.shownProperty().get().orElseThrow();
    }

    private static String problem() {
        return MODEL.problemProperty().get();
    }

    /** One whole run of the model, through the receiver's own input. */
    private static double direct(HookPoint part, Side into, Metric metric) {
        Prompt from = BENCH.finished().prompt(into.other()).orElseThrow();
        Prompt changed = BENCH.finished().prompt(into).orElseThrow();
        return TestModels.RUNTIME.call(() -> {
            PathPatch patch = PathPatch.from(SENDER, BENCH.finished().model().gpt2(), from, changed,
                new Cancellation());
            return metric.of(patch.into(RECEIVER, part, new Cancellation()), Optional.of(patch.cleanLogits()));
        });
    }

    // ---- drawing ----

    @Test
    void aPathIsDrawnThenItsPartIsChosen() {
        MODEL.begin(SENDER);
        assertThat(MODEL.draftProperty().get()).contains(new Draft(SENDER, Optional.empty(), false));
        MODEL.pointAt(Optional.of(RECEIVER));
        MODEL.drop();
        assertThat(MODEL.draftProperty().get()).contains(new Draft(SENDER, Optional.of(RECEIVER), true));
        assertThat(MODEL.pathProperty().get()).isEmpty();

        MODEL.take(HookPoint.V);
        assertThat(MODEL.draftProperty().get()).isEmpty();
        assertThat(WORKBENCH.document().path()).contains(new HeadPath(SENDER, RECEIVER, HookPoint.V));
        assertThat(MODEL.shownProperty().get()).isPresent();
    }

    @Test
    void whereNoPathLeadsThereIsOneSentenceAndNoPath() {
        draw(new Head(2, 1), new Head(1, 3), HookPoint.Q);
        assertThat(problem()).isEqualTo("L1H3 lies in an earlier layer than L2H1, so it reads before that has written; "
            + "choose a head of a later layer.");
        draw(new Head(2, 1), new Head(2, 3), HookPoint.Q);
        assertThat(problem()).startsWith("L2H3 lies in the same layer as L2H1");
        MODEL.begin(new Head(3, 0));
        assertThat(problem()).startsWith("L3H0 lies in the last layer");
        assertThat(MODEL.draftProperty().get()).isEmpty();
        assertThat(MODEL.pathProperty().get()).isEmpty();

        WORKBENCH.focus(SENDER, false);
        assertThat(problem()).as("something else was done").isEmpty();

        MODEL.begin(SENDER);
        MODEL.drop();
        assertThat(MODEL.draftProperty().get()).as("dropped beside the heads").isEmpty();
    }

    @Test
    void withoutAPairThatCanBePatchedNoPathBegins() {
        BENCH.typeCorrupt("");
        MODEL.begin(SENDER);
        assertThat(problem()).isEqualTo("Add a corrupt prompt to patch the clean run into.");
        BENCH.typeCorrupt("Tom went to the store.");
        MODEL.begin(SENDER);
        assertThat(problem()).contains("8 and 7 tokens");
        BENCH.typeCorrupt(Document.notebook().clean());
        MODEL.begin(SENDER);
        assertThat(problem()).contains("are the same");
        assertThat(MODEL.draftProperty().get()).isEmpty();
    }

    @Test
    void aPathThatIsGivenUpLeavesTheOneBefore() {
        draw(SENDER, RECEIVER, HookPoint.Q);
        MODEL.begin(new Head(0, 3));
        MODEL.pointAt(Optional.of(new Head(2, 2)));

        assertThat(MODEL.cancel()).isTrue();
        assertThat(MODEL.cancel()).isFalse();
        MODEL.drop();
        MODEL.take(HookPoint.K);
        assertThat(MODEL.pathProperty().get()).contains(new HeadPath(SENDER, RECEIVER, HookPoint.Q));
    }

    // ---- the effect ----

    @ParameterizedTest
    @EnumSource(value = HookPoint.class, names = {"Q", "K", "V"})
    void itsEffectIsThatOfAWholeRunAndOfTheSweep(HookPoint part) {
        draw(SENDER, RECEIVER, part);
        assertThat(shown().value()).isCloseTo(direct(part, Side.CORRUPT, DIFFERENCE), within(1e-4));

        MODEL.sweepReceivers();
        ShownSweep sweep = SWEEP.shownProperty().get().orElseThrow();
        assertThat(sweep.title()).isEqualTo("paths from L0H1 into later %s, clean into corrupt"
            .formatted(part.shortName()));
        assertThat(sweep.results().get(0).get(1, 0)).isCloseTo(shown().value(), within(1e-5));
        assertThat(shown().words()).isEqualTo(sweep.words(0, new Cell(1, 0)))
            .startsWith("L0H1 → L1H0 %s: logit difference ".formatted(part.shortName()));
        assertThat(sweep.results().get(0).possible()).isEqualTo(3 * 4);
    }

    @Test
    void itFollowsTheMetricAndTheRunThatIsChanged() {
        draw(SENDER, RECEIVER, HookPoint.K);
        SWEEP.measureProperty().set(SWEEP.measuresProperty().get().stream()
            .filter(measure -> measure.metric() == MetricChoice.LOG_PROB).findFirst().orElseThrow());
        assertThat(shown().value()).isCloseTo(direct(HookPoint.K, Side.CORRUPT, new Metric.LogProb(TestBench.WENT)),
            within(1e-4));

        SWEEP.measureProperty().set(SWEEP.measuresProperty().get().get(0));
        WORKBENCH.edit("", document -> document.withSubstitution(new Substitution(Source.ZERO, Side.CLEAN)));
        assertThat(shown().value()).isCloseTo(direct(HookPoint.K, Side.CLEAN, DIFFERENCE), within(1e-4));
        assertThat(shown().substitution()).isEqualTo("corrupt into clean");
        assertThat(MODEL.plan()).contains(new PathPlan(new HeadPath(SENDER, RECEIVER, HookPoint.K),
            new Substitution(Source.CLEAN, Side.CLEAN), DIFFERENCE));
    }

    @Test
    void itsLabelHasASignAndItsTextEveryDigit() {
        draw(SENDER, RECEIVER, HookPoint.K);

        assertThat(shown().label()).matches("[+−]?\\d+\\.\\d %");
        assertThat(shown().label().startsWith("+")).isEqualTo(shown().effect() > 0 && !shown().label().startsWith("0"));
        assertThat(shown().effect()).isCloseTo((shown().value() - shown().sweep().before())
            / (shown().sweep().other().orElseThrow() - shown().sweep().before()), within(1e-9));
        assertThat(MODEL.text().orElseThrow()).startsWith("path\trun\tmetric\tvalue\tbefore\tshare\n"
            + "L0H1 → L1H0 k\tclean into corrupt\tlogit difference ·went − ·travelled\t" + shown().value() + "\t");
    }

    @Test
    void undoTakesThePathBackAndRedoBringsItAgain() {
        draw(SENDER, RECEIVER, HookPoint.K);
        double before = shown().value();
        MODEL.remove();
        assertThat(MODEL.pathProperty().get()).isEmpty();
        assertThat(MODEL.shownProperty().get()).isEmpty();
        assertThat(MODEL.text()).isEmpty();

        WORKBENCH.undo();
        assertThat(shown().value()).isEqualTo(before);
        WORKBENCH.undo();
        assertThat(MODEL.pathProperty().get()).isEmpty();
        WORKBENCH.redo();
        assertThat(shown().path()).isEqualTo(new HeadPath(SENDER, RECEIVER, HookPoint.K));
    }

    @Test
    void whatBelongsToOtherPromptsIsNotShown() {
        draw(SENDER, RECEIVER, HookPoint.K);
        double before = shown().value();
        WORKBENCH.edit("clean text", document -> document.withClean("Tom walked to the store. Tom"));
        assertThat(MODEL.shownProperty().get()).isEmpty();
        BENCH.background().endPauses();
        assertThat(shown().value()).isNotEqualTo(before);

        BENCH.typeCorrupt("Tom went to the store.");
        assertThat(MODEL.shownProperty().get()).isEmpty();
        assertThat(problem()).startsWith("L0H1 → L1H0 k has no effect to show: The clean and the corrupt prompt have");
        BENCH.typeCorrupt(Document.notebook().corrupt());
        assertThat(problem()).isEmpty();
        assertThat(MODEL.shownProperty().get()).isPresent();
    }

    @Test
    void aCancelledPathSaysSo() {
        BENCH.background().hold(Lane.PATH);
        draw(SENDER, RECEIVER, HookPoint.K);
        assertThat(MODEL.shownProperty().get()).isEmpty();
        BENCH.background().cancel(Lane.PATH);
        BENCH.background().release();
        assertThat(problem()).isEqualTo("Following the path was cancelled.");
    }
}
