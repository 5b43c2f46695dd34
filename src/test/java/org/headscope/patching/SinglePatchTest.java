package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.Positions;
import org.headscope.model.Site;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Tokenizer;
import org.headscope.weights.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Single cells of TransformerLens's sweeps, each patched by a run of its own. */
class SinglePatchTest {

    private static final Map<String, HookPoint> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("z", HookPoint.Z);
        PARTS.put("q", HookPoint.Q);
        PARTS.put("k", HookPoint.K);
        PARTS.put("v", HookPoint.V);
        PARTS.put("pattern", HookPoint.PATTERN);
        PARTS.put("resid_pre", HookPoint.RESID_PRE);
        PARTS.put("resid_mid", HookPoint.RESID_MID);
        PARTS.put("attn_out", HookPoint.ATTN_OUT);
        PARTS.put("mlp_out", HookPoint.MLP_OUT);
    }

    static Stream<Arguments> sweeps() {
        List<String> sweeps = new ArrayList<>(PARTS.keySet());
        PARTS.forEach((name, point) -> {
            if (point.hasHeads()) {
                sweeps.add(name + "_by_pos");
            }
        });
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO)
            .flatMap(fixture -> sweeps.stream().map(sweep -> Arguments.of(fixture, sweep)));
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void cellsAreTransformerLenss(Fixture fixture, String sweep) {
        Tensor logit = fixture.tensor("patch/" + sweep + "/logit");
        Tensor difference = fixture.tensor("patch/" + sweep + "/difference");
        JsonObject metric = fixture.facts().getAsJsonObject("metric");
        int[] pair = Fixture.ints(metric.getAsJsonArray("difference"));
        assertThat(metric.get("logit").getAsInt()).isEqualTo(pair[1]);
        double tolerance = fixture == Fixture.DEMO ? 1e-4 : 5e-6;
        List<int[]> cells = cells(logit.shape());
        Collections.shuffle(cells, new Random(5));
        try (Tokenizer tokenizer = Tokenizer.load(fixture.model().path())) {
            Experiment experiment = experiment(fixture, tokenizer, PARTS.get(sweep.replace("_by_pos", "")));
            for (int[] cell : cells.subList(0, Math.min(fixture == Fixture.DEMO ? 16 : 40, cells.size()))) {
                Site site = site(sweep, cell);
                Logits patched = TestModels.RUNTIME.call(() -> experiment.patched(
                    List.of(new Patch(site, Source.CLEAN)), new Cancellation()));
                assertThat((double) patched.logit(pair[1])).as(site.toString())
                    .isCloseTo(logit.get(cell), within(tolerance * Math.max(1, logit.maxAbs())));
                assertThat((double) patched.logit(pair[0]) - patched.logit(pair[1])).as(site.toString())
                    .isCloseTo(difference.get(cell), within(tolerance * Math.max(1, difference.maxAbs())));
            }
        }
    }

    private static Experiment experiment(Fixture fixture, Tokenizer tokenizer, HookPoint kept) {
        Prompt clean = tokenizer.ofIds(fixture.ids("clean"));
        Prompt corrupt = tokenizer.ofIds(fixture.ids("corrupt"));
        return TestModels.RUNTIME.call(() -> Experiment.run(TestModels.model(fixture), clean, corrupt,
            hook -> hook.point() == kept, new Cancellation()));
    }

    /** Heads of {@code [layer, head]}, positions of {@code [layer, position]}; see the fixtures for the others. */
    private static Site site(String sweep, int[] cell) {
        HookPoint point = PARTS.get(sweep.replace("_by_pos", ""));
        if (!point.hasHeads()) {
            return Site.whole(Hook.of(point, cell[0])).at(Positions.only(cell[1]));
        }
        if (cell.length == 2) {
            return Site.head(point, new Head(cell[0], cell[1]));
        }
        return point.hasKeys() ? Site.head(point, new Head(cell[0], cell[1])).at(Positions.only(cell[2]))
            : Site.head(point, new Head(cell[0], cell[2])).at(Positions.only(cell[1]));
    }

    private static List<int[]> cells(int[] shape) {
        List<int[]> cells = new ArrayList<>(List.of(new int[0]));
        for (int extent : shape) {
            List<int[]> longer = new ArrayList<>();
            for (int[] cell : cells) {
                for (int i = 0; i < extent; i++) {
                    int[] next = Arrays.copyOf(cell, cell.length + 1);
                    next[cell.length] = i;
                    longer.add(next);
                }
            }
            cells = longer;
        }
        return cells;
    }
}
