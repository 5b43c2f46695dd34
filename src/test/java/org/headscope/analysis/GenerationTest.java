package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.analysis.Generation.Step;
import org.headscope.model.Cancellation;
import org.headscope.model.ContextRefusal;
import org.headscope.model.Gpt2;
import org.headscope.model.Logits;
import org.headscope.model.RunOptions;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GenerationTest {

    private static final int COUNT = 8;

    static Stream<Arguments> continuations() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO).flatMap(fixture ->
            Stream.of("clean", "corrupt", "text").map(run -> Arguments.of(fixture, run)));
    }

    @ParameterizedTest
    @MethodSource("continuations")
    void theLikeliestTokensAreTransformerLenss(Fixture fixture, String run) {
        JsonObject facts = fixture.facts().getAsJsonObject(run);
        int[] whole = Fixture.ints(facts.getAsJsonArray("greedy"));

        List<Step> steps = generate(fixture, fixture.ids(run), COUNT, Sampling.GREEDY);

        assertThat(ids(steps)).isEqualTo(Arrays.copyOfRange(whole, whole.length - COUNT, whole.length));
    }

    @ParameterizedTest
    @MethodSource("continuations")
    void cachedKeysAndValuesGiveTheWholeRunsLogits(Fixture fixture, String run) {
        for (Processing processing : Processing.values()) {
            Gpt2 model = TestModels.model(fixture, processing);
            int[] ids = fixture.ids(run);
            int[] start = Arrays.copyOf(ids, 2);
            TestModels.RUNTIME.call(() -> {
                var whole = model.run(ids, RunOptions.plain());
                try (var text = model.continuing(start, new Cancellation())) {
                    for (int position = 1; position < ids.length; position++) {
                        assertClose(position == 1 ? text.next() : text.append(ids[position]), whole.logits(position));
                    }
                    assertThat(text.length()).isEqualTo(ids.length);
                }
                return null;
            });
        }
    }

    @Test
    void aLongContinuationNeedsMoreRoomForItsKeysAndValues() {
        Gpt2 model = TestModels.model(Fixture.DEMO);
        int[] ids = new Random(5).ints(150, 0, model.config().vocabulary()).toArray();
        TestModels.RUNTIME.call(() -> {
            var whole = model.run(ids, RunOptions.plain());
            try (var text = model.continuing(Arrays.copyOf(ids, 3), new Cancellation())) {
                for (int position = 3; position < ids.length; position++) {
                    assertClose(text.append(ids[position]), whole.logits(position));
                }
            }
            return null;
        });
    }

    private static void assertClose(Logits actual, Logits expected) {
        for (int id = 0; id < expected.vocabulary(); id += 1 + expected.vocabulary() / 500) {
            assertThat(actual.logit(id)).isCloseTo(expected.logit(id), within(1e-4f));
        }
    }

    @Test
    void stepsTellTheLikeliestTokensAsSoonAsTheyAreKnown() {
        Gpt2 model = TestModels.model(Fixture.SMALL);
        List<Step> heard = new ArrayList<>();
        List<Step> steps = TestModels.RUNTIME.call(() -> Generation.run(model, Fixture.SMALL.ids("clean"), 3,
            Sampling.GREEDY, 4, heard::add, new Cancellation()));

        assertThat(heard).isEqualTo(steps);
        assertThat(steps).allSatisfy(step -> {
            assertThat(step.top()).hasSize(4);
            assertThat(step.top().get(0).id()).isEqualTo(step.id());
            assertThat(step.top().get(0).prob()).isEqualTo(step.prob());
        });
    }

    @Test
    void aSeedDrawsTheSameTokensAgainAndAnotherOneOthers() {
        int[] first = ids(generate(Fixture.SMALL, new int[] {1, 2}, 20, sampling(1.5, 0, 0, 3)));

        assertThat(ids(generate(Fixture.SMALL, new int[] {1, 2}, 20, sampling(1.5, 0, 0, 3)))).isEqualTo(first);
        assertThat(ids(generate(Fixture.SMALL, new int[] {1, 2}, 20, sampling(1.5, 0, 0, 4)))).isNotEqualTo(first);
    }

    @Test
    void filtersThatLeaveEverythingChangeNothing() {
        int[] plain = ids(generate(Fixture.TINY, new int[] {1, 2}, 20, sampling(2, 0, 0, 5)));

        assertThat(ids(generate(Fixture.TINY, new int[] {1, 2}, 20, sampling(2, 0, 1, 5)))).isEqualTo(plain);
        assertThat(ids(generate(Fixture.TINY, new int[] {1, 2}, 20, sampling(2, 440, 0, 5)))).isEqualTo(plain);
        assertThat(ids(generate(Fixture.TINY, new int[] {1, 2}, 20, sampling(2, 9999, 1, 5)))).isEqualTo(plain);
    }

    @Test
    void filtersThatLeaveOneTokenAreGreedy() {
        int[] greedy = ids(generate(Fixture.TINY, new int[] {1, 2}, 20, Sampling.GREEDY));

        assertThat(ids(generate(Fixture.TINY, new int[] {1, 2}, 20, sampling(2, 1, 0, 5)))).isEqualTo(greedy);
        assertThat(ids(generate(Fixture.TINY, new int[] {1, 2}, 20, sampling(2, 0, 1e-9, 5)))).isEqualTo(greedy);
    }

    @Test
    void drawsFollowTheProbabilitiesOfWhatTheFiltersLeave() {
        // Probabilities 0.1, 0.4, 0.3, 0.2.
        Logits logits = new Logits(new float[] {(float) Math.log(1), (float) Math.log(4), (float) Math.log(3),
            (float) Math.log(2)});

        assertThat(shares(logits, sampling(1, 0, 0, 0))).containsExactly(new double[] {0.1, 0.4, 0.3, 0.2},
            within(0.02));
        assertThat(shares(logits, sampling(1, 2, 0, 0))).containsExactly(new double[] {0, 4 / 7.0, 3 / 7.0, 0},
            within(0.02));
        // The token that reaches the sum takes part.
        assertThat(shares(logits, sampling(1, 0, 0.75, 0))).containsExactly(
            new double[] {0, 4 / 9.0, 3 / 9.0, 2 / 9.0}, within(0.02));
        assertThat(shares(logits, sampling(0.5, 2, 0, 0))).containsExactly(new double[] {0, 16 / 25.0, 9 / 25.0, 0},
            within(0.02));
        assertThat(shares(logits, sampling(1, 3, 0.5, 0))).containsExactly(new double[] {0, 4 / 7.0, 3 / 7.0, 0},
            within(0.02));
    }

    private static double[] shares(Logits logits, Sampling sampling) {
        Random random = new Random(1);
        int draws = 20_000;
        double[] shares = new double[logits.vocabulary()];
        IntStream.range(0, draws).forEach(i -> shares[sampling.choose(logits, random)] += 1.0 / draws);
        return shares;
    }

    @Test
    void itStopsBetweenTokensAndKeepsWhatThereIs() {
        Cancellation cancellation = new Cancellation();
        Gpt2 model = TestModels.model(Fixture.SMALL);
        List<Step> heard = new ArrayList<>();
        List<Step> steps = TestModels.RUNTIME.call(() -> Generation.run(model, new int[] {1}, 30, Sampling.GREEDY, 1,
            step -> {
                heard.add(step);
                if (heard.size() == 2) {
                    cancellation.request();
                }
            }, cancellation));

        assertThat(steps).hasSize(2);
    }

    @Test
    void theContextCanBeFilledAndNotOverfilled() {
        assertThat(generate(Fixture.SMALL, new int[] {1, 2}, 46, Sampling.GREEDY)).hasSize(46);
        refused("at most 46", new int[] {1, 2}, 47, 0, 0, 0);
        refused("shorten the prompt", IntStream.range(0, 48).toArray(), 1, 0, 0, 0);
        refused("at least 1", new int[] {1}, 0, 0, 0, 0);
        assertThatThrownBy(() -> generate(Fixture.SMALL, new int[49], 1, Sampling.GREEDY))
            .isInstanceOf(ContextRefusal.class).hasMessageContaining("shorten it by 1");
        assertThatThrownBy(() -> TestModels.RUNTIME.call(() -> {
            try (var text = TestModels.model(Fixture.SMALL).continuing(new int[48], new Cancellation())) {
                return text.append(1);
            }
        })).isInstanceOf(ContextRefusal.class);
    }

    @Test
    void whatDrawsNothingIsRefused() {
        refused("temperature", new int[] {1}, 1, -0.1, 0, 0);
        refused("temperature", new int[] {1}, 1, Double.NaN, 0, 0);
        refused("Top-k", new int[] {1}, 1, 1, -1, 0);
        refused("Top-p", new int[] {1}, 1, 1, 0, 1.01);
        refused("Top-p", new int[] {1}, 1, 1, 0, -0.5);
    }

    private static void refused(String what, int[] ids, int count, double temperature, int topK, double topP) {
        assertThatThrownBy(() -> generate(Fixture.SMALL, ids, count, sampling(temperature, topK, topP, 0)))
            .isInstanceOf(AnalysisRefusal.class).hasMessageContaining(what);
    }

    /** A filter of 0 is none. */
    private static Sampling sampling(double temperature, int topK, double topP, long seed) {
        return new Sampling(temperature, topK == 0 ? OptionalInt.empty() : OptionalInt.of(topK),
            topP == 0 ? OptionalDouble.empty() : OptionalDouble.of(topP), seed);
    }

    private static List<Step> generate(Fixture fixture, int[] ids, int count, Sampling sampling) {
        Gpt2 model = TestModels.model(fixture);
        return TestModels.RUNTIME.call(() -> Generation.run(model, ids, count, sampling, 1, step -> { },
            new Cancellation()));
    }

    private static int[] ids(List<Step> steps) {
        return steps.stream().mapToInt(Step::id).toArray();
    }
}
