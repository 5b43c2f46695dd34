package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headscope.Fixture;
import org.headscope.RandomGpt2;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.HookPoint;
import org.headscope.model.MemoryBudget;
import org.headscope.model.RunOptions;
import org.headscope.patching.SweepKind.By;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;

class BatchLimitsTest {

    private static final Gpt2Config SMALL = RandomGpt2.SMALL;
    private static final long PLENTY = 1L << 40;
    private static final int ROWS = 2048;

    private static int variants(long bytes, int tokens, int computed, int columns) {
        return new BatchLimits(ROWS, bytes).variants(SMALL, tokens, computed, columns);
    }

    @Test
    void memoryLimitsABatch() {
        double one = BatchLimits.bytesOfOne(SMALL, 64, 60, 1);

        assertThat(variants((long) (5.5 * one), 64, 60, 1)).isEqualTo(5);
        assertThat(variants((long) (2.5 * one), 64, 60, 1)).isEqualTo(2);
        // One goes through however little there is.
        assertThat(variants((long) (one / 3), 64, 60, 1)).isEqualTo(1);
        assertThat(variants(0, 64, 60, 1)).isEqualTo(1);
    }

    @Test
    void aVariantTakesWhatItsActivationsTake() {
        double short64 = BatchLimits.bytesOfOne(SMALL, 64, 1, 1);
        // Measured with gpt2-small: 512 of them take 39 MB, and 1,024 positions of whole variants 102 MB.
        assertThat(512 * short64).isBetween(39e6, 1.7 * 39e6);
        assertThat(16 * BatchLimits.bytesOfOne(SMALL, 64, 64, 1)).isBetween(102e6, 1.25 * 102e6);
        assertThat(BatchLimits.bytesOfOne(SMALL, 1024, 1024, 1)).isBetween(296e6, 1.25 * 296e6);
        assertThat(BatchLimits.bytesOfOne(SMALL, 1024, 1, 1)).isGreaterThan(short64 + 4.0 * 12 * 960 * 4);
        assertThat(BatchLimits.bytesOfOne(SMALL, 64, 60, 1)).isCloseTo(60 * short64, within(1000.0));
        assertThat(BatchLimits.bytesOfOne(SMALL, 64, 1, 50257) - short64).isGreaterThan(3 * 4 * 50_000.0);
    }

    @Test
    void theTimeToCancelLimitsABatch() {
        // A block of gpt2-small takes 14 million operations a row.
        assertThat(variants(PLENTY, 64, 1, 1)).isBetween(300, 1000);
        assertThat(variants(PLENTY, 64, 1, 50257)).isBetween(50, 150);
        Gpt2Config tiny = Fixture.TINY.model().config();
        assertThat(new BatchLimits(ROWS, PLENTY).variants(tiny, 8, 1, 2)).isEqualTo(ROWS);
        assertThat(new BatchLimits(7, PLENTY).variants(tiny, 8, 3, 2)).isEqualTo(2);
    }

    @Test
    void aMachineAlwaysHasSome() {
        assertThat(BatchLimits.ofMachine(ROWS, PLENTY).bytes()).isBetween(1L << 20, 768L << 20);
    }

    @Test
    void theBudgetLimitsABatch() {
        assertThat(BatchLimits.ofMachine(ROWS, 1000).bytes()).isEqualTo(1000);
        assertThat(BatchLimits.ofMachine(ROWS, -1).bytes()).isZero();

        ModelFolder folder = Fixture.SMALL.model();
        Sweep.Base base = new Sweep.Base(Optional.empty(), TestModels.run(TestModels.model(Fixture.SMALL),
            new int[] {3, 5, 9}, RunOptions.plain().keepingDefaults()));
        MemoryBudget budget = MemoryBudget.of(Gpt2Weights.memory(folder.config()) + base.bytes() + 500);
        try (Gpt2 model = TestModels.RUNTIME.call(
            () -> new Gpt2(folder, Processing.TRANSFORMERLENS, Gpt2.Precision.SINGLE, budget))) {
            assertThat(BatchLimits.of(model, base, ROWS)).isEqualTo(new BatchLimits(ROWS, 500));
        }
    }

    /** However little memory there is, a sweep is split and never refused, and its numbers stay. */
    @Test
    void everyBudgetGivesTheSameNumbers() {
        Gpt2Config config = Fixture.SMALL.model().config();
        for (Metric metric : List.of(new Metric.Logit(5), new Metric.Divergence())) {
            Sweep sweep = new Sweep(TestModels.model(Fixture.SMALL), Optional.of(SweepPrompts.of(3, 5, 9, 70, 4)),
                SweepPrompts.of(3, 6, 9, 70, 8), new SweepKind(HookPoint.Z, By.HEAD), Source.CLEAN, metric);
            int columns = metric.columns().length == 0 ? config.vocabulary() : 1;
            double one = BatchLimits.bytesOfOne(config, 5, 4, columns);
            SweepResult expected = null;
            for (int variants : new int[] {24, 7, 1, 0}) {
                List<SweepResult> reports = new ArrayList<>();
                BatchLimits limits = new BatchLimits(1_000_000, (long) (one * variants + 10));

                SweepResult result = TestModels.RUNTIME.call(() -> sweep.run(sweep.base(new Cancellation()), limits,
                    0, reports::add, new Cancellation()));

                assertThat(reports).hasSize(1 + (int) Math.ceil(24.0 / Math.max(1, variants)));
                assertThat(result.isComplete()).isTrue();
                expected = expected == null ? result : expected;
                for (int cell = 0; cell < result.cells(); cell++) {
                    assertThat(result.values()[cell]).isCloseTo(expected.values()[cell],
                        within(1e-5 * Math.max(1, Math.abs(expected.values()[cell]))));
                }
            }
        }
    }
}
