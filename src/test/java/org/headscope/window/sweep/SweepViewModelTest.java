package org.headscope.window.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.window.sweep.SweepBench.DIFFERENCE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.value.ChangeListener;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.figure.Cell;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Scale;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Source;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;
import org.headscope.session.Document;
import org.headscope.session.MetricChoice;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Swept;
import org.headscope.window.TestBench;
import org.headscope.window.Workbench;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Patch view computes and does, without a screen. */
class SweepViewModelTest {

    /** One for all tests. */
    private static final SweepBench SWEEP = new SweepBench();
    private static final TestBench BENCH = SWEEP.bench();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final double CLOSE = 1e-4;
    /** Two batches of a sweep by head: ten cells of 201 positions, then six. */
    private static final String LONG = " store".repeat(200);

    private final SweepViewModel model = SWEEP.model();

    @AfterAll
    static void close() {
        SWEEP.close();
    }

    @BeforeEach
    void startAnew() {
        SWEEP.startAnew();
    }

    private ShownSweep shown() {
        return SWEEP.shown();
    }

    private String problem() {
        return SWEEP.problem();
    }

    // ---- values ----

    static Stream<Swept> everything() {
        return Swept.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("everything")
    void everySweepShowsWhatSweepComputes(Swept swept) {
        model.sweptProperty().set(swept);
        model.sweep();

        assertThat(problem()).isEmpty();
        assertThat(shown().isComplete()).isTrue();
        for (int kind = 0; kind < swept.kinds().size(); kind++) {
            assertThat(shown().results().get(kind).values()).containsExactly(directOf(swept, kind).values(),
                within(CLOSE));
        }
    }

    private static SweepResult directOf(Swept swept, int kind) {
        return TestModels.RUNTIME.call(() -> swept.sweep(kind, Optional.of(TestBench.INDUCTION), BENCH.finished()
            .model().gpt2(), Optional.of(SWEEP.prompt(Side.CLEAN)), SWEEP.prompt(Side.CORRUPT), Source.CLEAN,
            DIFFERENCE).run(new Cancellation()));
    }

    @Test
    void theFiveMapsAreTransformerLenss() {
        model.sweptProperty().set(Swept.EVERY_PART);
        model.sweep();

        assertThat(shown().maps()).extracting(NamedMap::name)
            .containsExactly("Output (z)", "Query (q)", "Key (k)", "Value (v)", "Pattern");
        for (int map = 0; map < 5; map++) {
            var expected = Fixture.DEMO.tensor("patch/%s/difference".formatted(
                shown().swept().kinds().get(map).point().shortName()));
            for (int layer = 0; layer < 4; layer++) {
                for (int head = 0; head < 4; head++) {
                    assertThat(shown().results().get(map).get(layer, head)).isCloseTo(expected.get(layer, head),
                        within(5e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MetricChoice.class)
    void everyMetricIsMeasured(MetricChoice metric) {
        model.sweep();
        SWEEP.choose(metric);

        assertThat(problem()).isEmpty();
        assertThat(shown().measure().metric()).isEqualTo(metric);
        assertThat(shown().results().get(0).values()).containsExactly(
            SWEEP.direct(Side.CORRUPT, Source.CLEAN, shown().measure().of()), within(CLOSE));
    }

    @Test
    void sharesRunFromTheCorruptRunToTheCleanOne() {
        model.sweep();

        assertThat(shown().title()).isEqualTo("z by head, clean into corrupt");
        assertThat(shown().quantity()).isEqualTo("recovered share of logit difference ·went − ·travelled");
        assertThat(shown().meaning()).isEqualTo("1 as clean, 0 as corrupt");
        assertThat((double) shown().maps().get(0).matrix().value(1, 0)).isCloseTo(0.776, within(1e-3));
        assertThat(shown().words(0, new Cell(1, 0))).startsWith("L1H0 z: logit difference 6.01")
            .contains("change +7.5").endsWith("recovered 77.6 %");
    }

    // ---- what bad input gets ----

    @Test
    void lengthsThatDifferKeepTheLastSweepAndItComesBack() {
        model.sweep();
        ShownSweep before = shown();
        BENCH.typeCorrupt("Tom went to the store.");

        assertThat(problem()).contains("8 and 7 tokens");
        assertThat(shown()).isSameAs(before);
        assertThat(model.olderProperty().get()).isTrue();
        model.choose(0, new Cell(2, 0), false);
        assertThat(WORKBENCH.document().patches()).as("what is older stages nothing").isEmpty();

        BENCH.typeCorrupt("Tom went to the store. Anna");
        assertThat(problem()).isEmpty();
        assertThat(shown().runs()).isSameAs(BENCH.finished());
        assertThat(model.olderProperty().get()).isFalse();
    }

    @Test
    void equalPromptsSayThatThereIsNothingToPatch() {
        BENCH.typeCorrupt(Document.notebook().clean());

        assertThat(problem()).contains("the same").contains("nothing to patch");
    }

    @Test
    void closeMetricsShowChangesAndSayWhy() {
        model.sweep();
        SWEEP.choose(MetricChoice.PROB);
        WORKBENCH.pin(0);
        model.measureProperty().set(model.measuresProperty().get().stream().filter(measure ->
            measure.metric() == MetricChoice.PROB && measure.tokens().equals(List.of(0))).findFirst().orElseThrow());

        assertThat(shown().isShare()).isFalse();
        assertThat(problem()).startsWith("Clean and corrupt are only").contains("less than 0.1");
        assertThat(shown().quantity()).startsWith("change of probability of");
        assertThat(shown().words(0, new Cell(1, 0))).doesNotContain("%");
        double value = shown().results().get(0).get(1, 0);
        assertThat(shown().maps().get(0).matrix().value(1, 0)).isEqualTo((float) (value - shown().before()));
        WORKBENCH.edit("", document -> document.withPins(List.of()));
    }

    // ---- following ----

    @Test
    void aSweepFollowsThePairAndWatchesItsNewTokens() {
        model.sweep();
        Measure before = shown().measure();
        BENCH.typeClean("The cat sat on the mat. The cat");
        BENCH.typeCorrupt("The cat sat on the mat. The dog");

        assertThat(shown().runs()).isSameAs(BENCH.finished());
        assertThat(shown().measure().metric()).isEqualTo(before.metric());
        assertThat(WORKBENCH.watched()).containsAll(shown().measure().tokens());
    }

    @Test
    void nothingIsSweptUnaskedButWhatKeepsASweepAwayIsSaid() {
        try (TestBench bench = TestBench.demo()) {
            SweepViewModel fresh = new SweepViewModel(bench.workbench());
            fresh.sweptProperty().set(Swept.EVERY_PART);
            fresh.substitution().intoProperty().set(Side.CLEAN);
            assertThat(fresh.problemProperty().get()).isEmpty();

            bench.typeCorrupt(Document.notebook().clean());
            assertThat(fresh.problemProperty().get()).contains("nothing to patch");
            assertThat(fresh.shownProperty().get()).isEmpty();
        }
    }

    @Test
    void aModelThatIsOpenedIsSweptByItself() {
        try (TestBench bench = TestBench.demo()) {
            SweepViewModel fresh = new SweepViewModel(bench.workbench());
            fresh.sweep();
            bench.openTiny();

            assertThat(fresh.shownProperty().get().orElseThrow().runs()).isSameAs(bench.finished());
            assertThat(fresh.shownProperty().get().orElseThrow().cells()).isEqualTo(12);
        }
    }

    @Test
    void measuresNameTheWatchedTokens() {
        assertThat(model.measuresProperty().get()).extracting(Measure::toString).containsExactly(
            "logit difference ·went − ·travelled", "logit of ·went", "logit of ·travelled", "log-probability of ·went",
            "log-probability of ·travelled", "probability of ·went", "probability of ·travelled",
            "KL from the other run");
    }

    @Test
    void aMeasureThatIsNoLongerWatchedGivesWayToItsLike() {
        model.measureProperty().set(model.measuresProperty().get().get(2));
        WORKBENCH.unpin(TestBench.TRAVELLED);

        assertThat(model.measureProperty().get()).hasToString("logit of ·went");
        WORKBENCH.undo();
    }

    @Test
    void whatWasChosenComesBackAfterAPairThatCannotBeMeasuredSo() {
        BENCH.typeCorrupt(Document.notebook().clean());
        assertThat(model.measureProperty().get().metric()).isEqualTo(MetricChoice.LOGIT);

        BENCH.typeCorrupt(Document.notebook().corrupt());
        assertThat(model.measureProperty().get()).hasToString("logit difference ·went − ·travelled");
    }

    // ---- progress and cancelling ----

    @Test
    void theLayerThatIsLookedAtComesFirstAndACancelledSweepKeepsItsCells() {
        BENCH.typeClean("Tom" + LONG);
        BENCH.typeCorrupt("Sarah" + LONG);
        WORKBENCH.focus(new Head(2, 1), true);
        List<String> counts = new ArrayList<>();
        ChangeListener<Optional<ShownSweep>> half = (observed, before, now) -> {
            counts.add(now.orElseThrow().progress());
            if (now.orElseThrow().done() == 10) {
                BENCH.background().cancel(Lane.SWEEP);
            }
        };
        model.shownProperty().addListener(half);
        model.sweep();
        model.shownProperty().removeListener(half);

        assertThat(counts).containsExactly("0 of 16", "10 of 16");
        assertThat(problem()).isEqualTo("Cancelled: 10 of 16 cells are shown.");
        assertThat(shown().progress()).isEqualTo("10 of 16");
        SweepResult result = shown().results().get(0);
        assertThat(result.done().get(2 * 4, 3 * 4).cardinality()).as("layer 2").isEqualTo(4);
        assertThat(result.done().get(1 * 4, 2 * 4).cardinality()).as("layer 1 comes last").isZero();
        assertThat(shown().words(0, new Cell(1, 0))).isEqualTo("L1H0 z: not computed");
    }

    @Test
    void theFiveMapsFillOneAfterTheOther() {
        List<Integer> done = new ArrayList<>();
        ChangeListener<Optional<ShownSweep>> watch = (observed, before, now) -> done.add(now.orElseThrow().done());
        model.sweep();
        model.shownProperty().addListener(watch);
        model.sweptProperty().set(Swept.EVERY_PART);
        model.shownProperty().removeListener(watch);

        assertThat(done).isSorted().startsWith(0, 16).endsWith(80);
        assertThat(shown().cells()).isEqualTo(80);
    }

    @Test
    void typingStopsASweepThatWouldKeepTheRunWaiting() {
        BENCH.background().hold(Lane.SWEEP);
        model.sweep();
        WORKBENCH.edit("", document -> document.withClean("Tom"));

        assertThat(BENCH.background().activities()).anyMatch(activity -> activity.lane() == Lane.SWEEP
            && activity.cancellation().isRequested());
        BENCH.background().release();
        assertThat(model.olderProperty().get()).isTrue();
    }

    // ---- the scale ----

    @Test
    void theScaleIsFixedUnlessItIsToFit() {
        model.sweep();

        assertThat(shown().scale(false)).isEqualTo(Scale.signedUnit());
        assertThat(shown().scale(true).max()).isBetween(0.77, 0.79);
    }

    // ---- a cell ----

    @Test
    void aCellsPatchIsStagedAloneOrBesideOthersAndItsHeadIsLookedAt() {
        model.sweep();
        model.choose(0, new Cell(2, 0), false);
        assertThat(WORKBENCH.document().patches()).extracting(Object::toString).containsExactly("L2H0 z");
        assertThat(WORKBENCH.document().focus()).contains(new Head(2, 0));
        assertThat(WORKBENCH.document().locked()).isTrue();

        model.choose(0, new Cell(1, 0), true);
        assertThat(WORKBENCH.document().patches()).extracting(Object::toString).containsExactly("L2H0 z", "L1H0 z");
        model.choose(0, new Cell(3, 1), false);
        assertThat(WORKBENCH.document().patches()).extracting(Object::toString).containsExactly("L3H1 z");
    }

    static Stream<Swept> places() {
        return Stream.of(Swept.EVERY_PART, Swept.of(HookPoint.Z, By.POSITION), Swept.of(HookPoint.PATTERN, By.EDGE),
            Swept.of(HookPoint.RESID_MID, By.POSITION), Swept.of(HookPoint.MLP_POST, By.POSITION));
    }

    @ParameterizedTest
    @MethodSource("places")
    void theReadoutOfAChosenCellIsTheCellsValue(Swept swept) {
        for (Side into : Side.values()) {
            SWEEP.substitute(SourceChoice.OTHER, into);
            model.sweptProperty().set(swept);
            model.sweep();
            int map = Math.min(1, shown().maps().size() - 1);
            Cell cell = new Cell(1, shown().columns().size() - 1);
            model.choose(map, cell, false);

            assertThat(WORKBENCH.document().patches()).extracting(staged -> staged.site())
                .containsExactly(shown().site(map, cell));
            assertThat(BENCH.difference().patched().orElseThrow()).isCloseTo(value(map, cell), within(CLOSE));
        }
    }

    /** Out of what the map shows, since that is what a person reads. */
    private double value(int map, Cell cell) {
        double shownValue = shown().maps().get(map).matrix().value(cell.row(), cell.column());
        double gap = BENCH.difference().clean().orElseThrow() - BENCH.difference().corrupt();
        return shown().before() + shownValue * gap;
    }

    @Test
    void placesAreNamed() {
        model.sweptProperty().set(Swept.of(HookPoint.PATTERN, By.EDGE));
        model.sweep();
        assertThat(shown().words(1, new Cell(0, 2))).startsWith("L1H0 to ·went (2): logit difference");
        assertThat(shown().site(1, new Cell(0, 2))).hasToString("L1H0.pattern@7,2");

        model.sweptProperty().set(Swept.of(HookPoint.RESID_PRE, By.POSITION));
        assertThat(shown().words(0, new Cell(2, 7))).startsWith("L2 resid_pre at ·Sarah (7): ");
        assertThat(shown().head(0, new Cell(2, 7))).isEmpty();
    }
}
