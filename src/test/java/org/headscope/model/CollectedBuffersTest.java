package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.TestModels.RUNTIME;
import static org.headscope.TestModels.model;
import static org.headscope.TestModels.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;

/**
 * The engine reads floats where Java has put them, which the garbage collector takes back once Java forgets them. What
 * outlives a step must not lie there.
 */
class CollectedBuffersTest {

    private static final double TOLERANCE = 1e-4;

    /** Has every forgotten buffer taken back and its memory, of many sizes, filled with what nobody can overlook. */
    private static List<ByteBuffer> collect() {
        System.gc();
        return IntStream.range(0, 64).mapToObj(i -> {
            ByteBuffer trash = ByteBuffer.allocateDirect(256 * (i + 1)).order(ByteOrder.nativeOrder());
            while (trash.hasRemaining()) {
                trash.putFloat(Float.NaN);
            }
            return trash;
        }).toList();
    }

    private static void assertClose(Tensor actual, Tensor expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat((double) actual.at(i)).isCloseTo(expected.at(i), within(TOLERANCE));
        }
    }

    @Test
    void aContinuationKeepsItsKeysAndValues() {
        Gpt2 gpt2 = model(Fixture.TINY);
        int[] ids = Fixture.TINY.ids("text");
        int known = 4;
        List<float[]> stepwise = RUNTIME.call(() -> {
            List<float[]> logits = new ArrayList<>();
            try (Continuation text = gpt2.continuing(Arrays.copyOf(ids, known), new Cancellation())) {
                for (int next = known; next < ids.length; next++) {
                    List<ByteBuffer> trash = collect();
                    logits.add(all(text.append(ids[next])));
                    assertThat(trash).isNotEmpty();
                }
            }
            return logits;
        });

        Tensor whole = run(gpt2, ids, RunOptions.plain()).output().slice(0);
        for (int next = known; next < ids.length; next++) {
            Tensor expected = whole.slice(next);
            assertClose(Tensor.of(stepwise.get(next - known), expected.size()), expected);
        }
    }

    private static float[] all(Logits logits) {
        float[] values = new float[logits.vocabulary()];
        for (int id = 0; id < values.length; id++) {
            values[id] = logits.logit(id);
        }
        return values;
    }

    @Test
    void runsAfterRunsKeepWhatTheyBeganWith() {
        Gpt2 gpt2 = model(Fixture.SMALL);
        RunOptions options = RunOptions.plain().lastLogitsOnly().keeping(hook -> true);
        int[] ids = Fixture.SMALL.ids("clean");
        Run last = run(gpt2, Arrays.copyOf(ids, 3), options);
        for (int length = 4; length <= ids.length; length++) {
            RunOptions.Earlier earlier = new RunOptions.Earlier(Arrays.copyOf(ids, length - 1), last.cache());
            List<ByteBuffer> trash = collect();
            last = run(gpt2, Arrays.copyOf(ids, length), options.after(earlier));
            assertThat(trash).isNotEmpty();
        }

        assertClose(last.output(), run(gpt2, ids, options).output());
    }

    @Test
    void aModelKeepsItsWeights() {
        Supplier<Tensor> output = () -> run(model(Fixture.TINY), Fixture.TINY.ids("clean"), RunOptions.plain()).output();
        Tensor before = output.get();
        List<ByteBuffer> trash = collect();

        assertClose(output.get(), before);
        assertThat(trash).isNotEmpty();
    }
}
