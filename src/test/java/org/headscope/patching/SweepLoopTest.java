package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Intervention;
import org.headscope.model.Replacement;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.model.Variants;
import org.headscope.patching.SweepKind.By;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sweeps of random pairs against a plain loop of whole forward passes, one a cell. */
class SweepLoopTest {

    private static final double TOLERANCE = 1e-5;
    private static final int CASES_A_KIND = 12;
    private static final int COMPARED_CELLS = 8;
    private static final int EVERYTHING = 1_000_000;

    /** @param changed how many positions differ between the prompts */
    private record Case(int seed, Fixture fixture, SweepKind kind, Source source, Metric metric, int tokens,
                        int changed, int rows) {

        Gpt2 model() {
            return TestModels.model(fixture);
        }

        Pair pair() {
            Random random = new Random(seed);
            int vocabulary = model().config().vocabulary();
            int[] clean = random.ints(tokens, 0, vocabulary).toArray();
            int[] corrupt = clean.clone();
            List<Integer> positions = new ArrayList<>(IntStream.range(0, tokens).boxed().toList());
            Collections.shuffle(positions, random);
            for (int position : positions.subList(0, changed)) {
                corrupt[position] = (clean[position] + 1 + random.nextInt(vocabulary - 1)) % vocabulary;
            }
            return new Pair(SweepPrompts.of(clean), SweepPrompts.of(corrupt));
        }

        Sweep sweep(Pair pair) {
            return new Sweep(model(), Optional.of(pair.clean), pair.corrupt, kind, source, metric);
        }
    }

    private record Pair(Prompt clean, Prompt corrupt) {
    }

