package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.HookPoint;
import org.headscope.patching.SweepKind.By;
import org.headscope.tokens.Prompt;
import org.junit.jupiter.api.Test;

/** How much of a sweep's computing is done, by which the time that is left is told. */
class SweepWorkTest {

    private static final Prompt CLEAN = SweepPrompts.of(Fixture.SMALL.ids("clean"));
    private static final Prompt CORRUPT = SweepPrompts.of(Fixture.SMALL.ids("corrupt"));

    private static List<SweepResult> reports() {
        List<SweepResult> reports = new ArrayList<>();
        TestModels.RUNTIME.call(() -> {
            Sweep sweep = new Sweep(TestModels.model(Fixture.SMALL), Optional.of(CLEAN), CORRUPT,
                new SweepKind(HookPoint.Z, By.POSITION), Source.CLEAN, new Metric.Difference(5, 81));
            return sweep.run(sweep.base(new Cancellation()), 1, 0, reports::add, new Cancellation());
        });
        return reports;
    }

    @Test
    void earlyLayersAndPositionsAreMoreOfTheWork() {
        List<SweepResult> reports = reports();

        assertThat(reports.get(0).worked()).isZero();
        assertThat(reports).extracting(SweepResult::worked).isSorted();
        assertThat(reports.get(reports.size() - 1).worked()).isEqualTo(1, within(1e-9));
        // One cell a step, the first layer first: its cells are a share of the work beyond their number.
        int cells = reports.get(0).possible() - reports.get(0).done().cardinality();
        int layers = TestModels.model(Fixture.SMALL).config().layers();
        assertThat(reports.get(cells / layers).worked()).isGreaterThan(1.0 / layers + 0.05);
    }
}
