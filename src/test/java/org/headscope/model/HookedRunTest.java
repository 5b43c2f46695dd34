package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.TestModels.model;
import static org.headscope.TestModels.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run keeps, where it stops, whom it tells, and what it refuses. */
class HookedRunTest {

    private static final Fixture TINY = Fixture.TINY;
    private static final int[] CLEAN = TINY.ids("clean");
    private static final RunOptions EVERYTHING = RunOptions.plain().keeping(hook -> true);

    static Stream<Fixture> fixtures() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void patternsAreCausalAndTheirRowsSumToOne(Fixture fixture) {
        int[] ids = fixture.ids("text");
        Run run = run(model(fixture), ids, EVERYTHING);
        for (int layer = 0; layer < model(fixture).config().layers(); layer++) {
            for (int head = 0; head < model(fixture).config().heads(); head++) {
                Tensor pattern = run.cache().pattern(new Head(layer, head));
                Tensor scores = run.cache().get(HookPoint.ATTN_SCORES, layer).slice(0, head);
                for (int query = 0; query < ids.length; query++) {
                    double sum = 0;
                    for (int key = 0; key < ids.length; key++) {
                        sum += pattern.get(query, key);
                        if (key > query) {
                            assertThat(pattern.get(query, key)).isZero();
                            assertThat(scores.get(query, key)).isEqualTo(Float.NEGATIVE_INFINITY);
                        } else {
                            assertThat(scores.get(query, key)).isFinite();
                        }
                    }
                    assertThat(sum).isCloseTo(1, within(1e-6));
                }
            }
        }
    }

    @Test
    void theCacheHoldsWhatFiredInItsOrder() {
        List<Hook> all = Hook.all(3);

        assertThat(run(model(TINY), CLEAN, RunOptions.plain()).cache().hooks()).isEmpty();
        assertThat(run(model(TINY), CLEAN, EVERYTHING).cache().hooks()).containsExactlyElementsOf(all);
        assertThat(run(model(TINY), CLEAN, RunOptions.plain().keepingDefaults()).cache().hooks())
            .containsExactlyElementsOf(all.stream().filter(hook -> !hook.point().onlyOnRequest()).toList());
        // TransformerLens's own count for three layers.
        assertThat(run(model(TINY), CLEAN, RunOptions.plain().keepingDefaults()).cache().hooks()).hasSize(55);
    }

