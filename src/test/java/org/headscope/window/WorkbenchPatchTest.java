package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.FixedAttention;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.Site;
import org.headscope.patching.Experiment;
import org.headscope.patching.Patch;
import org.headscope.patching.Source;
import org.headscope.session.Document;
import org.headscope.session.StagedPatch;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is staged, and what that does to the readouts. */
class WorkbenchPatchTest {

    private static final TestBench BENCH = TestBench.demo();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final double TOLERANCE = 5e-4;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void stageNothing() {
        WORKBENCH.edit("", document -> document.withoutPatches().withPart(HookPoint.Z));
        WORKBENCH.focus(TestBench.INDUCTION, false);
    }

    static Stream<Arguments> partsAndHeads() {
        return Document.PARTS.stream().flatMap(part -> Stream.of(TestBench.INDUCTION, new Head(0, 3), new Head(3, 2))
            .map(head -> Arguments.of(part, head)));
    }

    @ParameterizedTest
    @MethodSource("partsAndHeads")
    void everyPartMovesTheLogitsAsInTransformerLens(HookPoint part, Head head) {
        WORKBENCH.focus(head, true);
        WORKBENCH.edit("part", document -> document.withPart(part));
        WORKBENCH.toggleFocusedPatch();

        String map = "patch/" + part.shortName();
        assertThat(BENCH.difference().patched().orElseThrow()).isCloseTo(
            Fixture.DEMO.tensor(map + "/difference").get(head.layer(), head.head()), within(TOLERANCE));
        assertThat((double) BENCH.readout(TestBench.TRAVELLED).patched().orElseThrow().logit()).isCloseTo(
            Fixture.DEMO.tensor(map + "/logit").get(head.layer(), head.head()), within(TOLERANCE));
    }

    @Test
    void withNothingStagedNothingIsPatched() {
        assertThat(WORKBENCH.readoutsProperty().get()).hasSize(2)
            .allMatch(readout -> readout.patched().isEmpty() && readout.clean().isPresent());
    }

    @Test
    void severalPatchesArePutInTogether() {
        Head later = new Head(2, 0);
        WORKBENCH.toggleFocusedPatch();
        WORKBENCH.focus(later, false);
        WORKBENCH.edit("part", document -> document.withPart(HookPoint.V));
        WORKBENCH.toggleFocusedPatch();

        assertThat(WORKBENCH.document().patches()).extracting(Object::toString).containsExactly("L1H0 z", "L2H0 v");
        Logits together = patched(new Patch(Site.head(HookPoint.Z, TestBench.INDUCTION), Source.CLEAN),
            new Patch(Site.head(HookPoint.V, later), Source.CLEAN));
        assertThat(BENCH.readout(TestBench.WENT).patched().orElseThrow().logit())
            .isCloseTo(together.logit(TestBench.WENT), within(1e-4f));
        assertThat(together.logit(TestBench.WENT)).isNotCloseTo(patched(new Patch(Site.head(HookPoint.Z,
            TestBench.INDUCTION), Source.CLEAN)).logit(TestBench.WENT), within(0.1f));
    }

    private static Logits patched(Patch... patches) {
        Finished last = BENCH.finished();
        return TestModels.RUNTIME.call(() -> Experiment.run(last.model().gpt2(), last.pair().clean(),
            last.pair().corrupt().orElseThrow(), hook -> true, new Cancellation())
            .patched(List.of(patches), new Cancellation()));
    }

    @Test
    void aPatchThatIsTurnedOffTakesNoPartButStaysInTheList() {
        WORKBENCH.toggleFocusedPatch();
        StagedPatch patch = WORKBENCH.document().patches().get(0);
        double on = BENCH.difference().patched().orElseThrow();

        WORKBENCH.edit("", document -> document.turned(patch, false));
        assertThat(WORKBENCH.document().patches()).containsExactly(patch.turned(false));
        assertThat(BENCH.difference().patched()).isEmpty();

        WORKBENCH.edit("", document -> document.turned(patch, true));
        assertThat(BENCH.difference().patched()).hasValue(on);
    }

