package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.FixedAttention;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.Positions;
import org.headscope.model.Replacement;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Tokenizer;
import org.headscope.weights.Safetensors;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edges that are cut, patterns that follow a rule, rows that are renormalised, and values put in by a part. */
class PartialPatchTest {

    private static final Fixture TINY = Fixture.TINY;
    private static final Head HEAD = new Head(1, 2);
    private static final Site PATTERN = Site.head(HookPoint.PATTERN, HEAD);

    /** An experiment into each of two runs, whose activations are kept or not. */
    private static Experiment experiment(Fixture fixture, String into, boolean kept) {
        Gpt2 model = TestModels.model(fixture);
        String from = into.equals("clean") ? "corrupt" : "clean";
        try (Tokenizer tokenizer = Tokenizer.load(fixture.model().path())) {
            Prompt source = tokenizer.ofIds(fixture.ids(from));
            Prompt target = tokenizer.ofIds(fixture.ids(into));
            RunOptions options = kept ? RunOptions.plain().keepingDefaults() : RunOptions.plain();
            return Experiment.of(model, source, TestModels.run(model, source.ids(), RunOptions.plain().keepingDefaults()),
                target, TestModels.run(model, target.ids(), options));
        }
    }

    private static Logits patched(Experiment experiment, Patch... patches) {
        return TestModels.RUNTIME.call(() -> experiment.patched(List.of(patches), new Cancellation()));
    }

    private static Tensor tensor(Logits logits) {
        float[] values = new float[logits.vocabulary()];
        IntStream.range(0, values.length).forEach(id -> values[id] = logits.logit(id));
        return Tensor.of(values, values.length);
    }

    // ---- TransformerLens's numbers ----

