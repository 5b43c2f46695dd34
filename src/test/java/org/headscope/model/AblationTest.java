package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.TestModels.model;
import static org.headscope.TestModels.run;

import java.util.List;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What TransformerLens gives where heads and edges are ablated. */
class AblationTest {

    static Stream<Arguments> ablations() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO).flatMap(fixture -> Stream.of("zero", "mean")
            .map(kind -> Arguments.of(fixture, kind)));
    }

    @ParameterizedTest
    @MethodSource("ablations")
    void ablatedHeadsGiveTransformerLenssLogits(Fixture fixture, String kind) {
        Replacement replacement = kind.equals("zero") ? new Replacement.Constant(0) : new Replacement.Mean();
        int[] difference = difference(fixture);
        Tensor expectedDifference = fixture.tensor("ablate/" + kind + "/z/difference");
        Tensor expectedLogit = fixture.tensor("ablate/" + kind + "/z/logit");
        for (int layer = 0; layer < expectedLogit.extent(0); layer++) {
            for (int head = 0; head < expectedLogit.extent(1); head++) {
                Logits logits = ablated(fixture, Site.head(HookPoint.Z, new Head(layer, head)), replacement);
                assertThat(logits.logit(difference[0]) - logits.logit(difference[1]))
                    .isCloseTo(expectedDifference.get(layer, head), within(tolerance(fixture, expectedDifference)));
                assertThat(logits.logit(difference[1]))
                    .isCloseTo(expectedLogit.get(layer, head), within(tolerance(fixture, expectedLogit)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.headscope.model.HookedRunTest#fixtures")
    void cutEdgesGiveTransformerLenssLogitsAndLeaveTheirRowsAsTheyAre(Fixture fixture) {
        int[] difference = difference(fixture);
        Tensor expected = fixture.tensor("ablate/edge/difference");
        int last = expected.extent(2) - 1;
        for (int layer = 0; layer < expected.extent(0); layer++) {
            for (int head = 0; head < expected.extent(1); head++) {
                for (int key = layer % 2; key <= last; key += 2) {
                    Site edge = Site.head(HookPoint.PATTERN, new Head(layer, head)).edge(last, key);
                    Logits logits = ablated(fixture, edge, new Replacement.Constant(0));
                    assertThat(logits.logit(difference[0]) - logits.logit(difference[1])).as(edge.toString())
                        .isCloseTo(expected.get(layer, head, key), within(tolerance(fixture, expected)));
                }
            }
        }
    }

    private static Logits ablated(Fixture fixture, Site site, Replacement replacement) {
        return run(model(fixture), fixture.ids("clean"), RunOptions.plain().lastLogitsOnly()
            .with(List.of(new Intervention(site, replacement)))).logits(-1);
    }

    private static int[] difference(Fixture fixture) {
        return Fixture.ints(fixture.facts().getAsJsonObject("metric").getAsJsonArray("difference"));
    }

    private static float tolerance(Fixture fixture, Tensor expected) {
        return (fixture == Fixture.DEMO ? 1e-4f : 5e-6f) * Math.max(1, expected.maxAbs());
    }
}
