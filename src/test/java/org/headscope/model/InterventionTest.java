package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.TestModels.model;
import static org.headscope.TestModels.run;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of replacement at every hook point, through whole runs. */
class InterventionTest {

    private static final Fixture TINY = Fixture.TINY;
    private static final int[] CLEAN = TINY.ids("clean");
    private static final int[] CORRUPT = TINY.ids("corrupt");
    private static final RunOptions EVERYTHING = RunOptions.plain().keeping(hook -> true);

    private static Hook hook(HookPoint point, int layer) {
        return point.inLayers() ? Hook.of(point, layer) : Hook.of(point);
    }

    private static Tensor logits(int[] ids, Intervention... changes) {
        return run(model(TINY), ids, RunOptions.plain().with(List.of(changes))).output();
    }

    private static Tensor logits(int[] ids, Site site, Replacement replacement) {
        return logits(ids, new Intervention(site, replacement));
    }

    private static ActivationCache cleanCache() {
        return run(model(TINY), CLEAN, EVERYTHING).cache();
    }

    private static void assertSame(Tensor actual, Tensor expected) {
        Fixture.assertClose("logits", actual, expected, 2e-6);
    }

    static Stream<Hook> allHooks() {
        return Hook.all(3).stream();
    }

    // ---- what must change nothing ----

    @ParameterizedTest
    @MethodSource("allHooks")
    void aRunsOwnValuesChangeNothing(Hook hook) {
        Tensor expected = logits(CORRUPT);
        ActivationCache own = run(model(TINY), CORRUPT, EVERYTHING).cache();

        assertSame(logits(CORRUPT, Site.whole(hook), new Replacement.FromRun(own)), expected);
        assertSame(logits(CORRUPT, Site.whole(hook), new Replacement.Values(own.get(hook))), expected);
        assertSame(logits(CORRUPT, Site.whole(hook), new Replacement.Scale(1)), expected);
    }

