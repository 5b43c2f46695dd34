package org.headscope.window.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Intervention;
import org.headscope.model.Replacement;
import org.headscope.model.RunOptions;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Swept;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells that come to no number name the activation at which numbers become too large. */
class SweepOverflowTest {

    private final SweepBench sweep = new SweepBench();

    @AfterEach
    void close() {
        sweep.close();
    }

    private String words(int row, int column) {
        return sweep.shown().words(0, new Cell(row, column));
    }

    @Test
    void aNumberThatIsTooLargeIsToldWithItsPlace() {
        sweep.startAnew();
        sweep.model().substitution().sourceProperty().set(SourceChoice.NUMBER);
        sweep.model().substitution().numberProperty().set("3e38");
        sweep.model().sweep();

        // What a run with the first cell alone says.
        var model = sweep.bench().model().orElseThrow();
        Intervention first = new Intervention(new StagedPatch(new Head(0, 0), HookPoint.Z, true).site(),
            new Replacement.Constant(3e38f));
        String hook = model.runtime().call(() -> model.gpt2().run(sweep.prompt(Side.CORRUPT).ids(),
            RunOptions.plain().with(List.of(first)).keeping(any -> any.point() == HookPoint.ATTN_OUT)))
            .overflow().orElseThrow();
        assertThat(hook).isEqualTo("blocks.0.hook_attn_out");
        assertThat(sweep.shown().results().get(0).values()).contains(Double.NaN);
        assertThat(sweep.problem()).isEqualTo("Crosses mark cells that are no numbers: numbers become too large for "
            + "single precision, in the first such cell at " + hook + ".");
        assertThat(words(0, 0)).isEqualTo("L0H0 z: no number, since numbers are too large for single "
            + "precision; in the first such cell at " + hook);

        sweep.model().substitution().sourceProperty().set(SourceChoice.ZERO);
        sweep.model().sweep();
        assertThat(sweep.problem()).isEmpty();
        assertThat(words(0, 0)).doesNotContain("no number");
    }

    @Test
    void aModelThatOverflowsByItselfIsToldToo(@TempDir Path folder) {
        sweep.workbench().open(ModelCopy.of(Fixture.TINY, folder).overflowing(1).folder().toString(),
            Processing.TRANSFORMERLENS);
        sweep.model().sweptProperty().set(Swept.Z_BY_HEAD);
        sweep.model().sweep();

        assertThat(IntStream.range(0, 4)).allMatch(column -> words(0, column).endsWith("at blocks.1.hook_mlp_out"));
        assertThat(sweep.problem()).endsWith("at blocks.1.hook_mlp_out.").doesNotContain("NaN");
    }
}