    private static List<SweepKind> kinds() {
        List<SweepKind> kinds = new ArrayList<>();
        for (HookPoint point : HookPoint.values()) {
            if (SweepKind.OF_HEADS.contains(point)) {
                kinds.add(new SweepKind(point, By.HEAD));
            }
            if (SweepKind.OF_HEADS.contains(point) || SweepKind.OF_LAYERS.contains(point)) {
                kinds.add(new SweepKind(point, By.POSITION));
            }
        }
        kinds.add(new SweepKind(HookPoint.PATTERN, By.EDGE));
        return kinds;
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (SweepKind kind : kinds()) {
            for (int i = 0; i < CASES_A_KIND; i++) {
                Random random = new Random(cases.size());
                int tokens = i == 0 ? 1 : 2 + random.nextInt(7);
                int changed = i % 3 == 0 ? 1 : i % 3 == 1 ? Math.max(1, tokens / 2) : tokens;
                Source source = List.of(Source.CLEAN, Source.ZERO, Source.CLEAN, Source.MEAN, Source.CLEAN,
                    new Source.Number(-0.7f)).get(random.nextInt(6));
                Metric metric = List.of(new Metric.Logit(random.nextInt(440)),
                    new Metric.Difference(random.nextInt(440), random.nextInt(440)),
                    new Metric.LogProb(random.nextInt(440)), new Metric.Prob(random.nextInt(440)),
                    new Metric.Divergence()).get(random.nextInt(5));
                int rows = List.of(1, 7 * tokens, EVERYTHING).get(random.nextInt(3));
                cases.add(new Case(cases.size(), random.nextBoolean() ? Fixture.TINY : Fixture.SMALL, kind, source,
                    metric, tokens, changed, rows));
            }
        }
        assertThat(cases).hasSizeGreaterThanOrEqualTo(200);
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyCellIsAForwardPassOfItsOwn(Case given) {
        Pair pair = given.pair();
        List<SweepResult> reports = new ArrayList<>();

        SweepResult result = TestModels.RUNTIME.call(() -> {
            Sweep sweep = given.sweep(pair);
            return sweep.run(sweep.base(new Cancellation()), given.rows, 1, reports::add, new Cancellation());
        });

        assertThat(result.isComplete()).isTrue();
        assertMonotone(reports);
        List<Site> sites = given.kind.sites(given.model().config(), given.tokens);
        assertThat(sites).hasSize(result.cells());
        TestModels.RUNTIME.call(() -> {
            compare(given, pair, sites, result);
            return null;
        });
    }

    private static void compare(Case given, Pair pair, List<Site> sites, SweepResult result) {
        Experiment experiment = Experiment.run(given.model(), pair.clean, pair.corrupt,
            hook -> hook.point() == given.kind.point(), new Cancellation());
        int first = pair.clean.firstDifference(pair.corrupt);
        List<Integer> cells = new ArrayList<>(IntStream.range(0, sites.size()).boxed().toList());
        for (int cell : cells) {
            boolean before = !sites.get(cell).positions().isAll() && sites.get(cell).positions().to() < first;
            if (before && given.source == Source.CLEAN) {
                assertThat(result.values()[cell]).as("%s", sites.get(cell)).isEqualTo(result.corrupt());
            }
        }
        Collections.shuffle(cells, new Random(given.seed));
        for (int cell : cells.subList(0, Math.min(COMPARED_CELLS, cells.size()))) {
            double expected = given.metric.of(experiment.patched(List.of(new Patch(sites.get(cell), given.source)),
                new Cancellation()), experiment.cleanLogits());
            assertThat(result.values()[cell]).as("%s", sites.get(cell))
                .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
        }
    }

    /** Nothing that was done is undone or becomes another number. */
    private static void assertMonotone(List<SweepResult> reports) {
        for (int i = 1; i < reports.size(); i++) {
            SweepResult earlier = reports.get(i - 1);
            SweepResult later = reports.get(i);
            BitSet lost = (BitSet) earlier.done().clone();
            lost.andNot(later.done());
            assertThat(lost.isEmpty()).isTrue();
            assertThat(later.done().cardinality()).isGreaterThan(earlier.done().cardinality());
            earlier.done().stream()
                .forEach(cell -> assertThat(later.values()[cell]).isEqualTo(earlier.values()[cell]));
        }
        SweepResult first = reports.get(0);
        for (int cell = 0; cell < first.cells(); cell++) {
            assertThat(Double.isNaN(first.values()[cell])).isEqualTo(!first.done().get(cell));
        }
    }

    @Test
    void theCleanResidualStreamAtEveryPositionGivesTheCleanRun() {
        for (Fixture fixture : List.of(Fixture.TINY, Fixture.SMALL)) {
            Pair pair = new Case(3, fixture, kinds().get(0), Source.CLEAN, new Metric.Logit(0), 6, 4, 1).pair();
            Gpt2 model = TestModels.model(fixture);
            List<Hook> hooks = Stream.of(HookPoint.RESID_PRE, HookPoint.RESID_MID, HookPoint.RESID_POST)
                .flatMap(point -> IntStream.range(0, model.config().layers()).mapToObj(l -> Hook.of(point, l)))
                .toList();
            Run clean = TestModels.run(model, pair.clean.ids(), RunOptions.plain().keeping(hooks::contains));
            Run corrupt = TestModels.run(model, pair.corrupt.ids(), RunOptions.plain().keepingDefaults());
            List<List<Intervention>> each = hooks.stream()
                .map(hook -> List.of(new Intervention(Site.whole(hook), new Replacement.FromRun(clean.cache()))))
                .toList();

            Tensor logits = TestModels.RUNTIME.call(() -> model.runVariants(
                new Variants(pair.corrupt.ids(), corrupt.cache(), 0, each), new int[0], new Cancellation()));

            Tensor expected = clean.output().slice(0, pair.clean.size() - 1);
            for (int variant = 0; variant < each.size(); variant++) {
                Fixture.assertClose(hooks.get(variant).name(), logits.slice(variant), expected, TOLERANCE);
            }
        }
    }

    @Test
    void oneChangedTokenIsPatchedAwayInTheFirstLayer() {
        Case given = new Case(8, Fixture.SMALL, new SweepKind(HookPoint.RESID_PRE, By.POSITION), Source.CLEAN,
            new Metric.Logit(5), 7, 1, EVERYTHING);
        Pair pair = given.pair();

        SweepResult result = TestModels.RUNTIME.call(() -> given.sweep(pair).run(new Cancellation()));

        int position = pair.clean.firstDifference(pair.corrupt);
        assertThat(result.get(0, position)).isCloseTo(result.clean().orElseThrow(), within(TOLERANCE * 10));
        assertThat(result.recovered(result.get(0, position))).isCloseTo(1, within(1e-4));
    }

    /** Corrupt into clean: the pair turned round. */
    @Test
    void noisingIsThePairTurnedRound() {
        Case given = new Case(11, Fixture.TINY, new SweepKind(HookPoint.Z, By.HEAD), Source.CLEAN,
            new Metric.Logit(5), 6, 2, EVERYTHING);
        Pair pair = given.pair();
        Pair turned = new Pair(pair.corrupt, pair.clean);

        SweepResult there = TestModels.RUNTIME.call(() -> given.sweep(pair).run(new Cancellation()));
        SweepResult back = TestModels.RUNTIME.call(() -> given.sweep(turned).run(new Cancellation()));

        assertThat(back.corrupt()).isCloseTo(there.clean().orElseThrow(), within(TOLERANCE));
        assertThat(back.clean().orElseThrow()).isCloseTo(there.corrupt(), within(TOLERANCE));
        TestModels.RUNTIME.call(() -> {
            compare(given, turned, given.kind.sites(given.model().config(), given.tokens), back);
            return null;
        });
    }

    @Test
    void theLayerAskedForComesFirst() {
        for (SweepKind kind : kinds()) {
            Case given = new Case(5, Fixture.SMALL, kind, Source.ZERO, new Metric.Logit(5), 4, 2, 1);
            List<SweepResult> reports = new ArrayList<>();

            TestModels.RUNTIME.call(() -> {
                Sweep sweep = given.sweep(given.pair());
                return sweep.run(sweep.base(new Cancellation()), given.rows, 2, reports::add, new Cancellation());
            });

            int inLayer = reports.get(0).cells() / given.model().config().layers();
            for (SweepResult report : reports) {
                int others = report.done().cardinality()
                    - report.done().get(2 * inLayer, 3 * inLayer).cardinality();
                assertThat(others == 0 || report.done().get(2 * inLayer, 3 * inLayer).cardinality() == inLayer)
                    .as("%s %s", kind, report.done()).isTrue();
            }
        }
    }

    @Test
    void aSweepThatIsCancelledHasReportedWhatWasDone() {
        Case given = new Case(5, Fixture.TINY, new SweepKind(HookPoint.Z, By.POSITION), Source.CLEAN,
            new Metric.Logit(5), 8, 8, 16);
        Cancellation cancellation = new Cancellation();
        List<SweepResult> reports = new ArrayList<>();

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> TestModels.RUNTIME.call(() -> {
            Sweep sweep = given.sweep(given.pair());
            return sweep.run(sweep.base(new Cancellation()), given.rows, 0, report -> {
                reports.add(report);
                if (reports.size() == 4) {
                    cancellation.request();
                }
            }, cancellation);
        }));

        assertThat(reports).hasSize(4);
        assertMonotone(reports);
        SweepResult last = reports.get(3);
        assertThat(last.isComplete()).isFalse();
        assertThat(last.done().cardinality()).isPositive();
        assertThat(Arrays.stream(last.values()).filter(Double::isFinite).count())
            .isEqualTo(last.done().cardinality());
        Cancellation before = new Cancellation();
        before.request();
        assertThatExceptionOfType(CancellationException.class)
            .isThrownBy(() -> TestModels.RUNTIME.call(() -> given.sweep(given.pair()).run(before)));
    }

    @Test
    void whatIsKnownBeforeAnyCellIsReportedAtOnce() {
        Prompt clean = SweepPrompts.of(1, 2, 3, 4);
        Prompt corrupt = SweepPrompts.of(1, 2, 9, 4);
        Sweep sweep = new Sweep(TestModels.model(Fixture.TINY), Optional.of(clean), corrupt,
            new SweepKind(HookPoint.RESID_PRE, By.POSITION), Source.CLEAN, new Metric.Logit(5));
        List<SweepResult> reports = new ArrayList<>();

        TestModels.RUNTIME.call(() -> sweep.run(sweep.base(new Cancellation()), Sweep.ROWS, 0, reports::add,
            new Cancellation()));

        assertThat(reports.get(0).done().cardinality()).isEqualTo(3 * 2);
        assertThat(reports.get(0).clean()).isPresent();
    }
}
