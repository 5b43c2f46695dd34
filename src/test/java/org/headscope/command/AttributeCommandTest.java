package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.stream.StreamSupport;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeCommandTest {

    private static final Fixture SMALL = Fixture.SMALL;

    @Test
    void headsAreTransformerLenss() {
        JsonObject json = attribute("head");
        Tensor expected = SMALL.tensor("attribution/heads");

        assertThat(json.keySet()).containsExactly("model", "processing", "tokens", "by", "labels", "values",
            "remainder", "bias", "total", "logit", "seconds");
        for (int layer = 0; layer < 4; layer++) {
            assertClose(json.getAsJsonArray("values").get(layer).getAsJsonArray(), expected.slice(layer));
        }
        assertThat(json.getAsJsonArray("labels")).hasSize(24);
        assertThat(json.getAsJsonArray("labels").get(23).getAsString()).isEqualTo("L3H5");
    }

    @Test
    void partsAreTransformerLenssAndSumUp() {
        JsonObject json = attribute("part");

        assertClose(json.getAsJsonArray("values"), SMALL.tensor("attribution/parts"));
        assertThat(json.get("labels")).isEqualTo(SMALL.facts().getAsJsonObject("attribution").get("parts"));
        assertThat(json.get("bias").getAsDouble()).isCloseTo(
            SMALL.facts().getAsJsonObject("attribution").get("bias").getAsDouble(), within(5e-6));
        assertThat(json.get("remainder").getAsDouble()).isCloseTo(0, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"head", "part", "neuron"})
    void theSumIsTheLogitDifference(String by) {
        JsonObject json = attribute(by);

        double values = sum(json.get("values"));
        assertThat(values + json.get("remainder").getAsDouble() + json.get("bias").getAsDouble())
            .isCloseTo(json.get("total").getAsDouble(), within(1e-9));
        assertThat(json.get("total").getAsDouble()).isCloseTo(json.get("logit").getAsDouble(), within(1e-4));
        assertThat(json.get("logit").getAsDouble()).isCloseTo(SMALL.facts().getAsJsonObject("metric")
            .getAsJsonObject("clean").get("difference").getAsDouble(), within(1e-4));
    }

    private static double sum(JsonElement values) {
        return values.isJsonArray() ? StreamSupport.stream(values.getAsJsonArray().spliterator(), false)
            .mapToDouble(AttributeCommandTest::sum).sum() : values.getAsDouble();
    }

    @Test
    void oneTokensLogitOfTheBundledModelIsExplained() {
        JsonObject json = CommandRun.json("attribute", "Tom went to the store. Tom", "--token", " went", "--by",
            "neuron", "--top", "2", "--raw");

        assertThat(json.getAsJsonArray("values")).hasSize(4);
        assertThat(json.get("total").getAsDouble()).isCloseTo(json.get("logit").getAsDouble(), within(1e-4));
        assertThat(CommandRun.of("attribute", "Tom went to the store. Tom", "--token", " went", "--versus",
            " travelled").succeeded().out()).contains("“·went” − “·travelled”", "all heads", "all else", "bias", "total");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        CommandRun.of("attribute", "Tom").isRefusedWith("--token");
        CommandRun.of("attribute", "Tom", "--token", " travelled store").isRefusedWith("·travelled");
        CommandRun.of("attribute", "Tom", "--token", " went", "--versus", " went").isRefusedWith("another token");
        CommandRun.of("attribute", "Tom", "--token", " went", "--by", "layer").isRefusedWith("“layer”",
            "head, part, neuron");
        CommandRun.of("attribute", "Tom", "--token", " went", "--top", "3").isRefusedWith("--by neuron");
        CommandRun.of("attribute", "Tom", "--token", " went", "--by", "neuron", "--top", "0")
            .isRefusedWith("at least 1");
    }

    private static JsonObject attribute(String by) {
        int[] pair = Fixture.ints(SMALL.facts().getAsJsonObject("metric").getAsJsonArray("difference"));
        return CommandRun.json("attribute", SMALL.prompt("clean"), "--model", CommandRun.model(SMALL), "--token",
            "#" + pair[0], "--versus", "#" + pair[1], "--by", by);
    }

    private static void assertClose(JsonArray actual, Tensor expected) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).getAsDouble()).isCloseTo(expected.at(i), within(5e-6));
        }
    }
}