    static Stream<Fixture> fixtures() {
        return Stream.of(Fixture.TINY, Fixture.SMALL);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void everyCaseGivesTransformerLenssLogits(Fixture fixture) throws IOException {
        Path folder = Fixture.resource("/fixtures/" + fixture);
        JsonArray cases = JsonParser.parseString(Files.readString(folder.resolve("interventions.json"))).getAsJsonArray();
        Tensor expected = Safetensors.open(folder.resolve("interventions.safetensors")).tensor("logits");
        assertThat(cases).hasSizeGreaterThan(80);
        for (String into : List.of("corrupt", "clean")) {
            Experiment whole = experiment(fixture, into, false);
            Experiment reused = experiment(fixture, into, true);
            for (int i = 0; i < cases.size(); i++) {
                JsonObject one = cases.get(i).getAsJsonObject();
                if (one.get("into").getAsString().equals(into)) {
                    Patch[] patches = patches(one.getAsJsonArray("patches"), fixture);
                    Fixture.assertClose(one + " by a whole run", tensor(patched(whole, patches)), expected.slice(i), 1e-5);
                    Fixture.assertClose(one.toString(), tensor(patched(reused, patches)), expected.slice(i), 1e-5);
                }
            }
        }
    }

    private static Patch[] patches(JsonArray described, Fixture fixture) {
        List<Patch> patches = new ArrayList<>();
        for (JsonElement element : described) {
            JsonObject one = element.getAsJsonObject();
            patches.add(new Patch(Site.parse(one.get("at").getAsString(), fixture.model().config()),
                Source.parse(one.get("with").getAsString()).orElseThrow(), one.get("strength").getAsDouble(),
                one.get("renormalize").getAsBoolean()));
        }
        return patches.toArray(Patch[]::new);
    }

    // ---- what must hold anywhere ----

    @ParameterizedTest
    @ValueSource(strings = {"L0H1.z", "L1H2.pattern", "L2H3.q@4", "L1.resid_pre", "L1H2.pattern@6,3", "L0H0.attn_scores"})
    void noStrengthIsNoPatchAndFullStrengthIsTheWholeOne(String at) {
        for (boolean kept : List.of(true, false)) {
            Experiment experiment = experiment(TINY, "corrupt", kept);
            Site site = Site.parse(at, TINY.model().config());

            assertThat(tensor(patched(experiment, new Patch(site, Source.ZERO, 0, false))))
                .isEqualTo(tensor(experiment.corruptLogits()));
            assertThat(tensor(patched(experiment, new Patch(site, Source.ZERO, 1, false))))
                .isEqualTo(tensor(patched(experiment, new Patch(site, Source.ZERO))));
        }
    }

    @Test
    void aPatchWithoutStrengthBesideAnotherLeavesTheOther() {
        Experiment experiment = experiment(TINY, "corrupt", true);
        Patch other = new Patch(Site.head(HookPoint.Z, new Head(0, 1)), Source.CLEAN);

        Fixture.assertClose("logits", tensor(patched(experiment, new Patch(PATTERN, Source.ZERO, 0, false), other)),
            tensor(patched(experiment, other)), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, 0.25, 1, 2})
    void rowsThatAreRenormalisedSumToOneAndKeepTheirShares(double strength) {
        Site edge = PATTERN.edge(7, 3);
        Patch patch = new Patch(edge, Source.ZERO, strength, true);
        Hook hook = edge.hook();
        Tensor before = TestModels.run(TestModels.model(TINY), TINY.ids("corrupt"), RunOptions.plain().keepingDefaults())
            .cache().get(hook);
        Tensor after = TestModels.run(TestModels.model(TINY), TINY.ids("corrupt"), RunOptions.plain().keepingDefaults()
            .with(List.of(patch.intervention(new Replacement.Constant(0))))).cache().get(hook);

        for (int query = 0; query < before.extent(2); query++) {
            float sum = 0;
            for (int key = 0; key < before.extent(3); key++) {
                sum += after.get(0, 2, query, key);
                float own = before.get(0, 2, query, key);
                float cut = query == 7 && key == 3 ? (float) (1 - strength) * own : own;
                float left = query == 7 ? 1 - (float) strength * before.get(0, 2, 7, 3) : 1;
                assertThat(after.get(0, 2, query, key)).isCloseTo(cut / left, within(1e-6f));
            }
            assertThat(sum).isCloseTo(1, within(1e-6f));
        }
    }

    @Test
    void aRowOfWhichNothingIsLeftStaysEmpty() {
        Patch patch = new Patch(PATTERN.edge(0, 0), Source.ZERO, 1, true);
        Tensor after = TestModels.run(TestModels.model(TINY), TINY.ids("corrupt"), RunOptions.plain().keepingDefaults()
            .with(List.of(patch.intervention(new Replacement.Constant(0))))).cache().get(PATTERN.hook());

        assertThat(after.get(0, 2, 0, 0)).isZero();
        assertThat(after.get(0, 2, 1, 0)).isNotZero();
    }

    @ParameterizedTest
    @EnumSource(FixedAttention.class)
    void aPatternByARuleIsCausalAndItsRowsSumToOne(FixedAttention rule) {
        Patch patch = new Patch(PATTERN.at(new Positions(0, 5)), new Source.Attention(rule));
        Tensor after = TestModels.run(TestModels.model(TINY), TINY.ids("clean"), RunOptions.plain().keepingDefaults()
            .with(List.of(patch.intervention(new Replacement.Fixed(rule))))).cache().get(PATTERN.hook());

        for (int query = 0; query <= 5; query++) {
            float sum = 0;
            for (int key = 0; key < after.extent(3); key++) {
                float value = after.get(0, 2, query, key);
                assertThat(key > query ? value : 0).isZero();
                sum += value;
            }
            assertThat(sum).isCloseTo(1, within(1e-6f));
        }
        assertThat(after.get(0, 2, 3, rule == FixedAttention.PREVIOUS ? 2 : 0))
            .isEqualTo(rule == FixedAttention.UNIFORM ? 0.25f : 1f);
    }

    // ---- sweeps ----

    @ParameterizedTest
    @ValueSource(strings = {"uniform", "first", "previous"})
    void aSweepOfPatternsByARuleIsThePatchesOneByOne(String rule) {
        Source source = Source.parse(rule).orElseThrow();
        Experiment experiment = experiment(TINY, "corrupt", true);
        int token = TINY.facts().getAsJsonObject("metric").get("logit").getAsInt();
        try (Tokenizer tokenizer = Tokenizer.load(TINY.modelPath())) {
            Sweep sweep = new Sweep(TestModels.model(TINY), Optional.empty(), tokenizer.ofIds(TINY.ids("corrupt")),
                new SweepKind(HookPoint.PATTERN, SweepKind.By.HEAD), source, new Metric.Logit(token));
            SweepResult result = TestModels.RUNTIME.call(() -> sweep.run(new Cancellation()));

            for (int head = 0; head < 4; head++) {
                Patch patch = new Patch(Site.head(HookPoint.PATTERN, new Head(1, head)), source);
                assertThat(result.get(1, head)).isCloseTo(patched(experiment, patch).logit(token), within(1e-5));
            }
        }
    }

    // ---- what cannot be ----

    @Test
    void whatMakesNoSenseIsRefused() {
        Site z = Site.head(HookPoint.Z, HEAD);
        Source uniform = new Source.Attention(FixedAttention.UNIFORM);

        assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() -> new Patch(z, uniform))
            .withMessageContaining("z is no attention").withMessageContaining("uniform attention");
        assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() -> new Patch(z, Source.ZERO, 1, true))
            .withMessageContaining("L1H2.z");
        assertThatExceptionOfType(ExperimentRefusal.class)
            .isThrownBy(() -> new Patch(z, Source.ZERO, Double.NaN, false)).withMessageContaining("NaN");
        assertThatExceptionOfType(ExperimentRefusal.class)
            .isThrownBy(() -> new Patch(Site.head(HookPoint.ATTN_SCORES, HEAD), Source.ZERO, 1.5, false))
            .withMessageContaining("from 0 to 1");
    }

    @Test
    void whatIsPutInIsSaidInWords() {
        assertThat(new Patch(PATTERN, Source.CLEAN).how()).isEqualTo("clean");
        assertThat(new Patch(PATTERN, Source.ZERO, 0.5, true).how()).isEqualTo("zero at 50 %, rows renormalised");
        assertThat(Patch.percent(10)).isEqualTo("1000 %");
        assertThat(Patch.percent(-0.125)).isEqualTo("−12.5 %");
        assertThat(Patch.percent(0)).isEqualTo("0 %");
    }
}
