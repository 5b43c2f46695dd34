package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LogitLensTest {

    private static final double TOLERANCE = 5e-6;

    static Stream<Arguments> lenses() {
        return Stream.of(Fixture.TINY, Fixture.SMALL).flatMap(fixture ->
            Stream.of(LogitLens.Norm.values()).map(norm -> Arguments.of(fixture, norm)));
    }

    @ParameterizedTest
    @MethodSource("lenses")
    void everyLogitIsTransformerLenss(Fixture fixture, LogitLens.Norm norm) {
        Tensor expected = fixture.tensor("lens/" + norm.name().toLowerCase(Locale.ROOT));
        List<Integer> all = IntStream.range(0, expected.extent(2)).boxed().toList();

        LogitLens lens = lens(fixture, Processing.TRANSFORMERLENS, norm, all);

        float[] actual = new float[expected.size()];
        for (int i = 0; i < actual.length; i++) {
            int place = i / all.size();
            actual[i] = lens.at(place / lens.positions(), place % lens.positions()).logits().get(i % all.size());
        }
        Fixture.assertClose("lens", Tensor.of(actual, expected.shape()), expected, TOLERANCE);
        assertThat(lens.layers()).isEqualTo(fixture.facts().getAsJsonArray("lens").asList().stream()
            .map(label -> label.getAsString()).toList());
    }

    @ParameterizedTest
    @EnumSource(Processing.class)
    void theEndOfTheStreamIsWhatTheModelSays(Processing processing) {
        List<Integer> tokens = List.of(3, 81);
        for (LogitLens.Norm norm : LogitLens.Norm.values()) {
            LogitLens lens = lens(Fixture.SMALL, processing, norm, tokens);
            Run run = run(Fixture.SMALL, processing);
            int end = lens.layers().size() - 1;

            for (int position = 0; position < lens.positions(); position++) {
                Logits logits = run.logits(position);
                LogitLens.Place place = lens.at(end, position);
                assertThat(place.ranks()).isEqualTo(tokens.stream().map(logits::rank).toList());
                assertThat(place.top()).extracting(Logits.Candidate::id)
                    .isEqualTo(logits.top(4).stream().map(Logits.Candidate::id).toList());
                assertThat(place.top().get(1).prob()).isCloseTo(logits.top(2).get(1).prob(), within(TOLERANCE));
                assertThat(place.top().get(3).logit()).isCloseTo(logits.top(4).get(3).logit(), within(2e-5f));
            }
        }
    }

    @Test
    void aVocabularyThatNeedsManySlicesIsReadInOrder() {
        Gpt2 model = TestModels.model(Fixture.DEMO);
        int[] ids = IntStream.range(0, 80).map(i -> 601 * i + 11).toArray();
        Run run = TestModels.run(model, ids, RunOptions.plain()
            .keeping(hook -> LogitLens.needs(hook, model.config().layers())));
        List<Integer> read = new ArrayList<>();

        LogitLens lens = TestModels.RUNTIME.call(() -> LogitLens.of(model, run, LogitLens.Norm.RECOMPUTED, 1,
            List.of(464), read::add, new Cancellation()));

        assertThat(read).hasSizeGreaterThan(1).isSorted().endsWith(9);
        for (int position = 0; position < ids.length; position++) {
            assertThat(lens.at(8, position).logits().get(0)).isCloseTo(run.logits(position).logit(464), within(1e-4f));
        }
    }

    @Test
    void itCanBeCancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.request();
        Gpt2 model = TestModels.model(Fixture.TINY);
        Run run = run(Fixture.TINY, Processing.TRANSFORMERLENS);

        assertThatThrownBy(() -> TestModels.RUNTIME.call(() -> LogitLens.of(model, run, LogitLens.Norm.FROZEN, 1,
            List.of(), read -> { }, cancellation))).isInstanceOf(CancellationException.class);
    }

    private static Run run(Fixture fixture, Processing processing) {
        Gpt2 model = TestModels.model(fixture, processing);
        return TestModels.run(model, fixture.ids("clean"), RunOptions.plain()
            .keeping(hook -> LogitLens.needs(hook, model.config().layers())));
    }

    private static LogitLens lens(Fixture fixture, Processing processing, LogitLens.Norm norm, List<Integer> tokens) {
        Run run = run(fixture, processing);
        return TestModels.RUNTIME.call(() -> LogitLens.of(TestModels.model(fixture, processing), run, norm, 4, tokens,
            read -> { }, new Cancellation()));
    }
}
