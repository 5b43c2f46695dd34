package org.headscope.window.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.window.sweep.SweepBench.DIFFERENCE;

import org.headscope.TestModels;
import org.headscope.figure.Cell;
import org.headscope.figure.CellState;
import org.headscope.figure.Matrix;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.PathSweep;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Swept;
import org.headscope.session.Swept.Paths;
import org.headscope.window.TestBench;
import org.headscope.window.Workbench;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Paths between heads in the Patch view, without a screen. */
class PathSweepViewModelTest {

    private static final SweepBench SWEEP = new SweepBench();
    private static final TestBench BENCH = SWEEP.bench();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final SweepViewModel MODEL = SWEEP.model();
    private static final Swept INTO_K = Swept.paths(HookPoint.K, Paths.INTO);
    private static final Swept FROM_Q = Swept.paths(HookPoint.Q, Paths.FROM);

    @AfterAll
    static void close() {
        SWEEP.close();
    }

    @BeforeEach
    void startAnew() {
        SWEEP.startAnew();
        MODEL.sweep();
    }

    private static ShownSweep shown() {
        return SWEEP.shown();
    }

    @Test
    void pathsIntoTheFocusedHeadAreThoseOfTheCommand() {
        MODEL.sweptProperty().set(INTO_K);

        double[] expected = TestModels.RUNTIME.call(() -> PathSweep.into(TestBench.INDUCTION, HookPoint.K,
            BENCH.finished().model().gpt2(), BENCH.pair().clean(), BENCH.pair().corrupt().orElseThrow(), DIFFERENCE)
            .run(new Cancellation())).values();
        assertThat(shown().results().get(0).values()).containsExactly(expected, within(1e-5));
        assertThat(shown().title()).isEqualTo("paths into L1H0 k, clean into corrupt");
        assertThat(shown().words(0, new Cell(0, 2))).startsWith("L0H2 → L1H0 k: logit difference ");
        assertThat(shown().isComplete()).isTrue();
        assertThat(shown().progress()).isEqualTo("4 of 4");
    }

    @Test
    void whereNoPathLeadsTheMapSaysSo() {
        MODEL.sweptProperty().set(FROM_Q);

        Matrix matrix = shown().maps().get(0).matrix();
        assertThat(matrix.state(1, 3)).isEqualTo(CellState.NO_PATH);
        assertThat(matrix.state(2, 3)).isEqualTo(CellState.VALUE);
        assertThat(shown().title()).isEqualTo("paths from L1H0 into later q, clean into corrupt");
        assertThat(shown().words(0, new Cell(0, 3))).isEqualTo("L1H0 → L0H3 q: no path, since a receiver lies above "
            + "its sender");
        assertThat(shown().words(0, new Cell(2, 3))).startsWith("L1H0 → L2H3 q: ");
    }

    @Test
    void theOtherDirectionSwapsThePrompts() {
        MODEL.sweptProperty().set(FROM_Q);
        MODEL.substitution().intoProperty().set(Side.CLEAN);

        double[] expected = TestModels.RUNTIME.call(() -> PathSweep.from(TestBench.INDUCTION, HookPoint.Q,
            BENCH.finished().model().gpt2(), BENCH.pair().corrupt().orElseThrow(), BENCH.pair().clean(), DIFFERENCE)
            .run(new Cancellation())).values();
        assertThat(shown().results().get(0).values()).containsExactly(expected, within(1e-5));
    }

    @Test
    void aClickLooksAtTheOtherHeadAndKeepsTheMap() {
        MODEL.sweptProperty().set(FROM_Q);
        MODEL.choose(0, new Cell(2, 1), false);

        assertThat(WORKBENCH.document().focus()).contains(new Head(2, 1));
        assertThat(WORKBENCH.document().patches()).isEmpty();
        assertThat(MODEL.endProperty().get()).contains(TestBench.INDUCTION);
        assertThat(MODEL.otherEndProperty().get()).contains(new Head(2, 1));
        MODEL.takeEnd();
        assertThat(shown().title()).startsWith("paths from L2H1");
        assertThat(MODEL.otherEndProperty().get()).isEmpty();
    }

    @Test
    void anEndWithoutPathsIsRefused() {
        WORKBENCH.focus(new Head(3, 0), false);
        MODEL.sweptProperty().set(FROM_Q);
        assertThat(MODEL.problemProperty().get()).startsWith("L3H0 lies in the last layer");
        assertThat(MODEL.olderProperty().get()).isTrue();

        MODEL.sweptProperty().set(INTO_K);
        assertThat(MODEL.problemProperty().get()).isEmpty();
        BENCH.typeCorrupt("Tom went to the store.");
        assertThat(MODEL.problemProperty().get()).contains("8 and 7 tokens");
    }
}