    @Test
    void whatIsKeptOnRequestHasTransformerLenssShapesAndChangesNothing() {
        Run plain = run(model(TINY), CLEAN, RunOptions.plain());
        Map<HookPoint, int[]> shapes = new LinkedHashMap<>();
        for (HookPoint input : List.of(HookPoint.ATTN_IN, HookPoint.Q_INPUT, HookPoint.K_INPUT, HookPoint.V_INPUT,
            HookPoint.RESULT)) {
            shapes.put(input, new int[] {1, 8, 4, 48});
        }
        shapes.put(HookPoint.MLP_IN, new int[] {1, 8, 48});
        shapes.forEach((point, shape) -> {
            Run run = run(model(TINY), CLEAN, RunOptions.plain().keeping(hook -> hook.point() == point
                || hook.point() == HookPoint.RESID_PRE || hook.point() == HookPoint.RESID_MID));
            for (int layer = 0; layer < 3; layer++) {
                Tensor kept = run.cache().get(point, layer);
                assertThat(kept.shape()).as(point.toString()).isEqualTo(shape);
                if (kept.rank() == 4 && point != HookPoint.RESULT) {
                    for (int position = 0; position < 8; position++) {
                        for (int head = 0; head < 4; head++) {
                            assertThat(kept.slice(0, position, head))
                                .isEqualTo(run.cache().get(HookPoint.RESID_PRE, layer).slice(0, position));
                        }
                    }
                }
                if (point == HookPoint.MLP_IN) {
                    assertThat(kept).isEqualTo(run.cache().get(HookPoint.RESID_MID, layer));
                }
            }
            Fixture.assertClose(point.toString(), run.output(), plain.output(), 1e-6);
        });
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void headResultsAreTransformerLenss(Fixture fixture) {
        Run run = run(model(fixture), fixture.ids("clean"), EVERYTHING);
        for (int layer = 0; layer < model(fixture).config().layers(); layer++) {
            Hook result = Hook.of(HookPoint.RESULT, layer);
            Fixture.assertClose(result.name(), run.cache().get(result), fixture.tensor("clean/" + result.name()), 5e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, -1, -2, -3})
    void stoppingAtALayerGivesWhatFlowsIntoIt(int stop) {
        int layer = stop < 0 ? stop + 3 : stop;
        ActivationCache whole = run(model(TINY), CLEAN, EVERYTHING).cache();
        Run run = run(model(TINY), CLEAN, EVERYTHING.stoppingAt(stop));

        assertThat(run.output()).isEqualTo(layer == 3 ? whole.get(HookPoint.RESID_POST, 2)
            : whole.get(HookPoint.RESID_PRE, layer));
        assertThat(run.cache().hooks()).containsExactlyElementsOf(
            Hook.all(3).stream().filter(hook -> hook.layer() < layer && !hook.name().startsWith("ln_final")).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, -4, 100, Integer.MIN_VALUE})
    void layersThatAreNotThereCannotBeStoppedAt(int stop) {
        assertThatExceptionOfType(SiteRefusal.class)
            .isThrownBy(() -> run(model(TINY), CLEAN, RunOptions.plain().stoppingAt(stop)))
            .withMessageContaining("layer " + stop).withMessageContaining("0 to 2");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theLastLogitsAloneAreThoseOfTheLastRow(Fixture fixture) {
        int[] ids = fixture.ids("text");
        Run all = run(model(fixture), ids, RunOptions.plain());
        Run last = run(model(fixture), ids, RunOptions.plain().lastLogitsOnly());

        assertThat(last.output().shape()).containsExactly(1, 1, model(fixture).config().vocabulary());
        Tensor expected = all.output().slice(0, ids.length - 1);
        Fixture.assertClose("last", last.output().slice(0, 0), expected, 1e-6);
        assertThat(last.logits(-1).top(1).get(0).id()).isEqualTo(all.logits(ids.length - 1).top(1).get(0).id());
    }

    @Test
    void laterTokensChangeNothingBefore() {
        Run longer = run(model(TINY), CLEAN, RunOptions.plain());
        for (int length = 1; length < CLEAN.length; length++) {
            Run shorter = run(model(TINY), IntStream.of(CLEAN).limit(length).toArray(), RunOptions.plain());
            for (int position = 0; position < length; position++) {
                Fixture.assertClose("logits", shorter.output().slice(0, position), longer.output().slice(0, position),
                    2e-6);
            }
        }
    }

    @Test
    void aPromptOfOneTokenHasNoLoss() {
        Run run = run(model(TINY), new int[] {439}, EVERYTHING);

        assertThat(run.loss(new int[] {439})).isNaN();
        assertThat(run.cache().pattern(new Head(0, 0))).isEqualTo(Tensor.of(new float[] {1}, 1, 1));
    }

    @Test
    void promptsThatDoNotFitAreRefusedWithCounts() {
        assertRefused(new int[0], "no tokens");
        assertRefused(new int[65], "65 tokens", "at most 64", "shorten it by 1");
        assertRefused(new int[2_000], "2,000 tokens", "shorten it by 1,936");
        assertRefused(new int[] {1, 440}, "id 440", "0 to 439");
        assertRefused(new int[] {-1}, "id -1", "0 to 439");
        assertThat(run(model(TINY), new int[64], RunOptions.plain()).output().extent(1)).isEqualTo(64);
    }

    private static void assertRefused(int[] ids, String... causes) {
        assertThatExceptionOfType(ContextRefusal.class)
            .isThrownBy(() -> run(model(TINY), ids, RunOptions.plain())).withMessageContainingAll(causes);
    }

    @Test
    void theListenerHearsOfEveryLayerWithWhatHasBeenKept() {
        List<Integer> layers = new ArrayList<>();
        List<ActivationCache> soFar = new ArrayList<>();
        Run run = run(model(TINY), CLEAN, EVERYTHING.tellingLayers((layer, cache) -> {
            layers.add(layer);
            soFar.add(cache);
        }));

        assertThat(layers).containsExactly(0, 1, 2);
        for (int layer = 0; layer < 3; layer++) {
            assertThat(soFar.get(layer).hooks()).startsWith(Hook.of(HookPoint.EMBED))
                .endsWith(Hook.of(HookPoint.RESID_POST, layer));
            assertThat(soFar.get(layer).pattern(new Head(layer, 3))).isEqualTo(run.cache().pattern(new Head(layer, 3)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aRaisedFlagStopsTheRunAfterTheLayerAndTheNextOneWorks(int after) {
        Tensor expected = run(model(TINY), CLEAN, RunOptions.plain()).output();
        Cancellation flag = new Cancellation();
        List<Integer> layers = new ArrayList<>();
        RunOptions options = RunOptions.plain().cancelledBy(flag).tellingLayers((layer, cache) -> {
            layers.add(layer);
            if (layer == after) {
                flag.request();
            }
        });

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> run(model(TINY), CLEAN, options));

        assertThat(layers).hasSize(after + 1);
        assertThat(flag.isRequested()).isTrue();
        assertThat(run(model(TINY), CLEAN, RunOptions.plain()).output()).isEqualTo(expected);
    }

    @Test
    void aFlagThatIsUpAlreadyStopsEverything() {
        Cancellation flag = new Cancellation();
        flag.request();
        List<Integer> layers = new ArrayList<>();

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> run(model(TINY), CLEAN,
            RunOptions.plain().cancelledBy(flag).tellingLayers((layer, cache) -> layers.add(layer))));
        assertThat(layers).isEmpty();
    }

    @Test
    void aListenerThatFailsEndsTheRunWithItsFailure() {
        IllegalStateException failure = new IllegalStateException("the listener's");
        RunOptions options = RunOptions.plain().tellingLayers((layer, cache) -> {
            throw failure;
        });

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> run(model(TINY), CLEAN, options))
            .isSameAs(failure);
    }

    @Test
    void whatWasNotKeptIsNamed() {
        ActivationCache cache = run(model(TINY), CLEAN, RunOptions.plain()).cache();

        assertThat(cache.find(Hook.of(HookPoint.Z, 0))).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> cache.get(HookPoint.Z, 0))
            .withMessageContaining("blocks.0.attn.hook_z");
    }
}
