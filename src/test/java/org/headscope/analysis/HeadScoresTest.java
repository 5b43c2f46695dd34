package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Tokenizer;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeadScoresTest {

    private static final double TOLERANCE = 5e-6;

    static Stream<Arguments> detections() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO).flatMap(fixture ->
            Stream.of(HeadDetector.PREVIOUS, HeadDetector.DUPLICATE, HeadDetector.INDUCTION).flatMap(detector ->
                Stream.of(HeadDetector.Measure.values()).flatMap(measure ->
                    Stream.of(true, false).map(noBos -> Arguments.of(fixture, detector, measure, noBos)))));
    }

    @ParameterizedTest
    @MethodSource("detections")
    void detectorsGiveTransformerLenssScores(Fixture fixture, HeadDetector detector, HeadDetector.Measure measure,
                                             boolean noBos) {
        HeadScores scores = detect(fixture, fixture.ids("text"), detector, measure,
            new HeadDetector.Exclude(noBos, false));

        String kind = detector == HeadDetector.INDUCTION ? "induction" : detector.id() + "_token";
        assertEqual(scores, fixture.tensor("detect/%s_head/%s%s".formatted(kind,
            measure.name().toLowerCase(Locale.ROOT), noBos ? "/no_bos" : "")));
    }

    @Test
    void firstAndSelfShareOutTheAttentionOfTwoTokens() {
        int[] two = {13787, 1816};
        HeadScores first = detect(Fixture.DEMO, two, HeadDetector.FIRST, HeadDetector.Measure.MUL,
            HeadDetector.Exclude.NOTHING);
        HeadScores self = detect(Fixture.DEMO, two, HeadDetector.SELF, HeadDetector.Measure.MUL,
            HeadDetector.Exclude.NOTHING);

        // Position 0 is both, position 1 one or the other.
        for (Head head : first.ranked()) {
            assertThat(first.get(head) + self.get(head)).isCloseTo(1.5, within(1e-6));
        }
    }

    @Test
    void withoutEachTokenItselfTheRestIsTheWhole() {
        HeadScores all = detect(Fixture.TINY, Fixture.TINY.ids("text"), HeadDetector.SELF, HeadDetector.Measure.MUL,
            new HeadDetector.Exclude(false, true));

        assertThat(all.get(all.strongest())).isZero();
    }

    @Test
    void aDrawnTargetScoresAsTheDetectorThatLooksLikeIt() {
        Run run = run(Fixture.SMALL, Fixture.SMALL.ids("text"));
        int length = Fixture.SMALL.ids("text").length;
        double[][] drawn = new double[length][length];
        for (int query = 1; query < length; query++) {
            drawn[query][query - 1] = 1;
        }
        TargetPattern target = TargetPattern.drawn(drawn);

        assertEqual(HeadScores.detect(run, target, HeadDetector.Measure.MUL, HeadDetector.Exclude.NOTHING),
            Fixture.SMALL.tensor("detect/previous_token_head/mul"));
        assertEqual(HeadScores.detect(run, target, HeadDetector.Measure.ABS, new HeadDetector.Exclude(true, false)),
            Fixture.SMALL.tensor("detect/previous_token_head/abs/no_bos"));
    }

    @Test
    void anythingButATriangleIsRefusedAsATarget() {
        assertThatThrownBy(() -> TargetPattern.drawn(new double[][] {{1, 0}, {1}})).hasMessageContaining("row 1 of 2");
        assertThatThrownBy(() -> TargetPattern.drawn(new double[][] {{0, 1}, {0, 0}}))
            .isInstanceOf(AnalysisRefusal.class).hasMessageContaining("look ahead to key 1");
        assertThatThrownBy(() -> TargetPattern.drawn(new double[][] {{2, 0}, {0, 0}})).hasMessageContaining("2.0");
        assertThatThrownBy(() -> TargetPattern.drawn(new double[][] {{Double.NaN}})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> TargetPattern.drawn(new double[2][2])).hasMessageContaining("Nothing is drawn");
        TargetPattern two = TargetPattern.drawn(new double[][] {{1, 0}, {1, 0}});
        Run run = run(Fixture.TINY, new int[] {1, 2, 3});
        assertThatThrownBy(() -> HeadScores.detect(run, two, HeadDetector.Measure.MUL, HeadDetector.Exclude.NOTHING))
            .isInstanceOf(AnalysisRefusal.class).hasMessageContaining("2 tokens, but the prompt has 3");
    }

    @Test
    void entropyIsNothingForOneKeyAndMostForEvenAttention() {
        Run run = run(Fixture.DEMO, Fixture.DEMO.ids("text"));
        int length = Fixture.DEMO.ids("text").length;
        double most = IntStream.rangeClosed(1, length).mapToDouble(Math::log).average().orElseThrow();
        HeadScores entropy = HeadScores.entropy(run);

        assertThat(entropy.ranked()).allSatisfy(head -> assertThat(entropy.get(head)).isBetween(0.0, most));
        // What looks at the token before and nowhere else is sharp; the first query has no choice at all.
        assertThat(entropy.ranked().get(entropy.ranked().size() - 1)).isEqualTo(new Head(0, 0));
        assertThat(HeadScores.entropy(run(Fixture.TINY, new int[] {5})).get(new Head(0, 0))).isZero();
    }

    @Test
    void changeIsHalfTheAttentionThatEachQueryMovesOnAverage() {
        Run clean = run(Fixture.SMALL, Fixture.SMALL.ids("clean"));
        Run corrupt = run(Fixture.SMALL, Fixture.SMALL.ids("corrupt"));
        HeadScores change = HeadScores.change(clean, corrupt);

        int tokens = Fixture.SMALL.ids("clean").length;
        for (Head head : change.ranked()) {
            Tensor before = clean.cache().get(HookPoint.PATTERN, head.layer());
            Tensor after = corrupt.cache().get(HookPoint.PATTERN, head.layer());
            double moved = 0;
            for (int query = 0; query < tokens; query++) {
                for (int key = 0; key <= query; key++) {
                    moved += Math.abs((double) before.get(0, head.head(), query, key)
                        - after.get(0, head.head(), query, key)) / 2;
                }
            }
            assertThat(change.get(head)).as(head.toString()).isCloseTo(moved / tokens, within(1e-6));
        }
        assertThat(change.get(change.strongest())).isPositive();
        HeadScores none = HeadScores.change(clean, clean);
        assertThat(none.get(none.strongest())).isZero();
    }

    @Test
    void changeBetweenPromptsOfTwoLengthsIsRefused() {
        assertThatThrownBy(() -> HeadScores.change(run(Fixture.TINY, new int[] {1, 2}), run(Fixture.TINY,
            new int[] {1, 2, 3}))).isInstanceOf(AnalysisRefusal.class).hasMessageContaining("2 and 3 tokens");
    }

    @Test
    void tokensThatReadAlikeRepeatIfTheyAreTakenAsTheSame() {
        try (Tokenizer tokenizer = Tokenizer.load(Fixture.DEMO.model().path())) {
            Prompt prompt = tokenizer.prompt("Tom went to the store. tom", true);
            Run run = run(Fixture.DEMO, prompt.ids());
            TargetPattern exact = HeadDetector.INDUCTION.target(prompt.ids());
            TargetPattern alike = HeadDetector.INDUCTION.target(prompt.idsOfAlike());

            assertThat(sum(run, exact)).isZero();
            assertThat(sum(run, alike)).isPositive();
        }
    }

    private static double sum(Run run, TargetPattern target) {
        HeadScores scores = HeadScores.detect(run, target, HeadDetector.Measure.MUL, HeadDetector.Exclude.NOTHING);
        return scores.ranked().stream().mapToDouble(scores::get).sum();
    }

    private static Run run(Fixture fixture, int[] ids) {
        return TestModels.run(TestModels.model(fixture), ids, RunOptions.plain().keepingDefaults());
    }

    @Test
    void oneTokenIsRefused() {
        assertThatThrownBy(() -> detect(Fixture.TINY, new int[] {1}, HeadDetector.SELF, HeadDetector.Measure.MUL,
            HeadDetector.Exclude.NOTHING)).isInstanceOf(AnalysisRefusal.class).hasMessageContaining("at least two");
    }

    private static HeadScores detect(Fixture fixture, int[] ids, HeadDetector detector, HeadDetector.Measure measure,
                                     HeadDetector.Exclude exclude) {
        try (Tokenizer tokenizer = Tokenizer.load(fixture.model().path())) {
            Prompt prompt = tokenizer.ofIds(ids);
            Run run = TestModels.run(TestModels.model(fixture), ids, RunOptions.plain().keepingDefaults());
            return HeadScores.detect(run, prompt, detector, measure, exclude);
        }
    }

    static void assertEqual(HeadScores scores, Tensor expected) {
        assertThat(scores.ranked()).hasSize(expected.size());
        for (Head head : scores.ranked()) {
            assertThat(scores.get(head)).as(head.toString())
                .isCloseTo(expected.get(head.layer(), head.head()), within(TOLERANCE));
        }
    }
}
