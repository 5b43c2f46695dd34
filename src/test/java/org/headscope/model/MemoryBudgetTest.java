package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.headscope.Fixture;
import org.headscope.RandomGpt2;
import org.headscope.TestModels;
import org.headscope.refusal.Refusal;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {

    private static final Gpt2Config XL = new Gpt2Config(48, 25, 1600, 1024, 50257, 1e-5, Activation.GELU_NEW, false);
    private static final RunOptions PATTERNS =
        RunOptions.plain().lastLogitsOnly().keeping(hook -> hook.point() == HookPoint.PATTERN);

    /** What a model's weights take, and so much beside it. */
    private static MemoryBudget beside(Gpt2Config config, long more) {
        return MemoryBudget.of(Gpt2Weights.memory(config) + more);
    }

    @ParameterizedTest
    @CsvSource({"8G, 8000000000", "900M, 900000000", " 1 gb , 1000000000", "16GB, 16000000000"})
    void theEnvironmentMaySayHowMuch(String given, long bytes) {
        assertThat(MemoryBudget.bytes(Map.of(MemoryBudget.VARIABLE, given))).isEqualTo(bytes);
    }

    @Test
    void halfOfTheMachineIsUsual() {
        assertThat(MemoryBudget.bytes(Map.of())).isEqualTo(MemoryBudget.ofMachine() / 2).isGreaterThan(100_000_000L);
        assertThat(MemoryBudget.bytes(Map.of(MemoryBudget.VARIABLE, " "))).isEqualTo(MemoryBudget.ofMachine() / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "much", "-1G", "8.5G", "9999999999G", "8T"})
    void whatIsNoSizeIsRefused(String given) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() ->
            MemoryBudget.bytes(Map.of(MemoryBudget.VARIABLE, given)))
            .withMessageContainingAll("HEADSCOPE_MEMORY", "“" + given + "”", "8G");
    }

    @Test
    void aModelThatIsTooLargeIsRefusedByItsSizes() {
        assertThatExceptionOfType(MemoryRefusal.class)
            .isThrownBy(() -> MemoryBudget.of(5_000_000_000L).check("gpt2-xl", XL))
            .withMessage("gpt2-xl needs about 7.4 GB; the memory budget is 5.0 GB: raise it under Preferences, Memory, "
                + "or with HEADSCOPE_MEMORY, or take a smaller model.");
        assertThatNoException().isThrownBy(() -> MemoryBudget.of(8_000_000_000L).check("gpt2-xl", XL));
    }

    @Test
    void aRunThatIsTooLargeIsRefusedWithTheLongestThatFits() {
        Gpt2Config small = RandomGpt2.SMALL;
        RunMemory wanted = RunMemory.of(small, 300, PATTERNS);
        MemoryBudget budget = beside(small, wanted.bytes());

        assertThatNoException().isThrownBy(() -> budget.check(small, 300, PATTERNS));
        assertThatExceptionOfType(MemoryRefusal.class).isThrownBy(() -> budget.check(small, 301, PATTERNS))
            .withMessageContainingAll("A run of 301 tokens needs about", "shorten the prompt to 300, or raise the budget");
        assertThatExceptionOfType(MemoryRefusal.class).isThrownBy(() -> budget.check(small, 1024, PATTERNS))
            .withMessageContaining("1,024 tokens").withMessageContaining("to 300,");
    }

    @Test
    void whereNothingFitsNoPromptIsNamed() {
        assertThatExceptionOfType(MemoryRefusal.class).isThrownBy(() ->
            MemoryBudget.of(1_000).check(RandomGpt2.SMALL, 8, PATTERNS))
            .withMessageContainingAll("A run of 8 tokens", "0 kB", "take a smaller model, or raise the budget");
    }

    @Test
    void moreThanJavaHasIsRefusedWhateverTheBudget() {
        Gpt2Config wide = new Gpt2Config(1_000, 100, 10_000, 10_000, 50257, 1e-5, Activation.GELU_NEW, false);

        assertThatExceptionOfType(MemoryRefusal.class).isThrownBy(() ->
            MemoryBudget.of(Long.MAX_VALUE).check(wide, 10_000, PATTERNS))
            .withMessageContainingAll("Java has only", "-Xmx");
    }

    @Test
    void aChangedBudgetHoldsFromThenOn() {
        MemoryBudget budget = beside(RandomGpt2.SMALL, 0);
        assertThat(budget.holds(RandomGpt2.SMALL, new RunMemory(0, 1))).isFalse();

        budget.set(budget.bytes() + 1);

        assertThat(budget.holds(RandomGpt2.SMALL, new RunMemory(0, 1))).isTrue();
        assertThat(budget.beside(RandomGpt2.SMALL)).isEqualTo(1);
        assertThat(budget.beside(XL)).isZero();
    }

    // ---- a model with such a budget ----

    private static Gpt2 small(long beside) {
        ModelFolder folder = Fixture.SMALL.model();
        return TestModels.RUNTIME.call(() -> new Gpt2(folder, Processing.TRANSFORMERLENS, Gpt2.Precision.SINGLE,
            beside(folder.config(), beside)));
    }

    private static int[] ids(int tokens) {
        return IntStream.range(0, tokens).map(i -> 3 + 7 * i % 50).toArray();
    }

    @Test
    void aModelRefusesARunBeforeItIsMade() {
        Gpt2Config config = Fixture.SMALL.model().config();
        try (Gpt2 model = small(RunMemory.of(config, 12, PATTERNS).bytes())) {
            assertThat(TestModels.run(model, ids(12), PATTERNS).cache().hooks()).hasSize(config.layers());
            assertThatExceptionOfType(MemoryRefusal.class).isThrownBy(() -> TestModels.run(model, ids(13), PATTERNS))
                .withMessageContaining("to 12");
        }
    }

    @Test
    void theEarlierRunThatIsGoneOnFromCountsAsWell() {
        Gpt2Config config = Fixture.SMALL.model().config();
        RunOptions options = RunOptions.plain().lastLogitsOnly().keepingDefaults();
        RunMemory one = RunMemory.of(config, 12, options);
        try (Gpt2 model = small(one.bytes() + one.kept() / 2)) {
            Run first = TestModels.run(model, ids(12), options);
            RunOptions second = options.after(new RunOptions.Earlier(ids(12), first.cache()));

            assertThatExceptionOfType(MemoryRefusal.class).isThrownBy(() -> TestModels.run(model, ids(12), second));
        }
    }

    @Test
    void patternsThatDoNotFitAreMadeOfQueriesAndKeys() {
        Gpt2Config config = Fixture.SMALL.model().config();
        int tokens = config.positions();
        RunMemory slim = RunMemory.of(config, tokens, PATTERNS.withoutPatterns());
        RunMemory full = RunMemory.of(config, tokens, PATTERNS);
        assertThat(slim.bytes()).isLessThan(full.bytes());
        try (Gpt2 tight = small(slim.bytes()); Gpt2 roomy = small(full.bytes())) {
            assertThat(roomy.fitting(tokens, PATTERNS)).isSameAs(PATTERNS);

            ActivationCache made = TestModels.run(tight, ids(tokens), tight.fitting(tokens, PATTERNS)).cache();
            ActivationCache kept = TestModels.run(roomy, ids(tokens), PATTERNS).cache();

            assertThat(made.hooks()).extracting(Hook::point).containsOnly(HookPoint.Q, HookPoint.K);
            Head head = new Head(config.layers() - 1, 1);
            assertThat(made.pattern(head).toArray()).usingComparatorWithPrecision(1e-6f)
                .containsExactly(kept.pattern(head).toArray());
            assertThat(made.holds(Set.of(Hook.of(HookPoint.PATTERN, 0)))).isTrue();
        }
    }
}
