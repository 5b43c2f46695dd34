package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitsCommandTest {

    private static final Fixture SMALL = Fixture.SMALL;

    @Test
    void copyingScoresAreTransformerLenss() {
        JsonObject json = CommandRun.json("circuits", "--of", "copying", "--model", CommandRun.model(SMALL));

        assertThat(json.keySet()).containsExactly("model", "processing", "of", "values", "seconds");
        assertClose(json.get("values"), SMALL.tensor("circuit/copying"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q", "K", "V"})
    void compositionScoresAreTransformerLenss(String of) {
        assertClose(CommandRun.json("circuits", "--of", of, "--model", CommandRun.model(SMALL)).get("values"),
            SMALL.tensor("circuit/composition/" + of));
    }

    private static void assertClose(JsonElement actual, Tensor expected) {
        if (actual.isJsonArray()) {
            assertThat(actual.getAsJsonArray()).hasSize(expected.extent(0));
            for (int i = 0; i < expected.extent(0); i++) {
                assertClose(actual.getAsJsonArray().get(i), expected.slice(i));
            }
        } else {
            assertThat(actual.getAsDouble()).isCloseTo(expected.at(0), within(5e-6));
        }
    }

    @Test
    void aPreviousTokenHeadFeedsTheKeysOfTheInductionHead() {
        assertThat(CommandRun.of("circuits", "--of", "K").succeeded().out()).contains("reads as K", "L0H0");
        assertThat(CommandRun.of("circuits", "--of", "copying").succeeded().out()).contains("strongest: L");
    }

    @Test
    void pairsOfTokensComeStrongestFirst() {
        JsonObject json = CommandRun.json("circuits", "--of", "OV", "--head", "L1H0", "--top", "3");

        assertThat(json.getAsJsonArray("pairs")).hasSize(3);
        double[] values = json.getAsJsonArray("pairs").asList().stream()
            .mapToDouble(pair -> pair.getAsJsonObject().get("value").getAsDouble()).toArray();
        assertThat(values[0]).isGreaterThanOrEqualTo(values[1]);
        assertThat(values[1]).isGreaterThanOrEqualTo(values[2]);
        JsonObject from = json.getAsJsonArray("pairs").get(0).getAsJsonObject().getAsJsonObject("from");
        assertThat(from.keySet()).containsExactly("id", "token");
        assertThat(CommandRun.of("circuits", "--of", "QK", "--head", "L0H0", "--model", CommandRun.model(SMALL))
            .succeeded().out()).contains("query", "key");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        CommandRun.of("circuits").isRefusedWith("--of");
        CommandRun.of("circuits", "--of", "q").isRefusedWith("“q”", "copying, Q, K, V");
        CommandRun.of("circuits", "--of", "OV").isRefusedWith("--head L0H0");
        CommandRun.of("circuits", "--of", "Q", "--head", "L0H0").isRefusedWith("leave them out");
        CommandRun.of("circuits", "--of", "OV", "--head", "L4H0").isRefusedWith("L4H0", "L3H3");
        CommandRun.of("circuits", "--of", "OV", "--head", "4.0").isRefusedWith("“4.0”");
        CommandRun.of("circuits", "--of", "OV", "--head", "L0H0", "--top", "0").isRefusedWith("at least 1");
    }
}
