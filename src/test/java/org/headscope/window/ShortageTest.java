package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.headscope.weights.Processing;
import org.headscope.window.PairPlan.Keeping;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Memory that runs out: what is still there, and the smaller way. */
class ShortageTest {

    private static final OutOfMemoryError HEAP = new OutOfMemoryError("Java heap space");

    private final TestBench bench = TestBench.tiny();
    private final Workbench workbench = bench.workbench();

    @AfterEach
    void close() {
        workbench.setMemory(workbench.usualMemory());
        bench.close();
    }

    private Keeping kept() {
        return workbench.plan().orElseThrow().keeping();
    }

    private void keepLess() {
        workbench.keepLessProperty().get().orElseThrow().run();
    }

    @Test
    void theResultsBeforeAreStillThereWhole() {
        Finished before = bench.finished();
        bench.background().failNext(Lane.RUNS, HEAP);
        bench.typeClean("Tom went to the store. Tom went");

        assertThat(bench.problem()).isEqualTo("Memory ran out. The previous prompt's results are still there; shorten "
            + "the prompt, or keep less of its runs.");
        assertThat(bench.finished()).isSameAs(before);
        assertThat(bench.pair()).as("not the one that was begun").isSameAs(before.pair());
        assertThat(workbench.currentProperty().get()).isFalse();
    }

    @Test
    void keepingLessRunsThePromptsAgain() {
        bench.background().failNext(Lane.RUNS, HEAP);
        bench.typeClean("Tom went to the store. Tom went");
        long all = workbench.plan().orElseThrow().memory().kept();
        keepLess();

        assertThat(bench.problem()).isEmpty();
        assertThat(workbench.keepLessProperty().get()).isEmpty();
        assertThat(bench.finished().pair().clean().text()).endsWith("Tom went");
        assertThat(workbench.currentProperty().get()).isTrue();
        assertThat(kept()).isEqualTo(Keeping.LEAST);
        assertThat(bench.finished().cleanRun().cache().bytes() + bench.finished().corruptRun().orElseThrow().cache()
            .bytes()).isLessThan(all / 2);
    }

    @Test
    void shorterPromptsKeepAllAndSoDoesAnotherBudget() {
        bench.background().failNext(Lane.RUNS, HEAP);
        bench.typeClean("Tom went to the store. Tom went");
        keepLess();
        bench.typeClean("Tom went");
        assertThat(kept()).isEqualTo(Keeping.PATTERNS);

        bench.typeClean("Tom went to the store. Tom went away");
        assertThat(kept()).isEqualTo(Keeping.LEAST);
        workbench.setMemory(workbench.usualMemory() / 2);
        assertThat(kept()).isEqualTo(Keeping.PATTERNS);
    }

    @Test
    void whereTheLeastIsKeptThereAreOtherWaysOut() {
        bench.background().failNext(Lane.RUNS, HEAP);
        workbench.run();
        keepLess();
        bench.background().failNext(Lane.RUNS, HEAP);
        workbench.run();
        assertThat(bench.problem()).isEqualTo("Memory ran out. All results so far are still there; shorten the prompt, "
            + "take a smaller model, or give Java more with -Xmx.");
        assertThat(workbench.keepLessProperty().get()).isEmpty();

        bench.background().failNext(Lane.RUNS, new EngineException("DefaultCPUAllocator: can't allocate memory"));
        workbench.run();
        assertThat(bench.problem()).endsWith("take a smaller model, or close other programs.");
    }

    @Test
    void patchesFailWithoutTakingAnythingElse() {
        Finished before = bench.finished();
        bench.background().failNext(Lane.PATCH, HEAP);
        workbench.toggleFocusedPatch();
        workbench.toggleFocusedPatch();

        assertThat(bench.problem()).startsWith("Memory ran out. All results so far are still there");
        assertThat(bench.finished()).isSameAs(before);
        keepLess();
        assertThat(bench.problem()).isEmpty();
    }

    @Test
    void aModelThatThereIsNoMemoryForLeavesTheOneThatWasOpen() {
        bench.background().failNext(Lane.MODEL, HEAP);
        workbench.open("demo", Processing.TRANSFORMERLENS);

        assertThat(bench.problem()).isEqualTo("Memory ran out while the model was loaded, so the one before is open; "
            + "choose a smaller one, or close other programs.");
        assertThat(workbench.modelRefusedProperty().get()).isTrue();
        assertThat(bench.model()).isPresent();
    }

    @Test
    void beforeTheFirstResultsThereAreNone() {
        try (TestBench fresh = TestBench.empty()) {
            fresh.background().failNext(Lane.RUNS, HEAP);
            fresh.openTiny();

            assertThat(fresh.problem()).startsWith("Memory ran out. There are no results yet; shorten the prompt");
            assertThat(fresh.workbench().pairProperty().get()).isEmpty();
        }
    }
}