    @Test
    void anEdgeIsCutWhateverElseIsPutIn() {
        Site edge = Site.head(HookPoint.PATTERN, TestBench.INDUCTION).edge(7, 2);
        WORKBENCH.toggleCut(edge);

        assertThat(BENCH.readout(TestBench.WENT).patched().orElseThrow().logit()).isCloseTo(
            patched(new Patch(edge, Source.ZERO)).logit(TestBench.WENT), within(1e-4f));
        WORKBENCH.undo();
        assertThat(BENCH.difference().patched()).isEmpty();
    }

    @Test
    void aStrengthGoesAPartOfTheWay() {
        WORKBENCH.toggleFocusedPatch();
        StagedPatch staged = WORKBENCH.document().patches().get(0);
        double whole = BENCH.difference().patched().orElseThrow();
        for (double strength : List.of(0.0, 0.5, 2.0)) {
            WORKBENCH.edit("strength", document -> document.changed(staged, patch -> patch.atStrength(strength)));

            assertThat(BENCH.readout(TestBench.WENT).patched().orElseThrow().logit()).isCloseTo(
                patched(new Patch(staged.site(), Source.CLEAN, strength, false)).logit(TestBench.WENT), within(1e-4f));
        }
        WORKBENCH.undo();
        assertThat(BENCH.difference().patched()).as("one slide is undone as one").hasValue(whole);
    }

    @Test
    void theFocusedHeadAttendsByARuleUntilItDoesNot() {
        Source uniform = new Source.Attention(FixedAttention.UNIFORM);
        WORKBENCH.toggleAttention(FixedAttention.PREVIOUS);
        WORKBENCH.toggleAttention(FixedAttention.UNIFORM);

        assertThat(WORKBENCH.document().patches()).hasSize(1);
        assertThat(BENCH.readout(TestBench.WENT).patched().orElseThrow().logit()).isCloseTo(patched(new Patch(
            Site.head(HookPoint.PATTERN, TestBench.INDUCTION), uniform)).logit(TestBench.WENT), within(1e-4f));
        WORKBENCH.toggleAttention(FixedAttention.UNIFORM);
        assertThat(WORKBENCH.document().patches()).isEmpty();
    }

    @Test
    void whatNeedsNoOtherRunIsPutInThoughThePromptsHaveDifferentLengths() {
        String corrupt = WORKBENCH.document().corrupt();
        BENCH.typeCorrupt("Tom went to the store");
        WORKBENCH.toggleCut(Site.head(HookPoint.PATTERN, TestBench.INDUCTION).edge(4, 2));

        assertThat(WORKBENCH.patchProblem()).isEmpty();
        assertThat(WORKBENCH.readoutsProperty().get()).allMatch(readout -> readout.patched().isPresent());
        WORKBENCH.toggleFocusedPatch();
        assertThat(WORKBENCH.patchProblem()).contains("tokens");
        BENCH.typeCorrupt(corrupt);
    }

    @Test
    void stagingTheSamePlaceAgainUnstagesIt() {
        WORKBENCH.toggleFocusedPatch();
        WORKBENCH.toggleFocusedPatch();

        assertThat(WORKBENCH.document().patches()).isEmpty();
        assertThat(BENCH.difference().patched()).isEmpty();
    }

    @Test
    void aPatchThatWasCancelledLeavesNoOlderValueBehind() {
        WORKBENCH.toggleFocusedPatch();
        WORKBENCH.focus(new Head(2, 0), false);
        BENCH.background().hold(Lane.PATCH);
        WORKBENCH.toggleFocusedPatch();
        BENCH.background().cancel(Lane.PATCH);
        BENCH.background().release();

        assertThat(WORKBENCH.document().patches()).hasSize(2);
        assertThat(BENCH.difference().patched()).isEmpty();
        assertThat(BENCH.problem()).contains("cancelled");
    }
}
