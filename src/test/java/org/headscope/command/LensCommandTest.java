package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LensCommandTest {

    private static final Fixture SMALL = Fixture.SMALL;

    @ParameterizedTest
    @ValueSource(strings = {"recomputed", "frozen"})
    void logitsAreTransformerLenss(String norm) {
        Tensor expected = SMALL.tensor("lens/" + norm);

        JsonObject json = CommandRun.json("lens", SMALL.prompt("clean"), "--model", CommandRun.model(SMALL), "--norm",
            norm, "--token", "#7", "#414");

        assertThat(json.keySet()).containsExactly("model", "processing", "tokens", "norm", "layers", "top", "logits",
            "ranks", "seconds");
        assertThat(json.get("layers")).isEqualTo(SMALL.facts().get("lens"));
        for (int token = 0; token < 2; token++) {
            JsonArray layers = json.getAsJsonArray("logits").get(token).getAsJsonArray();
            assertThat(layers).hasSize(9);
            for (int place = 0; place < 9 * 15; place++) {
                assertThat(at(layers, place / 15, place % 15).getAsDouble())
                    .isCloseTo(expected.get(place / 15, place % 15, token == 0 ? 7 : 414), within(2e-5));
            }
        }
        assertThat(json.getAsJsonArray("top")).hasSize(9);
        assertThat(at(json.getAsJsonArray("top"), 8, 14).getAsJsonArray()).hasSize(5);
    }

    private static JsonElement at(JsonArray rows, int row, int column) {
        return rows.get(row).getAsJsonArray().get(column);
    }

    @Test
    void theBundledModelsAnswerAppearsAtTheEnd() {
        JsonObject json = CommandRun.json("lens", "Tom went to the store. Tom", "--token", " went", "--top", "2");

        JsonObject best = at(json.getAsJsonArray("top"), 8, 7).getAsJsonArray().get(0).getAsJsonObject();
        assertThat(best.keySet()).containsExactly("id", "token", "logit", "prob");
        assertThat(best.get("token").getAsString()).isEqualTo(" went");
        assertThat(best.get("prob").getAsDouble()).isCloseTo(0.927, within(5e-4));
        assertThat(at(json.getAsJsonArray("ranks").get(0).getAsJsonArray(), 8, 7).getAsInt()).isZero();
        assertThat(CommandRun.of("lens", "Tom went to the store. Tom", "--token", " went").succeeded().out())
            .contains("final_post", "logit of ·went");
    }

    @Test
    void withoutTokensThereAreNoLogits() {
        JsonObject json = CommandRun.json("lens", "Tom", "--model", CommandRun.model(SMALL));

        assertThat(json.getAsJsonArray("logits")).isEmpty();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        CommandRun.of("lens", "Tom", "--norm", "both").isRefusedWith("“both”", "recomputed, frozen");
        CommandRun.of("lens", "Tom", "--top", "0").isRefusedWith("at least 1");
        CommandRun.of("lens", "Tom", "--token", " travelled store").isRefusedWith("·travelled");
        CommandRun.of("lens", "Tom", "--token", "#99999").isRefusedWith("99999");
        CommandRun.of("lens").isRefusedWith("PROMPT");
    }
}
