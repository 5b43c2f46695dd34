package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.HookPoint;
import org.headscope.patching.SweepKind.By;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;
import org.junit.jupiter.api.Test;

class PairSweepTest {

    private static final SweepKind HEADS = new SweepKind(HookPoint.Z, By.HEAD);

    private static PairSet.Pair pair(int line, int answer, Prompt clean, Prompt corrupt) {
        return new PairSet.Pair(line, clean, corrupt, OptionalInt.of(answer), OptionalInt.empty());
    }

    private static final PairSet PAIRS = new PairSet("pairs.csv", List.of(
        pair(2, 5, SweepPrompts.of(1, 2, 3, 4), SweepPrompts.of(1, 2, 9, 4)),
        pair(3, 6, SweepPrompts.of(7, 8, 3), SweepPrompts.of(7, 2, 3)),
        pair(5, 7, SweepPrompts.of(1, 2, 3, 4), SweepPrompts.of(1, 20, 9, 4))));

    private static PairSweep sweep(PairSet pairs, SweepKind kind) {
        return new PairSweep(TestModels.model(Fixture.TINY), pairs, List.of(kind), Source.CLEAN,
            pair -> new Metric.Logit(pair.answer().orElseThrow()));
    }

    private static SweepResult result(double clean, double corrupt, double... values) {
        BitSet done = new BitSet();
        done.set(0, values.length);
        return new SweepResult(new int[] {1, values.length}, values, done, OptionalDouble.of(clean), corrupt);
    }

    @Test
    void meanAndStandardErrorAreThoseOfTheHand() {
        PairSweepResult result = new PairSweepResult(List.of(result(4, 0, 1, 5), result(6, 2, 2, 5),
            result(8, 1, 6, 5)), 4);

        assertThat(result.mean().values()).containsExactly(3, 5);
        assertThat(result.mean().clean()).hasValue(6);
        assertThat(result.mean().corrupt()).isEqualTo(1);
        assertThat(result.mean().recovered(3)).isCloseTo(0.4, within(1e-12));
        // Deviations −2, −1 and 3: a variance of 14 / 2, over 3 pairs.
        assertThat(result.standardError()[0]).isCloseTo(Math.sqrt(7.0 / 3), within(1e-12));
        assertThat(result.standardError()[1]).isZero();
        assertThat(result.isComplete()).isFalse();
        assertThat(new PairSweepResult(List.of(result(4, 0, 1, 5)), 1).standardError())
            .containsExactly(Double.NaN, Double.NaN);
    }

    @Test
    void everyPairIsSweptWithItsOwnToken() {
        List<PairSweepResult> reports = new ArrayList<>();

        PairSweepResult result = TestModels.RUNTIME.call(
            () -> sweep(PAIRS, HEADS).run(soFar -> reports.add(soFar.get(0)), new Cancellation()).get(0));

        assertThat(result.isComplete()).isTrue();
        assertThat(reports).extracting(report -> report.each().size()).containsExactly(1, 2, 3);
        for (int i = 0; i < 3; i++) {
            PairSet.Pair pair = PAIRS.pairs().get(i);
            SweepResult alone = TestModels.RUNTIME.call(() -> new Sweep(TestModels.model(Fixture.TINY),
                Optional.of(pair.clean()), pair.corrupt(), HEADS, Source.CLEAN,
                new Metric.Logit(pair.answer().orElseThrow())).run(new Cancellation()));
            assertThat(result.each().get(i).values()).containsExactly(alone.values(), within(1e-6));
        }
    }

    @Test
    void panelsOfAPairAreItsSweepsSideBySide() {
        List<SweepKind> kinds = SweepPanels.ofHeads(By.HEAD);
        Function<PairSet.Pair, Metric> metric = pair -> new Metric.Logit(pair.answer().orElseThrow());
        Gpt2 model = TestModels.model(Fixture.TINY);

        List<PairSweepResult> panels = TestModels.RUNTIME.call(() ->
            new PairSweep(model, PAIRS, kinds, Source.CLEAN, metric).run(soFar -> { }, new Cancellation()));

        assertThat(panels).hasSize(5).allMatch(PairSweepResult::isComplete);
        for (int i = 0; i < 5; i++) {
            List<SweepKind> one = kinds.subList(i, i + 1);
            PairSweepResult alone = TestModels.RUNTIME.call(() -> new PairSweep(model, PAIRS, one, Source.CLEAN, metric)
                .run(soFar -> { }, new Cancellation())).get(0);
            assertThat(panels.get(i).mean().values()).containsExactly(alone.mean().values(), within(1e-6));
        }
    }

    @Test
    void wholePairsAreReportedBeforeACancellation() {
        Cancellation cancellation = new Cancellation();
        List<PairSweepResult> reports = new ArrayList<>();

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> TestModels.RUNTIME.call(
            () -> sweep(PAIRS, HEADS).run(report -> {
                reports.add(report.get(0));
                cancellation.request();
            }, cancellation)));

        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).isComplete()).isFalse();
        assertThat(reports.get(0).pairs()).isEqualTo(3);
    }

    @Test
    void aPairThatDoesNotFitIsNamedByItsLine() {
        assertThatExceptionOfType(Refusal.class)
            .isThrownBy(() -> sweep(PAIRS, new SweepKind(HookPoint.Z, By.POSITION)))
            .withMessageContaining("pairs.csv, line 3:").withMessageContaining("3 tokens")
            .withMessageContaining("first pair 4");
        PairSet unequal = new PairSet("pairs.csv", List.of(PAIRS.pairs().get(0),
            pair(9, 5, SweepPrompts.of(1, 2), SweepPrompts.of(1, 2, 3))));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> sweep(unequal, HEADS))
            .withMessageContaining("pairs.csv, line 9:").withMessageContaining("2 and 3 tokens");
        PairSet same = new PairSet("pairs.csv",
            List.of(pair(4, 5, SweepPrompts.of(1, 2), SweepPrompts.of(1, 2))));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> sweep(same, HEADS))
            .withMessageContaining("line 4:").withMessageContaining("the same");
    }
}
