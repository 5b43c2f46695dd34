package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headscope.TestModels.model;
import static org.headscope.TestModels.run;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.headscope.Fixture;
import org.headscope.RandomGpt2;
import org.headscope.model.RunOptions.LogitsAt;
import org.headscope.weights.Gpt2Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunMemoryTest {

    private static final Gpt2Config SMALL = RandomGpt2.SMALL;

    private static RunOptions everything() {
        return RunOptions.plain().keeping(hook -> true);
    }

    private static void assertKept(Fixture fixture, int tokens, RunOptions options) {
        Gpt2 model = model(fixture);
        int[] ids = new Random(tokens).ints(tokens, 0, model.config().vocabulary()).toArray();
        Run run = run(model, ids, options);

        assertThat(RunMemory.of(model.config(), tokens, options).kept())
            .isEqualTo(run.cache().bytes() + (long) Float.BYTES * run.output().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16})
    void whatIsKeptIsWhatWasSaid(int tokens) {
        for (Fixture fixture : List.of(Fixture.TINY, Fixture.SMALL)) {
            assertKept(fixture, tokens, RunOptions.plain());
            assertKept(fixture, tokens, RunOptions.plain().lastLogitsOnly().keepingDefaults());
            assertKept(fixture, tokens, everything());
            assertKept(fixture, tokens, everything().stoppingAt(1));
            assertKept(fixture, tokens, everything().lastLogitsOnly().stoppingAt(-1));
        }
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    void everyPointHasItsSize(HookPoint point) {
        assertKept(Fixture.TINY, 9, RunOptions.plain().lastLogitsOnly().keeping(hook -> hook.point() == point));
    }

    /** The design counts 2.4, 9.4, 38, 151 and 604 MB, and 113 MB of queries, keys and values. */
    @Test
    void patternsGrowWithTheSquareOfThePrompt() {
        RunOptions patterns = RunOptions.plain().lastLogitsOnly().keeping(hook -> hook.point() == HookPoint.PATTERN);
        long logits = RunMemory.of(SMALL, 64, RunOptions.plain().lastLogitsOnly()).kept();

        assertThat(Arrays.stream(new int[] {64, 128, 256, 512, 1024})
            .mapToLong(tokens -> RunMemory.of(SMALL, tokens, patterns).kept() - logits))
            .containsExactly(2_359_296L, 9_437_184L, 37_748_736L, 150_994_944L, 603_979_776L);
        assertThat(RunMemory.of(SMALL, 1024, RunOptions.plain().lastLogitsOnly().keeping(hook ->
            List.of(HookPoint.Q, HookPoint.K, HookPoint.V).contains(hook.point()))).kept() - logits)
            .isEqualTo(113_246_208L);
        assertThat(RunMemory.of(SMALL, 1024, patterns.withoutPatterns()).kept() - logits).isEqualTo(75_497_472L);
    }

    @Test
    void logitsOfAllPositionsCount() {
        RunMemory last = RunMemory.of(SMALL, 1024, RunOptions.plain().lastLogitsOnly());
        RunMemory all = RunMemory.of(SMALL, 1024, RunOptions.plain());

        assertThat(RunOptions.plain().logits()).isEqualTo(LogitsAt.ALL);
        assertThat(all.kept() - last.kept()).isEqualTo(4L * 1023 * 50257);
        assertThat(all.working()).isGreaterThan(4L * 1024 * 50257);
    }

    @Test
    void ofTwoRunsBothAreKeptButOneWorks() {
        assertThat(new RunMemory(3, 5).and(new RunMemory(4, 2))).isEqualTo(new RunMemory(7, 5));
        assertThat(new RunMemory(7, 5).bytes()).isEqualTo(12);
    }
}
