package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.headscope.model.HookPoint;
import org.headscope.patching.Readout;
import org.headscope.session.Document;
import org.headscope.session.StagedPatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What stands on the bench once the bundled model has been opened. */
class WorkbenchStartTest {

    private static final TestBench BENCH = TestBench.demo();

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void theNotebooksPairHasBeenRun() {
        assertThat(BENCH.finished().pair().clean().text()).isEqualTo(Document.notebook().clean());
        assertThat(BENCH.finished().pair().corrupt().orElseThrow().text()).isEqualTo(Document.notebook().corrupt());
        assertThat(BENCH.pair()).isEqualTo(BENCH.finished().pair());
        assertThat(BENCH.workbench().currentProperty().get()).isTrue();
        assertThat(BENCH.problem()).isEmpty();
        assertThat(BENCH.workbench().patchProblem()).isEmpty();
        assertThat(BENCH.workbench().cleanProperty().get().size()).isEqualTo(8);
        assertThat(BENCH.workbench().corruptProperty().get().size()).isEqualTo(8);
    }

    @Test
    void theStrongestInductionHeadIsLookedAtAndStaged() {
        Document document = BENCH.workbench().document();

        assertThat(document.focus()).contains(TestBench.INDUCTION);
        assertThat(document.locked()).isFalse();
        assertThat(document.patches()).containsExactly(new StagedPatch(TestBench.INDUCTION, HookPoint.Z, true));
        assertThat(BENCH.workbench().probeProperty().get().orElseThrow().induction().strongest())
            .isEqualTo(TestBench.INDUCTION);
    }

    @Test
    void whatTheProgramChoseByItselfIsNotUndone() {
        assertThat(BENCH.workbench().canUndoProperty().get()).isFalse();
    }

    @Test
    void theFirstPredictionOfEachRunIsWatched() {
        assertThat(BENCH.workbench().readoutsProperty().get()).extracting(Readout::id)
            .containsExactly(TestBench.WENT, TestBench.TRAVELLED);
        assertThat(BENCH.workbench().document().pins()).isEmpty();
    }

    @Test
    void readoutsAreTheModelsFigures() {
        Readout.Value went = BENCH.readout(TestBench.WENT).clean().orElseThrow();
        assertThat(went.prob()).isCloseTo(0.927, within(5e-4));
        assertThat(went.rank()).isZero();
        assertThat(BENCH.readout(TestBench.TRAVELLED).corrupt().rank()).isZero();
        assertThat(BENCH.difference().clean().orElseThrow()).isCloseTo(8.183, within(5e-4));
        assertThat(BENCH.difference().corrupt()).isCloseTo(-1.499, within(5e-4));
        assertThat(BENCH.difference().patched().orElseThrow()).isCloseTo(6.016, within(5e-4));
        assertThat(BENCH.difference().recovered().orElseThrow()).isCloseTo(0.776, within(5e-4));
    }

    @Test
    void theEngineIsNamed() {
        assertThat(BENCH.workbench().engineProperty().get()).startsWith("PyTorch ").endsWith(", 1 thread");
    }

    @Test
    void withoutAModelNothingIsClaimed() {
        try (TestBench bench = TestBench.empty()) {
            bench.workbench().run();
            bench.workbench().toggleFocusedPatch();

            assertThat(bench.workbench().pairProperty().get()).isEmpty();
            assertThat(bench.workbench().readoutsProperty().get()).isEmpty();
            assertThat(bench.workbench().currentProperty().get()).isFalse();
            assertThat(bench.workbench().patchProblem()).isEqualTo("Run a prompt first.");
            assertThat(bench.workbench().tokenizer()).isEmpty();
        }
    }
}