    @Test
    void noInterventionsAreTheRunBitForBit() {
        assertThat(run(model(TINY), CORRUPT, RunOptions.plain().with(List.of())).output()).isEqualTo(logits(CORRUPT));
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    void theMeanOfAPromptOfOneTokenIsItsOwnValue(HookPoint point) {
        int[] one = {7};

        assertSame(logits(one, Site.whole(hook(point, 1)), new Replacement.Mean()), logits(one));
    }

    // ---- what must give the clean run ----

    @ParameterizedTest
    @EnumSource(value = HookPoint.class, names = {"RESID_PRE", "RESID_MID", "RESID_POST"})
    void theWholeCleanResidualStreamIsTheCleanRun(HookPoint point) {
        for (int layer = 0; layer < 3; layer++) {
            assertSame(logits(CORRUPT, Site.whole(Hook.of(point, layer)), new Replacement.FromRun(cleanCache())),
                logits(CLEAN));
        }
    }

    @Test
    void theCleanEmbeddingsAndTheCleanEndAreTheCleanRun() {
        Replacement clean = new Replacement.FromRun(cleanCache());

        assertSame(logits(CORRUPT, Site.whole(Hook.of(HookPoint.EMBED)), clean), logits(CLEAN));
        assertSame(logits(CORRUPT, Site.whole(Hook.of(HookPoint.LN_FINAL_NORMALIZED)), clean), logits(CLEAN));
    }

    @Test
    void everythingThatTheStreamIsMadeOfIsTheCleanRun() {
        Replacement clean = new Replacement.FromRun(cleanCache());
        Intervention[] all = Hook.all(3).stream()
            .filter(hook -> !hook.point().onlyOnRequest())
            .map(hook -> new Intervention(Site.whole(hook), clean)).toArray(Intervention[]::new);

        assertSame(logits(CORRUPT, all), logits(CLEAN));
    }

    @Test
    void everyHeadsCleanValuesBesideTheCleanInputsOfTheRestAreTheCleanRun() {
        Replacement clean = new Replacement.FromRun(cleanCache());
        Intervention[] parts = Stream.concat(Stream.of(new Intervention(Site.whole(Hook.of(HookPoint.EMBED)), clean)),
            Stream.of(0, 1, 2).flatMap(layer -> Stream.of(HookPoint.Z, HookPoint.MLP_POST)
                .map(point -> new Intervention(Site.whole(Hook.of(point, layer)), clean))))
            .toArray(Intervention[]::new);

        assertSame(logits(CORRUPT, parts), logits(CLEAN));
    }

    // ---- equal ways to the same change ----

    @ParameterizedTest
    @MethodSource("heads")
    void aHeadsResultIsAsGoodAsItsZ(int layer, int head) {
        Replacement clean = new Replacement.FromRun(cleanCache());

        assertSame(logits(CORRUPT, Site.head(HookPoint.RESULT, new Head(layer, head)), clean),
            logits(CORRUPT, Site.head(HookPoint.Z, new Head(layer, head)), clean));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void aHeadsInputIsAsGoodAsItsQueryKeyOrValue(int layer, int head) {
        Replacement clean = new Replacement.FromRun(cleanCache());
        HookPoint[][] pairs = {{HookPoint.Q_INPUT, HookPoint.Q}, {HookPoint.K_INPUT, HookPoint.K},
            {HookPoint.V_INPUT, HookPoint.V}};
        for (HookPoint[] pair : pairs) {
            Positions some = new Positions(3, 7);
            assertSame(logits(CORRUPT, Site.head(pair[0], new Head(layer, head)).at(some), clean),
                logits(CORRUPT, Site.head(pair[1], new Head(layer, head)).at(some), clean));
        }
        assertSame(logits(CORRUPT, Site.head(HookPoint.ATTN_IN, new Head(layer, head)), clean),
            logits(CORRUPT, Stream.of(HookPoint.Q, HookPoint.K, HookPoint.V)
                .map(point -> new Intervention(Site.head(point, new Head(layer, head)), clean))
                .toArray(Intervention[]::new)));
    }

    static Stream<Arguments> heads() {
        return Stream.of(Arguments.of(0, 3), Arguments.of(1, 0), Arguments.of(2, 2));
    }

    @ParameterizedTest
    @EnumSource(value = HookPoint.class, names = {"Q_INPUT", "K_INPUT", "V_INPUT", "ATTN_IN"})
    void allHeadsInputsChangeTheAttentionButNotTheStream(HookPoint point) {
        Replacement clean = new Replacement.FromRun(cleanCache());
        Run patched = run(model(TINY), CORRUPT,
            EVERYTHING.with(List.of(new Intervention(Site.whole(Hook.of(point, 1)), clean))));
        Run corrupt = run(model(TINY), CORRUPT, EVERYTHING);

        assertThat(patched.cache().get(HookPoint.RESID_PRE, 1)).isEqualTo(corrupt.cache().get(HookPoint.RESID_PRE, 1));
        HookPoint made = switch (point) {
            case Q_INPUT, ATTN_IN -> HookPoint.Q;
            case K_INPUT -> HookPoint.K;
            default -> HookPoint.V;
        };
        Fixture.assertClose(made.name(), patched.cache().get(made, 1), cleanCache().get(made, 1), 2e-6);
        assertThat(patched.output()).isNotEqualTo(corrupt.output());
    }

    @Test
    void anEditedSharedInputIsNotReadWhereAHeadHasOneOfItsOwn() {
        Intervention own = new Intervention(Site.whole(Hook.of(HookPoint.Q_INPUT, 1)), new Replacement.Scale(2));
        Intervention shared = new Intervention(Site.whole(Hook.of(HookPoint.ATTN_IN, 1)), new Replacement.Constant(0));

        assertThat(logits(CORRUPT, own, shared)).isEqualTo(logits(CORRUPT, own));
    }

    @Test
    void headsInputsAndTheirNormCannotBothBeEdited() {
        Intervention input = new Intervention(Site.whole(Hook.of(HookPoint.Q_INPUT, 1)), new Replacement.Scale(2));
        Intervention norm = new Intervention(Site.whole(Hook.of(HookPoint.LN1_SCALE, 1)), new Replacement.Scale(2));

        assertThatExceptionOfType(SiteRefusal.class).isThrownBy(() -> logits(CORRUPT, input, norm))
            .withMessageContaining("ln1 of layer 1");
    }

    @Test
    void anEditedMlpInputLeavesTheResidualStreamAlone() {
        Intervention edit = new Intervention(Site.whole(Hook.of(HookPoint.MLP_IN, 1)), new Replacement.Constant(0.5f));
        ActivationCache edited = run(model(TINY), CORRUPT, EVERYTHING.with(List.of(edit))).cache();
        ActivationCache before = run(model(TINY), CORRUPT, EVERYTHING).cache();

        assertThat(edited.get(HookPoint.RESID_MID, 1)).isEqualTo(before.get(HookPoint.RESID_MID, 1));
        assertThat(edited.get(HookPoint.MLP_OUT, 1)).isNotEqualTo(before.get(HookPoint.MLP_OUT, 1));
        Tensor post = edited.get(HookPoint.RESID_POST, 1);
        for (int i = 0; i < post.size(); i++) {
            assertThat(post.at(i)).isCloseTo(
                edited.get(HookPoint.RESID_MID, 1).at(i) + edited.get(HookPoint.MLP_OUT, 1).at(i), within(1e-6f));
        }
    }

    // ---- what exactly is changed ----

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    void onlyTheSitesPartIsReplacedByEveryKind(HookPoint point) {
        Hook hook = hook(point, 1);
        Tensor before = run(model(TINY), CORRUPT, EVERYTHING).cache().get(hook);
        ActivationCache clean = cleanCache();
        Site site = (point.hasHeads() ? Site.head(point, new Head(1, 2)) : Site.whole(hook)).at(new Positions(2, 4));
        List<Replacement> replacements = List.of(new Replacement.FromRun(clean), new Replacement.Values(clean.get(hook)),
            new Replacement.Constant(0.25f), new Replacement.Mean(), new Replacement.Scale(-3));
        for (Replacement replacement : replacements) {
            Tensor after = run(model(TINY), CORRUPT,
                EVERYTHING.with(List.of(new Intervention(site, replacement)))).cache().get(hook);
            for (int flat = 0; flat < before.size(); flat++) {
                int[] place = place(flat, before.shape());
                boolean inside = place[positionAxis(point)] >= 2 && place[positionAxis(point)] <= 4
                    && (!point.hasHeads() || place[headAxis(point)] == 2);
                Float expected = inside ? expected(replacement, point, before, clean.get(hook), place)
                    : Float.valueOf(before.at(flat));
                // −∞ and NaN are equal to themselves as objects.
                assertThat(Float.valueOf(after.at(flat))).as("%s %s %s", site, replacement, Arrays.toString(place))
                    .satisfies(value -> assertThat(value.equals(expected)
                        || Math.abs(value - expected) <= 1e-6 * Math.abs(expected)).isTrue());
            }
        }
    }

    private static int positionAxis(HookPoint point) {
        return point.hasKeys() ? 2 : 1;
    }

    private static int headAxis(HookPoint point) {
        return point.hasKeys() ? 1 : 2;
    }

    private static int[] place(int flat, int[] shape) {
        int[] place = new int[shape.length];
        int rest = flat;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return place;
    }

    private static Float expected(Replacement replacement, HookPoint point, Tensor before, Tensor clean, int[] place) {
        if (replacement instanceof Replacement.Constant) {
            return 0.25f;
        }
        if (replacement instanceof Replacement.Scale) {
            return -3 * before.get(place);
        }
        if (!(replacement instanceof Replacement.Mean)) {
            return clean.get(place);
        }
        double sum = 0;
        int[] at = place.clone();
        int length = before.extent(positionAxis(point));
        for (int position = 0; position < length; position++) {
            at[positionAxis(point)] = position;
            sum += before.get(at);
        }
        return (float) (sum / length);
    }

    @ParameterizedTest
    @EnumSource(value = HookPoint.class, names = {"PATTERN", "ATTN_SCORES"})
    void anEdgeIsOneNumber(HookPoint point) {
        Site edge = Site.head(point, new Head(1, 2)).edge(5, 3);
        Tensor before = run(model(TINY), CORRUPT, EVERYTHING).cache().get(point, 1);
        Tensor after = run(model(TINY), CORRUPT,
            EVERYTHING.with(List.of(new Intervention(edge, new Replacement.Constant(9))))).cache().get(point, 1);

        float[] expected = before.toArray();
        expected[(2 * 8 + 5) * 8 + 3] = 9;
        assertThat(after).isEqualTo(Tensor.of(expected, 1, 4, 8, 8));
    }

    @Test
    void scoresThatAreAllMinusInfinityAttendToNothing() {
        Site row = Site.head(HookPoint.ATTN_SCORES, new Head(1, 2)).at(Positions.only(5));
        Run edited = run(model(TINY), CORRUPT,
            EVERYTHING.with(List.of(new Intervention(row, new Replacement.Constant(Float.NEGATIVE_INFINITY)))));

        assertThat(edited.cache().pattern(new Head(1, 2)).slice(5).toArray()).containsOnly(0);
        assertThat(edited.cache().pattern(new Head(1, 2)).slice(4))
            .isEqualTo(run(model(TINY), CORRUPT, EVERYTHING).cache().pattern(new Head(1, 2)).slice(4));
        assertThat(edited.cache().get(HookPoint.Z, 1).slice(0, 5, 2).toArray()).containsOnly(0);
        assertThat(edited.output().maxAbs()).isFinite();
    }

    @Test
    void editedPatternsAreNotRenormalised() {
        Site all = Site.whole(Hook.of(HookPoint.PATTERN, 0));
        Run doubled = run(model(TINY), CORRUPT,
            EVERYTHING.with(List.of(new Intervention(all, new Replacement.Scale(2)))));
        ActivationCache before = run(model(TINY), CORRUPT, EVERYTHING).cache();

        for (int i = 0; i < before.get(HookPoint.Z, 0).size(); i++) {
            assertThat(doubled.cache().get(HookPoint.Z, 0).at(i))
                .isCloseTo(2 * before.get(HookPoint.Z, 0).at(i), within(1e-6f));
        }
    }

    @Test
    void severalInterventionsAtOneHookActInTheirOrder() {
        Site site = Site.head(HookPoint.Z, new Head(1, 2)).at(Positions.only(7));
        Intervention two = new Intervention(site, new Replacement.Constant(2));
        Intervention half = new Intervention(site, new Replacement.Scale(0.5f));

        assertThat(logits(CORRUPT, two, half)).isEqualTo(logits(CORRUPT, site, new Replacement.Constant(1)));
        assertThat(logits(CORRUPT, half, two)).isEqualTo(logits(CORRUPT, site, new Replacement.Constant(2)));
    }

    // ---- refusals ----

    @Test
    void placesThatARunDoesNotHaveAreRefused() {
        Replacement zero = new Replacement.Constant(0);

        assertRefused("layer 3", RunOptions.plain(), Site.head(HookPoint.Z, new Head(3, 0)), zero);
        assertRefused("head 4", RunOptions.plain(), Site.head(HookPoint.Z, new Head(0, 4)), zero);
        assertRefused("head 4", RunOptions.plain(), Site.head(HookPoint.PATTERN, new Head(0, 4)), zero);
        assertRefused("position 8", RunOptions.plain(), Site.whole(Hook.of(HookPoint.EMBED)).at(Positions.only(8)), zero);
        assertRefused("position 8", RunOptions.plain(), Site.head(HookPoint.PATTERN, new Head(0, 0)).edge(7, 8), zero);
        assertRefused("stops before layer 1", RunOptions.plain().stoppingAt(1), Site.head(HookPoint.Z, new Head(1, 0)),
            zero);
        assertRefused("ln_final", RunOptions.plain().stoppingAt(-1), Site.whole(Hook.of(HookPoint.LN_FINAL_SCALE)), zero);
    }

    @Test
    void valuesOfAnotherShapeAreRefused() {
        ActivationCache longer = run(model(TINY), TINY.ids("text"), EVERYTHING).cache();

        assertRefused("as many tokens", RunOptions.plain(), Site.head(HookPoint.Z, new Head(0, 0)),
            new Replacement.FromRun(longer));
        assertRefused("[3]", RunOptions.plain(), Site.head(HookPoint.Z, new Head(0, 0)),
            new Replacement.Values(Tensor.of(new float[3], 3)));
    }

    private static void assertRefused(String cause, RunOptions options, Site site, Replacement replacement) {
        assertThatExceptionOfType(SiteRefusal.class).isThrownBy(
            () -> run(model(TINY), CORRUPT, options.with(List.of(new Intervention(site, replacement)))))
            .withMessageContaining(cause);
    }
}
