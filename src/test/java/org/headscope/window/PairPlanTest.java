package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.headscope.RandomGpt2;
import org.headscope.TestModels;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.MemoryBudget;
import org.headscope.model.RunMemory;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.window.PairPlan.Keeping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The memory budget decides what a pair keeps, and whether it is run. */
class PairPlanTest {

    private static final Gpt2Config SMALL = RandomGpt2.SMALL;
    private final MemoryBudget budget = TestModels.RUNTIME.memory();

    @AfterEach
    void leaveTheBudgetAsItWas() {
        budget.set(budget.usual());
    }

    private PairPlan plan(long beside, int clean, int corrupt) {
        budget.set(Gpt2Weights.memory(SMALL) + beside);
        return PairPlan.of(SMALL, budget, Keeping.PATTERNS, clean, corrupt);
    }

    private static long twice(RunMemory memory) {
        return memory.and(memory).bytes();
    }

    @Test
    void aShortPairKeepsEverything() {
        PairPlan plan = plan(1L << 30, 64, 64);

        assertThat(plan.fits()).isTrue();
        assertThat(plan.keeping()).isEqualTo(Keeping.PATTERNS);
        // Of both runs: patterns, the neurons, nine parts as wide as the stream, and the last logits.
        assertThat(plan.memory().kept()).isEqualTo(2L * (2_359_296 + (4 + 9) * 12 * 4 * 64 * 768 + 4 * 50257));
        assertThat(plan.kept(SMALL, 64).test(Hook.of(HookPoint.PATTERN, 3))).isTrue();
    }

    @Test
    void lessMemoryKeepsLess() {
        PairPlan all = plan(8L << 30, 600, 600);
        PairPlan parts = plan(twice(all.memory()) - 1, 600, 600);
        PairPlan least = plan(twice(parts.memory()) - 1, 600, 600);
        PairPlan none = plan(twice(least.memory()) - 1, 600, 600);

        assertThat(Stream.of(all, parts, least, none)).extracting(PairPlan::keeping)
            .containsExactly(Keeping.PATTERNS, Keeping.PARTS, Keeping.LEAST, Keeping.LEAST);
        assertThat(Stream.of(all, parts, least, none)).extracting(PairPlan::fits)
            .containsExactly(true, true, true, false);
        assertThat(parts.kept(SMALL, 600).test(Hook.of(HookPoint.PATTERN, 3))).isFalse();
        assertThat(parts.kept(SMALL, 600).test(Hook.of(HookPoint.Z, 3))).isTrue();
        assertThat(least.kept(SMALL, 600).test(Hook.of(HookPoint.Z, 3))).isFalse();
        assertThat(least.kept(SMALL, 600).test(Hook.of(HookPoint.Q, 3))).isTrue();
    }

    @Test
    void lessCanBeAskedForThanFits() {
        budget.set(8L << 30);

        for (Keeping most : Keeping.values()) {
            PairPlan plan = PairPlan.of(SMALL, budget, most, 64, 64);
            assertThat(plan.keeping()).isEqualTo(most);
            assertThat(plan.fits()).isTrue();
        }
    }

    @Test
    void theLongestPairIsTheLastThatFits() {
        plan(300_000_000, 1, 1);
        int longest = PairPlan.longest(SMALL, budget, true);

        assertThat(longest).isBetween(100, 700);
        assertThat(PairPlan.of(SMALL, budget, Keeping.PATTERNS, longest, longest).fits()).isTrue();
        assertThat(PairPlan.of(SMALL, budget, Keeping.PATTERNS, longest + 1, longest + 1).fits()).isFalse();
        assertThat(PairPlan.longest(SMALL, budget, false)).as("one alone").isGreaterThan(longest);
        budget.set(8L << 30);
        assertThat(PairPlan.longest(SMALL, budget, true)).isEqualTo(1024);
        budget.set(1);
        assertThat(PairPlan.longest(SMALL, budget, true)).isZero();
    }

