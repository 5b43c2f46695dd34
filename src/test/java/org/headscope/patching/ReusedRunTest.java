package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.FixedAttention;
import org.headscope.model.Gpt2;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.Positions;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patches on a run whose activations are reused give what whole forward passes give. */
class ReusedRunTest {

    private static final List<HookPoint> POINTS = Arrays.stream(HookPoint.values()).filter(point -> switch (point) {
        case RESID_PRE, Q, K, V, PATTERN, Z, ATTN_OUT, RESID_MID, MLP_POST, MLP_OUT, RESID_POST -> true;
        default -> false;
    }).toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void severalPatchesTogetherGiveWhatAWholeRunGives(long seed) {
        Random random = new Random(seed);
        Fixture fixture = random.nextBoolean() ? Fixture.TINY : Fixture.SMALL;
        Gpt2 model = TestModels.model(fixture);
        int length = 2 + random.nextInt(10);
        int[] clean = random.ints(length, 0, model.config().vocabulary()).toArray();
        int[] corrupt = clean.clone();
        for (int position = random.nextInt(length); position < length; position += 1 + random.nextInt(3)) {
            corrupt[position] = (corrupt[position] + 1 + random.nextInt(50)) % model.config().vocabulary();
        }
        List<Patch> patches = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            patches.add(patch(random, model, length));
        }

        Logits whole = patched(model, clean, corrupt, patches, false);
        Logits reused = patched(model, clean, corrupt, patches, true);

        Fixture.assertClose(patches.toString(), tensor(reused), tensor(whole), 1e-5);
    }

    @Test
    void patchingEverythingGivesTheCleanRun() {
        int[] clean = Fixture.SMALL.ids("clean");
        Gpt2 model = TestModels.model(Fixture.SMALL);
        List<Patch> patches = IntStream.range(0, model.config().layers()).boxed().flatMap(layer -> POINTS.stream()
            .map(point -> new Patch(Site.whole(Hook.of(point, layer)), Source.CLEAN))).toList();

        Logits reused = patched(model, clean, Fixture.SMALL.ids("corrupt"), patches, true);

        Logits run = TestModels.run(model, clean, RunOptions.plain()).logits(-1);
        Fixture.assertClose("logits", tensor(reused), tensor(run), 1e-5);
    }

    private static Patch patch(Random random, Gpt2 model, int length) {
        HookPoint point = POINTS.get(random.nextInt(POINTS.size()));
        int from = random.nextInt(length);
        Positions positions = random.nextBoolean() ? Positions.ALL
            : new Positions(from, from + random.nextInt(length - from));
        OptionalInt head = point.hasHeads() && random.nextBoolean()
            ? OptionalInt.of(random.nextInt(model.config().heads())) : OptionalInt.empty();
        boolean isPattern = point == HookPoint.PATTERN;
        List<Source> sources = List.of(Source.CLEAN, Source.CLEAN, Source.ZERO, Source.MEAN, new Source.Number(0.3f),
            new Source.Attention(FixedAttention.UNIFORM), new Source.Attention(FixedAttention.PREVIOUS));
        int key = random.nextInt(length);
        Site site = new Site(Hook.of(point, random.nextInt(model.config().layers())), head, positions,
            isPattern && random.nextBoolean() ? new Positions(key, key + random.nextInt(length - key)) : Positions.ALL);
        return new Patch(site, sources.get(random.nextInt(isPattern ? sources.size() : 5)),
            random.nextBoolean() ? 1 : random.nextInt(7) / 4.0 - 0.25, isPattern && random.nextBoolean());
    }

    private static Logits patched(Gpt2 model, int[] clean, int[] corrupt, List<Patch> patches, boolean reuse) {
        return TestModels.RUNTIME.call(() -> Experiment.of(model, prompt(clean),
            model.run(clean, RunOptions.plain().keepingDefaults()), prompt(corrupt),
            model.run(corrupt, reuse ? RunOptions.plain().keepingDefaults() : RunOptions.plain()))
            .patched(patches, new Cancellation()));
    }

    private static Prompt prompt(int[] ids) {
        return new Prompt("", false, Arrays.stream(ids).mapToObj(id -> new Token(0, id, "", new byte[0], 0, 0))
            .toList());
    }

    private static Tensor tensor(Logits logits) {
        float[] values = new float[logits.vocabulary()];
        for (int id = 0; id < values.length; id++) {
            values[id] = logits.logit(id);
        }
        return Tensor.of(values, values.length);
    }
}
