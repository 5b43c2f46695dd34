package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepeatedTokensTest {

    static Stream<Fixture> fixtures() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void scoresAreTransformerLenss(Fixture fixture) {
        JsonObject repeated = fixture.facts().getAsJsonObject("repeated");
        List<int[]> rows = StreamSupport.stream(repeated.getAsJsonArray("ids").spliterator(), false)
            .map(row -> Fixture.ints(row.getAsJsonArray())).toList();

        RepeatedTokens.Scores scores = scores(fixture, RepeatedTokens.of(rows, repeated.get("length").getAsInt()));

        HeadScoresTest.assertEqual(scores.induction(), fixture.tensor("repeated/induction"));
        HeadScoresTest.assertEqual(scores.duplicate(), fixture.tensor("repeated/duplicate"));
        HeadScoresTest.assertEqual(scores.previous(), fixture.tensor("repeated/previous"));
    }

    @Test
    void theBundledModelsHeadsAreFound() {
        RepeatedTokens tokens = RepeatedTokens.random(50257, OptionalInt.of(50256), 50, 2, 0);

        RepeatedTokens.Scores scores = scores(Fixture.DEMO, tokens);

        assertThat(scores.induction().ranked()).startsWith(new Head(1, 0), new Head(2, 0));
        assertThat(scores.induction().get(new Head(2, 0))).isGreaterThan(0.6);
        assertThat(scores.induction().get(scores.induction().ranked().get(2))).isLessThan(0.1);
        assertThat(scores.previous().strongest()).isEqualTo(new Head(0, 0));
        assertThat(scores.previous().get(new Head(0, 0))).isGreaterThan(0.98);
    }

    @Test
    void rowsRepeatOnceAndComeAgainFromTheSameSeedWithoutBos() {
        List<int[]> rows = RepeatedTokens.random(3, OptionalInt.of(1), 40, 3, 7).rows();

        assertThat(rows).hasSize(3).allSatisfy(row -> {
            assertThat(row).hasSize(80).doesNotContain(1).contains(0, 2);
            assertThat(Arrays.copyOfRange(row, 0, 40)).isEqualTo(Arrays.copyOfRange(row, 40, 80));
        });
        assertThat(rows.get(0)).isNotEqualTo(rows.get(1));
        assertThat(RepeatedTokens.random(3, OptionalInt.of(1), 40, 3, 7).rows().get(2)).isEqualTo(rows.get(2));
        assertThat(RepeatedTokens.random(3, OptionalInt.of(1), 40, 3, 8).rows().get(2)).isNotEqualTo(rows.get(2));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> RepeatedTokens.random(9, OptionalInt.empty(), 1, 1, 0))
            .isInstanceOf(AnalysisRefusal.class).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> RepeatedTokens.random(9, OptionalInt.empty(), 5, 0, 0))
            .isInstanceOf(AnalysisRefusal.class).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> RepeatedTokens.of(List.of(IntStream.range(0, 6).toArray()), 6))
            .isInstanceOf(AnalysisRefusal.class).hasMessageContaining("at most 5");
        assertThatThrownBy(() -> scores(Fixture.DEMO, RepeatedTokens.random(9, OptionalInt.empty(), 129, 1, 0)))
            .isInstanceOf(AnalysisRefusal.class).hasMessageContaining("repeat at most 128");
    }

    private static RepeatedTokens.Scores scores(Fixture fixture, RepeatedTokens tokens) {
        Gpt2 model = TestModels.model(fixture);
        return TestModels.RUNTIME.call(() -> tokens.scores(model, new Cancellation()));
    }
}