    // ---- in a workbench ----

    @Test
    void whatARunKeepsIsWhatWasSaid() {
        try (TestBench bench = TestBench.demo()) {
            PairPlan plan = bench.workbench().plan().orElseThrow();
            long logits = 4L * (bench.finished().cleanRun().output().size()
                + bench.finished().corruptRun().orElseThrow().output().size());

            assertThat(plan.keeping()).isEqualTo(Keeping.PATTERNS);
            assertThat(plan.memory().kept()).isEqualTo(logits + bench.finished().cleanRun().cache().bytes()
                + bench.finished().corruptRun().orElseThrow().cache().bytes());
        }
    }

    @Test
    void aSmallerBudgetKeepsNoPatternsButShowsThem() {
        try (TestBench bench = TestBench.demo()) {
            PairPlan all = bench.workbench().plan().orElseThrow();
            float[] expected = bench.pair().clean(TestBench.INDUCTION).orElseThrow().toArray();
            Gpt2Config config = bench.model().orElseThrow().folder().config();

            bench.workbench().setMemory(Gpt2Weights.memory(config) + twice(all.memory()) - 1);

            assertThat(bench.workbench().plan().orElseThrow().keeping()).isEqualTo(Keeping.PARTS);
            assertThat(bench.finished().cleanRun().cache().hooks()).extracting(Hook::point)
                .doesNotContain(HookPoint.PATTERN);
            assertThat(bench.pair().clean(TestBench.INDUCTION).orElseThrow().toArray())
                .usingComparatorWithPrecision(1e-6f).containsExactly(expected);
            assertThat(bench.readout(TestBench.WENT).patched()).isPresent();
        }
    }

    @Test
    void theLeastIsEnoughToLookAndToPatch() {
        try (TestBench bench = TestBench.demo()) {
            double patched = bench.readout(TestBench.WENT).patched().orElseThrow().prob();
            Gpt2Config config = bench.model().orElseThrow().folder().config();
            bench.workbench().setMemory(Gpt2Weights.memory(config)
                + twice(PairPlan.of(config, budget, Keeping.PATTERNS, 8, 8).memory()) - 1);
            bench.workbench().setMemory(Gpt2Weights.memory(config)
                + twice(bench.workbench().plan().orElseThrow().memory()) - 1);

            assertThat(bench.workbench().plan().orElseThrow().keeping()).isEqualTo(Keeping.LEAST);
            assertThat(bench.problem()).isEmpty();
            assertThat(bench.pair().clean(TestBench.INDUCTION)).isPresent();
            assertThat(bench.readout(TestBench.WENT).patched().orElseThrow().prob())
                .isCloseTo(patched, within(1e-5));
        }
    }

    @Test
    void aPairThatDoesNotFitIsRefusedBesideItsPromptAndCanBeCut() {
        try (TestBench bench = TestBench.demo()) {
            Gpt2Config config = bench.model().orElseThrow().folder().config();
            bench.workbench().setMemory(Gpt2Weights.memory(config) + least(config, 5));

            assertThat(bench.workbench().limit()).isEqualTo(5);
            assertThat(bench.workbench().cleanProperty().get().problem())
                .isEqualTo("8 tokens, but the memory budget has room for 5; shorten the prompt, or raise it under "
                    + "Preferences, Memory.");
            assertThat(bench.workbench().plan()).isEmpty();

            bench.workbench().setMemory(bench.workbench().usualMemory());
            assertThat(bench.workbench().cleanProperty().get().problem()).isEmpty();
            assertThat(bench.workbench().currentProperty().get()).isTrue();
        }
    }

    private long least(Gpt2Config config, int tokens) {
        long now = budget.bytes();
        budget.set(0);
        RunMemory memory = PairPlan.of(config, budget, Keeping.PATTERNS, tokens, tokens).memory();
        budget.set(now);
        return twice(memory);
    }
}
