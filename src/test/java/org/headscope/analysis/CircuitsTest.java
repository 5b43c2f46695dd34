package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.analysis.Circuits.Input;
import org.headscope.analysis.Circuits.Pair;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CircuitsTest {

    private static final double TOLERANCE = 5e-6;
    private static final Head SOME = new Head(1, 2);

    static Stream<Fixture> fixtures() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO);
    }

    @ParameterizedTest
    @EnumSource(Circuit.class)
    void everyHeadsProductIsTransformerLenss(Circuit circuit) {
        for (Fixture fixture : List.of(Fixture.TINY, Fixture.SMALL)) {
            Tensor expected = fixture.tensor("circuit/" + circuit);
            for (int i = 0; i < expected.extent(0) * expected.extent(1); i++) {
                Head head = new Head(i / expected.extent(1), i % expected.extent(1));
                Fixture.assertClose(head + " " + circuit, of(fixture, circuits -> circuits.product(head, circuit)),
                    expected.slice(head.layer(), head.head()), TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void copyingScoresAreTransformerLenss(Fixture fixture) {
        HeadScoresTest.assertEqual(of(fixture, circuits -> circuits.copying(new Cancellation())),
            fixture.tensor("circuit/copying"));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void compositionScoresAreTransformerLenss(Fixture fixture) {
        for (Input input : Input.values()) {
            Fixture.assertClose(input.name(), of(fixture, circuits -> circuits.composition(input, share -> { },
                new Cancellation())), fixture.tensor("circuit/composition/" + input), TOLERANCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Circuit.class)
    void theStrongestPairsAreThoseOfTheWholeMatrix(Circuit circuit) {
        int[] all = IntStream.range(0, TestModels.model(Fixture.SMALL).config().vocabulary()).toArray();
        Tensor whole = of(Fixture.SMALL, circuits -> circuits.between(all, SOME, circuit));
        for (Extreme extreme : Extreme.values()) {
            List<Pair> pairs = of(Fixture.SMALL, circuits -> circuits.strongest(SOME, circuit, extreme, 50,
                share -> { }, new Cancellation()));

            Comparator<Integer> byValue = Comparator.comparingDouble(whole::at);
            List<Integer> places = IntStream.range(0, whole.size()).boxed()
                .sorted(extreme == Extreme.LARGEST ? byValue.reversed() : byValue).limit(50).toList();
            assertThat(pairs).hasSize(50);
            for (int rank = 0; rank < 50; rank++) {
                assertThat(pairs.get(rank).value()).isCloseTo(whole.at(places.get(rank)), within(1e-4f));
                assertThat(pairs.get(rank).value())
                    .isCloseTo(whole.get(pairs.get(rank).from(), pairs.get(rank).to()), within(1e-4f));
            }
        }
    }

    @Test
    void theWholeMatrixIsWhatTheWeightsMultiplyTo() {
        Tensor product = of(Fixture.TINY, circuits -> circuits.product(SOME, Circuit.OV));
        var weights = TestModels.model(Fixture.TINY).weights();
        int width = weights.config().width();
        double expected = 0;
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                expected += weights.embed().floats().get(7 * width + i) * product.get(i, j)
                    * weights.unembed().floats().get(91 * width + j);
            }
        }

        Tensor between = of(Fixture.TINY, circuits -> circuits.between(new int[] {7, 91}, SOME, Circuit.OV));

        assertThat((double) between.get(0, 1)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void oneRowsStrongestBeginTheRow() {
        int[] all = IntStream.range(0, TestModels.model(Fixture.SMALL).config().vocabulary()).toArray();
        Tensor row = of(Fixture.SMALL, circuits -> circuits.between(all, SOME, Circuit.QK)).slice(33);

        List<Pair> pairs = of(Fixture.SMALL, circuits -> circuits.strongestOf(33, SOME, Circuit.QK, Extreme.SMALLEST,
            3));

        double smallest = IntStream.range(0, row.size()).mapToDouble(row::at).min().orElseThrow();
        assertThat(pairs).hasSize(3).allMatch(pair -> pair.from() == 33);
        assertThat((double) pairs.get(0).value()).isCloseTo(smallest, within(1e-4));
        assertThat(pairs.get(1).value()).isGreaterThanOrEqualTo(pairs.get(0).value());
    }

    @Test
    void theyCanBeCancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.request();

        assertThatThrownBy(() -> of(Fixture.TINY, circuits -> circuits.copying(cancellation)))
            .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> of(Fixture.TINY, circuits -> circuits.composition(Input.K, share -> { },
            cancellation))).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> of(Fixture.TINY, circuits -> circuits.strongest(SOME, Circuit.OV, Extreme.LARGEST, 1,
            share -> { }, cancellation))).isInstanceOf(CancellationException.class);
    }

    private static <T> T of(Fixture fixture, Function<Circuits, T> work) {
        return TestModels.RUNTIME.call(() -> work.apply(new Circuits(TestModels.model(fixture))));
    }
}
