package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a GPU would do, on the CPU: a copy of the weights, and products of matrices that are not laid out. No GPU has ever
 * run this.
 */
class ProcessorTest {

    private static final Processor OTHER = new Processor("another", Device.cpu(), false);

    private static void assertClose(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double allowed = 5e-6 * Math.max(1, expected.maxAbs());
        for (int i = 0; i < expected.size(); i++) {
            assertThat((double) actual.at(i)).isCloseTo(expected.at(i), within(allowed));
        }
    }

    private static void assertRuns(Gpt2 other, Gpt2 cpu, int[] ids) {
        RunOptions everything = RunOptions.plain().keeping(hook -> true);
        Run actual = other.run(ids, everything);
        Run expected = cpu.run(ids, everything);
        assertClose(actual.output(), expected.output());
        // Scores have places of minus infinity, and the pattern says the same.
        expected.cache().hooks().stream().filter(hook -> hook.point() != HookPoint.ATTN_SCORES)
            .forEach(hook -> assertClose(actual.cache().get(hook), expected.cache().get(hook)));
    }

    private static void assertVariants(Gpt2 other, Gpt2 cpu, int[] ids) {
        ActivationCache base = cpu.run(ids, RunOptions.plain().keeping(hook -> true)).cache();
        List<List<Intervention>> each = Stream.of(HookPoint.Z, HookPoint.Q, HookPoint.PATTERN).map(point -> List.of(
            new Intervention(Site.head(point, new Head(1, 0)), new Replacement.Constant(0)))).toList();
        Variants variants = new Variants(ids, base, 0, each);
        for (int[] columns : new int[][] {{}, {3, 5}}) {
            assertClose(other.runVariants(variants, columns, new Cancellation()),
                cpu.runVariants(variants, columns, new Cancellation()));
        }
    }

    private static void assertSingleHeads(Gpt2 other, Gpt2 cpu, int[] ids) {
        int width = cpu.config().width();
        Head head = new Head(1, 1);
        ActivationCache cache = cpu.run(ids, RunOptions.plain().keeping(hook -> true)).cache();
        Tensor stream = Tensor.of(cache.get(HookPoint.RESID_PRE, 1).toArray(), ids.length, width);
        Tensor keys = cpu.read(head, HookPoint.K, stream);
        assertClose(other.read(head, HookPoint.K, stream), keys);
        assertClose(other.written(head, keys), cpu.written(head, keys));
    }

    private static void assertContinues(Gpt2 other, Gpt2 cpu, int[] ids) {
        try (Continuation actual = other.continuing(ids, new Cancellation());
             Continuation expected = cpu.continuing(ids, new Cancellation())) {
            for (int id = 1; id < 4; id++) {
                int vocabulary = cpu.config().vocabulary();
                Logits mine = actual.append(id);
                Logits theirs = expected.append(id);
                assertThat(IntStream.range(0, vocabulary)).allSatisfy(token ->
                    assertThat(mine.logit(token)).isCloseTo(theirs.logit(token), within(1e-4f)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Processing.class)
    void everyKindOfPassAgrees(Processing processing) {
        TestModels.RUNTIME.call(() -> {
            try (Gpt2 other = new Gpt2(Fixture.SMALL.model(), processing, Gpt2.Precision.SINGLE,
                    MemoryBudget.unbounded(), OTHER)) {
                assertThat(other.processor()).isSameAs(OTHER);
                Gpt2 cpu = TestModels.model(Fixture.SMALL, processing);
                int[] ids = Fixture.SMALL.ids("text");
                assertRuns(other, cpu, ids);
                assertVariants(other, cpu, ids);
                assertSingleHeads(other, cpu, ids);
                assertContinues(other, cpu, ids);
            }
            return null;
        });
    }
}
