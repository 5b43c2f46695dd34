package org.headscope.window.statusbar;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.TestBench;
import org.headscope.window.work.Activity;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusViewModelTest {

    private final TestBench bench = TestBench.demo();
    private final StatusViewModel model = new StatusViewModel(bench.workbench());

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theModelAndItsProcessingAreNamed() {
        var name = model.model();
        assertThat(name.getValue()).isEqualTo("demo 9.3M, 4 layers × 4 heads, TransformerLens processing");

        bench.workbench().open(ModelFolder.DEMO, Processing.RAW);
        assertThat(name.getValue()).startsWith("demo 9.3M").doesNotContain("TransformerLens processing");
    }

    @Test
    void withoutAModelThereIsNone() {
        try (TestBench empty = TestBench.empty()) {
            StatusViewModel status = new StatusViewModel(empty.workbench());

            assertThat(status.model().getValue()).isEqualTo("No model yet");
            assertThat(status.lastRun().getValue()).isEmpty();
            assertThat(status.busy().getValue()).isEmpty();
        }
    }

    @Test
    void parametersAreCountedInMillions() {
        assertThat(StatusViewModel.millions(9_338_240)).isEqualTo("9.3M");
        assertThat(StatusViewModel.millions(124_439_808)).isEqualTo("124M");
    }

    @Test
    void theLastRunHasItsTokensAndItsTime() {
        var run = model.lastRun();
        assertThat(run.getValue()).matches("8 \\+ 8 tokens in \\d+\\.\\d+ s");

        bench.typeCorrupt("");
        assertThat(run.getValue()).matches("8 tokens in \\d+\\.\\d+ s");
    }

    @Test
    void whatThePromptsNeedIsSaidBeforeTheyAreRun() {
        var need = model.need();
        assertThat(need.getValue()).matches("needs about \\d+ [kM]B");
        assertThat(model.kept().getValue()).contains("every pattern is kept");

        String before = need.getValue();
        bench.workbench().autoProperty().set(false);
        bench.typeClean("Tom went to the store. ".repeat(20));
        assertThat(bench.workbench().currentProperty().get()).isFalse();
        assertThat(need.getValue()).matches("needs about \\d+ MB").isNotEqualTo(before);

        bench.typeClean("");
        assertThat(need.getValue()).isEmpty();
    }

    @Test
    void theOldestWorkIsNamedButDrawingIsNot() {
        var busy = model.busy();
        bench.background().hold(Lane.RUNS, Lane.FOCUS, Lane.PATCH);
        bench.background().run(Lane.FOCUS, "Drawing", job -> null, done -> { }, error -> { });
        assertThat(busy.getValue()).isEmpty();

        bench.workbench().run();
        bench.workbench().toggleFocusedPatch();
        assertThat(busy.getValue().map(Activity::what)).contains("Running the prompts");

        bench.background().release();
        assertThat(busy.getValue()).isEmpty();
    }
}
