package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import org.headscope.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCommandTest {

    private static final Fixture SMALL = Fixture.SMALL;

    @ParameterizedTest
    @ValueSource(strings = {"clean", "corrupt", "text"})
    void theLikeliestTokensAreTransformerLenss(String run) {
        int[] whole = Fixture.ints(SMALL.facts().getAsJsonObject(run).getAsJsonArray("greedy"));

        JsonObject json = CommandRun.json("generate", SMALL.prompt(run), "--model", CommandRun.model(SMALL), "--new",
            "8");

        assertThat(json.keySet()).containsExactly("model", "processing", "tokens", "ids", "text", "top", "seed",
            "seconds");
        assertThat(Fixture.ints(json.getAsJsonArray("ids")))
            .isEqualTo(Arrays.copyOfRange(whole, whole.length - 8, whole.length));
    }

    @Test
    void theBundledModelGoesOn() {
        JsonObject json = CommandRun.json("generate", "Tom went to the store. Tom", "--new", "3");

        assertThat(json.get("text").getAsString()).startsWith(" went");
        assertThat(json.getAsJsonArray("top").get(2).getAsJsonArray()).hasSize(5);
        assertThat(CommandRun.of("generate", "Tom went to the store. Tom", "--top-k", "4", "--new", "2").succeeded()
            .out()).contains("temperature 0", "·went 0.92");
        assertThat(CommandRun.json("generate", "Tom").getAsJsonArray("ids")).hasSize(20);
    }

    @Test
    void aSeedDrawsTheSameAgain() {
        assertThat(drawn("7")).isEqualTo(drawn("7")).isNotEqualTo(drawn("8"));
    }

    private static JsonElement drawn(String seed) {
        return CommandRun.json("generate", "Tom", "--model", CommandRun.model(SMALL), "--temperature", "1.3", "--seed",
            seed, "--top-k", "50", "--top-p", "0.9").get("ids");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        String small = CommandRun.model(SMALL);
        CommandRun.of("generate", "Tom", "--temperature", "-1").isRefusedWith("temperature of -1.0");
        CommandRun.of("generate", "Tom", "--top-k", "0").isRefusedWith("at least 1");
        CommandRun.of("generate", "Tom", "--top-p", "1.5").isRefusedWith("at most 1");
        CommandRun.of("generate", "Tom", "--new", "0").isRefusedWith("at least 1");
        CommandRun.of("generate", "Tom", "--new", "47", "--model", small).isRefusedWith("48", "at most 46");
        CommandRun.of("generate", "Tom", "--new", "many").isRefusedWith("many");
        CommandRun.of("generate").isRefusedWith("PROMPT");
    }
}
