package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Head;
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
