package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headscope.TestModels.model;
import static org.headscope.TestModels.run;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is run, the model stays as it was and the memory comes back. */
class RepeatedRunsTest {

    private static final Fixture TINY = Fixture.TINY;
    private static final List<Hook> HOOKS = Hook.all(3);

    private static RunOptions randomEdits(Random random) {
        Hook hook = HOOKS.get(random.nextInt(HOOKS.size()));
        List<Replacement> replacements = List.of(new Replacement.Constant(0), new Replacement.Scale(-2),
            new Replacement.Mean(), new Replacement.Constant(Float.NEGATIVE_INFINITY));
        return RunOptions.plain().keeping(other -> true).with(
            List.of(new Intervention(Site.whole(hook), replacements.get(random.nextInt(replacements.size())))));
    }

    @ParameterizedTest
    @EnumSource(Processing.class)
    void theSameRunIsTheSameBitForBitAfterManyOthers(Processing processing) {
        Gpt2 gpt2 = model(TINY, processing);
        RunOptions everything = RunOptions.plain().keeping(hook -> true);
        Run before = run(gpt2, TINY.ids("clean"), everything);
        Random random = new Random(2);
        for (int i = 0; i < 60; i++) {
            run(gpt2, TINY.ids(random.nextBoolean() ? "clean" : "text"), randomEdits(random));
        }
        Run after = run(gpt2, TINY.ids("clean"), everything);

        assertThat(after.output()).isEqualTo(before.output());
        for (Hook hook : before.cache().hooks()) {
            assertThat(after.cache().get(hook)).as(hook.name()).isEqualTo(before.cache().get(hook));
        }
    }

    @Test
    void keptActivationsOutliveTheirRun() {
        Run first = run(model(TINY), TINY.ids("clean"), RunOptions.plain().keeping(hook -> true));
        List<Tensor> copies = first.cache().hooks().stream().map(hook -> Tensor.of(first.cache().get(hook).toArray(),
            first.cache().get(hook).shape())).toList();
        for (int i = 0; i < 20; i++) {
            run(model(TINY), TINY.ids("corrupt"), RunOptions.plain().keeping(hook -> true));
        }

        assertThat(first.cache().hooks().stream().map(first.cache()::get)).isEqualTo(copies);
    }

    /**
     * Of every run that was not given back half a megabyte would stay, 250 in all; Java's own heap grows by some 70
     * meanwhile.
     */
    @Test
    void runsGiveTheirMemoryBackHoweverTheyEnd() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is only known on Linux");
        runManyWays(60);
        long before = residentKilobytes();
        runManyWays(500);

        assertThat(residentKilobytes() - before).isLessThan(150_000);
    }

    private static void runManyWays(int count) {
        int[] ids = new Random(1).ints(64, 0, 440).toArray();
        Random random = new Random(3);
        for (int i = 0; i < count; i++) {
            Cancellation flag = new Cancellation();
            RunOptions options = (i % 2 == 0 ? randomEdits(random) : RunOptions.plain()).cancelledBy(flag);
            boolean stops = i % 5 == 0;
            try {
                run(model(TINY), ids, stops ? options.tellingLayers((layer, cache) -> flag.request()) : options);
            } catch (CancellationException expected) {
                assertThat(stops).isTrue();
            }
        }
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("RssAnon"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
        }
    }
}
