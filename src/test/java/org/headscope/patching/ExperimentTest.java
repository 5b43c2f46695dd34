package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.Positions;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.model.SiteRefusal;
import org.headscope.model.Variants;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ExperimentTest {

    private static final Fixture TINY = Fixture.TINY;
    private static final Tokenizer TOKENIZER = Tokenizer.load(TINY.modelPath());
    private static final Prompt CLEAN = TOKENIZER.ofIds(TINY.ids("clean"));
    private static final Prompt CORRUPT = TOKENIZER.ofIds(TINY.ids("corrupt"));
    private static final Prompt LONGER = TOKENIZER.ofIds(TINY.ids("text"));
    private static final Predicate<Hook> EVERYTHING = hook -> true;
    private static final Predicate<Hook> NOTHING = hook -> false;

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    private static Gpt2 model() {
        return TestModels.model(TINY);
    }

    private static Experiment pair(Predicate<Hook> keep) {
        return TestModels.RUNTIME.call(() -> Experiment.run(model(), CLEAN, CORRUPT, keep, new Cancellation()));
    }

    private static Logits patched(Experiment experiment, Patch... patches) {
        return TestModels.RUNTIME.call(() -> experiment.patched(List.of(patches), new Cancellation()));
    }

    private static Patch patch(String site, Source source) {
        return new Patch(Site.parse(site, model().config()), source);
    }

    private static void assertClose(Logits actual, Logits expected) {
        for (int id = 0; id < expected.vocabulary(); id++) {
            assertThat(actual.logit(id)).isCloseTo(expected.logit(id), within(5e-5f));
        }
    }

    private static void assertEqual(Logits actual, Logits expected) {
        for (int id = 0; id < expected.vocabulary(); id++) {
            assertThat(actual.logit(id)).isEqualTo(expected.logit(id));
        }
    }

    @Test
    void noPatchesAreTheCorruptRun() {
        Experiment experiment = pair(EVERYTHING);

        assertEqual(patched(experiment), experiment.corruptLogits());
    }

    @Test
    void everySiteAtOnceIsTheCleanRun() {
        Experiment experiment = pair(EVERYTHING);
        Patch[] all = Hook.all(model().config().layers()).stream().filter(hook -> Variants.canDifferAt(hook.point()))
            .map(hook -> new Patch(Site.whole(hook), Source.CLEAN)).toArray(Patch[]::new);

        assertThat(all).hasSize(3 * 11);
        assertClose(patched(experiment, all), experiment.cleanLogits().orElseThrow());
        assertClose(patched(pair(NOTHING), all), experiment.cleanLogits().orElseThrow());
    }

    @Test
    void severalPatchesActTogether() {
        Experiment experiment = pair(EVERYTHING);

        assertClose(patched(experiment, patch("L0.resid_pre@0-3", Source.CLEAN), patch("L0.resid_pre@4-7", Source.CLEAN)),
            experiment.cleanLogits().orElseThrow());
        // At one place the later one stands.
        assertEqual(patched(experiment, patch("L1H2.z", Source.ZERO), patch("L1H2.z", Source.CLEAN)),
            patched(experiment, patch("L1H2.z", Source.CLEAN)));
        assertEqual(patched(experiment, patch("L1H2.z", Source.CLEAN), patch("L1H2.z", Source.ZERO)),
            patched(experiment, patch("L1H2.z", Source.ZERO)));
    }

    @Test
    void positionsBeforeTheFirstDifferenceChangeNothing() {
        Experiment experiment = pair(EVERYTHING);
        int first = CLEAN.firstDifference(CORRUPT);

        assertThat(first).isPositive();
        for (String site : List.of("L1H2.z@0-", "L0.resid_pre@0-", "L2H1.pattern@0-", "L2.ln1.scale@0-")) {
            assertEqual(patched(experiment, patch(site + (first - 1), Source.CLEAN)), experiment.corruptLogits());
        }
        // What puts back what another patch took away does something.
        assertClose(patched(experiment, patch("L1H2.z", Source.ZERO), patch("L1H2.z@0-" + (first - 1), Source.CLEAN)),
            patched(experiment, patch("L1H2.z@%d-7".formatted(first), Source.ZERO)));
        assertClose(patched(experiment, patch("L1H2.z@" + first + "-7", Source.CLEAN)),
            patched(experiment, patch("L1H2.z", Source.CLEAN)));
    }

    @Test
    void whatTheCleanRunDidNotKeepIsComputedAgain() {
        Patch[] patches = {patch("L1H2.z", Source.CLEAN), patch("L2.mlp_in@7", Source.CLEAN), patch("L0H1.k", Source.ZERO)};

        assertClose(patched(pair(NOTHING), patches), patched(pair(EVERYTHING), patches));
        assertClose(patched(pair(hook -> hook.point() == HookPoint.Z), patches), patched(pair(EVERYTHING), patches));
    }

    @Test
    void runsThatHaveBeenMadeAreUsedAsTheyAre() {
        RunOptions all = RunOptions.plain().keeping(EVERYTHING);
        Experiment experiment = Experiment.of(model(), CLEAN, TestModels.run(model(), CLEAN.ids(), all), CORRUPT,
            TestModels.run(model(), CORRUPT.ids(), RunOptions.plain()));

        assertClose(experiment.corruptLogits(), pair(NOTHING).corruptLogits());
        assertClose(patched(experiment, patch("L1H2.z", Source.CLEAN)),
            patched(pair(NOTHING), patch("L1H2.z", Source.CLEAN)));
    }

    @Test
    void readoutsHoldAllThreeRuns() {
        Experiment experiment = pair(EVERYTHING);
        Logits patched = patched(experiment, patch("L2.resid_post", Source.CLEAN));
        Readout readout = experiment.readout(TINY.facts().getAsJsonObject("metric").get("logit").getAsInt(),
            Optional.of(patched));

        assertThat(readout.clean().orElseThrow().logit())
            .isCloseTo(TINY.facts().getAsJsonObject("metric").getAsJsonObject("clean").get("logit").getAsFloat(),
                within(3e-5f));
        assertThat(readout.corrupt().logit())
            .isCloseTo(TINY.facts().getAsJsonObject("metric").getAsJsonObject("corrupt").get("logit").getAsFloat(),
                within(3e-5f));
        assertThat(readout.recovered()).hasValueCloseTo(1.0, within(1e-4));
    }

    @Test
    void ablationNeedsNoCleanPrompt() {
        Experiment alone = TestModels.RUNTIME.call(() -> Experiment.run(model(), CORRUPT, new Cancellation()));

        assertThat(alone.cleanLogits()).isEmpty();
        for (Source source : List.of(Source.ZERO, Source.MEAN, new Source.Number(0.5f))) {
            assertEqual(patched(alone, patch("L1H2.z", source)), patched(pair(NOTHING), patch("L1H2.z", source)));
        }
        assertThatExceptionOfType(ExperimentRefusal.class)
            .isThrownBy(() -> patched(alone, patch("L1H2.z", Source.CLEAN))).withMessageContaining("needs a clean prompt");
    }

    @Test
    void promptsOfDifferentLengthsAreRefusedWithBothLengths() {
        assertThatExceptionOfType(ExperimentRefusal.class)
            .isThrownBy(() -> Experiment.checkPair(LONGER, CORRUPT)).withMessageContaining("14 and 8 tokens");
        assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() -> TestModels.RUNTIME.call(
            () -> Experiment.run(model(), LONGER, CORRUPT, EVERYTHING, new Cancellation())));

        RunOptions all = RunOptions.plain().keeping(EVERYTHING);
        Experiment made = Experiment.of(model(), LONGER, TestModels.run(model(), LONGER.ids(), all), CORRUPT,
            TestModels.run(model(), CORRUPT.ids(), all));
        assertThatExceptionOfType(ExperimentRefusal.class)
            .isThrownBy(() -> patched(made, patch("L1H2.z", Source.CLEAN))).withMessageContaining("14 and 8 tokens");
        assertThat(patched(made, patch("L1H2.z", Source.ZERO)).vocabulary()).isEqualTo(440);
    }

    @Test
    void thePromptItselfIsNoCleanOne() {
        assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() -> Experiment.checkPair(CORRUPT, CORRUPT))
            .withMessageContaining("the same");
    }

    @Test
    void placesThatAreNotThereAreRefusedWhateverIsPutThere() {
        Experiment experiment = pair(NOTHING);
        Stream.of(Source.CLEAN, Source.ZERO, Source.MEAN).forEach(source -> {
            assertThatExceptionOfType(SiteRefusal.class)
                .isThrownBy(() -> patched(experiment, patch("L1H2.z@8", source))).withMessageContaining("position 8");
            for (Head head : List.of(new Head(3, 0), new Head(0, 4))) {
                Patch nowhere = new Patch(Site.head(HookPoint.Z, head).at(Positions.only(7)), source);
                assertThatExceptionOfType(SiteRefusal.class).isThrownBy(() -> patched(experiment, nowhere))
                    .withMessageContaining(head.toString());
            }
        });
    }

    @Test
    void aRaisedFlagStopsEveryKindOfWork() {
        Cancellation raised = new Cancellation();
        raised.request();
        Experiment experiment = pair(NOTHING);

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> TestModels.RUNTIME.call(
            () -> Experiment.run(model(), CLEAN, CORRUPT, EVERYTHING, raised)));
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> TestModels.RUNTIME.call(
            () -> experiment.patched(List.of(patch("L1H2.z", Source.CLEAN)), raised)));
    }

    @Test
    void manyPatchesLeaveTheModelAsItWas() {
        Experiment experiment = pair(EVERYTHING);
        List<Logits> first = all(experiment);

        List<Logits> second = all(experiment);

        IntStream.range(0, first.size()).forEach(i -> assertEqual(second.get(i), first.get(i)));
    }

    private static List<Logits> all(Experiment experiment) {
        return IntStream.range(0, 12).boxed().flatMap(i -> Stream.of(HookPoint.Z, HookPoint.PATTERN, HookPoint.K)
            .map(point -> patched(experiment,
                new Patch(Site.head(point, new Head(i / 4, i % 4)), i % 2 == 0 ? Source.CLEAN : Source.MEAN)))).toList();
    }
}
