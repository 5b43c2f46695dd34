package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.weights.Safetensors;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunCommandTest {

    private static final double TOLERANCE = 5e-6;

    @TempDir
    private Path folder;

    static Stream<Fixture> small() {
        return Stream.of(Fixture.TINY, Fixture.SMALL);
    }

    @ParameterizedTest
    @MethodSource("small")
    void everyActivationIsWrittenAsTransformerLensHasIt(Fixture fixture) {
        Path file = folder.resolve("all.safetensors");
        JsonObject json = CommandRun.json("run", fixture.prompt("clean"), "--model", CommandRun.model(fixture), "--out",
            file.toString(), "--hooks", "*");

        assertThat(json.getAsJsonArray("files")).hasSize(1);
        try (Safetensors written = Safetensors.open(file)) {
            Set<String> expected = fixture.names().stream().filter(name -> name.startsWith("clean/"))
                .collect(Collectors.toSet());
            assertThat(expected).anyMatch(name -> name.endsWith("hook_result")).contains("clean/logits");
            for (String name : expected) {
                Fixture.assertClose(name, written.tensor(name.substring("clean/".length())), fixture.tensor(name),
                    TOLERANCE);
            }
        }
    }

    @Test
    void withoutAGlobTheDefaultsOfRunWithCacheAreWritten() {
        Path file = folder.resolve("defaults.safetensors");
        CommandRun.of("run", "Tom", "--model", CommandRun.model(Fixture.TINY), "--out", file.toString()).succeeded();

        try (Safetensors written = Safetensors.open(file)) {
            // 17 a layer and 4 outside, as in TransformerLens 2.15, and the logits.
            assertThat(written.names()).hasSize(3 * 17 + 4 + 1).contains("blocks.2.attn.hook_pattern", "logits")
                .doesNotContain("blocks.2.attn.hook_result", "blocks.2.hook_q_input");
        }
        assertThat(folder.toFile().list()).containsExactly("defaults.safetensors");
    }

    @Test
    void numbersThatGetTooLargeAreToldWithTheirLayer() {
        String model = ModelCopy.of(Fixture.TINY, folder).overflowing(1).folder().toString();

        JsonObject json = CommandRun.json("run", "Tom", "--model", model, "--hooks", "blocks.*.hook_mlp_out");
        assertThat(json.get("overflow").getAsString()).isEqualTo("blocks.1.hook_mlp_out");
        assertThat(json.get("loss").isJsonNull()).isTrue();
        CommandRun run = CommandRun.of("run", "Tom", "--model", model).succeeded();
        assertThat(run.out()).contains("single precision at logits").doesNotContain("no next token");
        assertThat(CommandRun.json("run", "Tom", "--model", CommandRun.model(Fixture.TINY)).has("overflow")).isFalse();
    }

    @Test
    void aGlobKeepsWhatItNames() {
        JsonObject json = CommandRun.json("run", "Tom", "--model", CommandRun.model(Fixture.TINY), "--hooks",
            "blocks.[01].hook_{q,k}_input");

        assertThat(json.getAsJsonArray("activations").asList().stream()
            .map(activation -> activation.getAsJsonObject().get("name").getAsString()))
            .containsExactly("blocks.0.hook_q_input", "blocks.0.hook_k_input", "blocks.1.hook_q_input",
                "blocks.1.hook_k_input");
        assertThat(json.has("files")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("small")
    void lossAndFirstPredictionsAreTransformerLenss(Fixture fixture) {
        JsonObject facts = fixture.facts().getAsJsonObject("text");
        JsonObject json = CommandRun.json("run", fixture.prompt("text"), "--model", CommandRun.model(fixture), "--top",
            "5");

        assertThat(json.get("processing").getAsString()).isEqualTo("transformerlens");
        assertThat(json.get("model").getAsString()).isEqualTo("model");
        assertThat(ids(json.getAsJsonArray("tokens"))).isEqualTo(fixture.ids("text"));
        assertThat(json.get("loss").getAsDouble()).isCloseTo(facts.get("loss").getAsDouble(), within(TOLERANCE));
        assertThat(json.get("seconds").getAsDouble()).isPositive();
        JsonArray expected = facts.getAsJsonArray("top");
        assertThat(json.getAsJsonArray("top")).hasSize(5);
        for (int rank = 0; rank < 5; rank++) {
            JsonObject candidate = json.getAsJsonArray("top").get(rank).getAsJsonObject();
            JsonArray pair = expected.get(rank).getAsJsonArray();
            assertThat(candidate.get("id").getAsInt()).isEqualTo(pair.get(0).getAsInt());
            assertThat(candidate.get("prob").getAsDouble()).isCloseTo(pair.get(1).getAsDouble(), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @MethodSource("small")
    void rawLogitsAreHuggingFaces(Fixture fixture) {
        Tensor expected = fixture.tensor("hf/corrupt/logits");
        int last = expected.extent(1) - 1;
        JsonObject json = CommandRun.json("run", "--ids", commas(fixture.ids("corrupt")), "--raw", "--model",
            CommandRun.model(fixture), "--top", "440");

        assertThat(json.get("processing").getAsString()).isEqualTo("raw");
        assertThat(json.getAsJsonArray("top")).hasSize(440);
        json.getAsJsonArray("top").forEach(element -> {
            JsonObject candidate = element.getAsJsonObject();
            assertThat(candidate.get("logit").getAsDouble())
                .isCloseTo(expected.get(0, last, candidate.get("id").getAsInt()), within(TOLERANCE * 2));
        });
    }

    @Test
    void oneTokenHasNoLoss() {
        JsonObject json = CommandRun.json("run", "Tom", "--no-bos", "--model", CommandRun.model(Fixture.TINY));

        assertThat(json.getAsJsonArray("tokens")).hasSize(1);
        assertThat(json.has("loss")).isTrue();
        assertThat(json.get("loss").isJsonNull()).isTrue();
    }

    @Test
    void numbersKeepTheirDigits() {
        String out = CommandRun.of("run", "Tom went to the store. Tom", "--top", "1", "--json").succeeded().out();

        assertThat(out).containsPattern("\"logit\":16\\.37\\d{3,6},").containsPattern("\"prob\":0\\.926\\d{12,15}")
            .contains("\"token\":\" went\"");
    }

    @Test
    void peopleReadATable() {
        String out = CommandRun.of("run", "Tom went to the store. Tom", "--top", "2").succeeded().out();

        assertThat(out).isEqualToNormalizingNewlines("""
            demo (4 layers of 4 heads), TransformerLens processing
            tokens   <|endoftext|> Tom ·went ·to ·the ·store . ·Tom  (8 tokens)
            loss     2.4827

            rank  next token     id   logit    prob
               0  ·went       #1816  16.371  0.9265
               1  ·came       #1625  12.414  0.0177
            """);
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        String tiny = CommandRun.model(Fixture.TINY);
        CommandRun.of("run", "Tom", "--hooks", "blocks.*.hook_zz", "--model", tiny).isRefusedWith("blocks.*.hook_zz",
            "blocks.*.attn.hook_z", "0 to 2");
        CommandRun.of("run", "Tom", "--hooks", "[", "--model", tiny).isRefusedWith("“[”");
        CommandRun.of("run", "Tom", "--top", "0").isRefusedWith("--top 0");
        CommandRun.of("run", "Tom", "--top", "many").isRefusedWith("many", "--help");
        CommandRun.of("run", "Tom", "--out", "x.npz").isRefusedWith("x.npz", ".safetensors");
        CommandRun.of("run", "Tom", "--out", folder.resolve("no/x.safetensors").toString()).isRefusedWith("no folder");
        Path named = Files.createDirectory(folder.resolve("x.safetensors"));
        CommandRun.of("run", "Tom", "--out", named.toString()).isRefusedWith("is a folder");
        CommandRun.of("run", "", "--model", tiny).isRefusedWith("empty");
        CommandRun.of("run", "1,x", "--ids", "--model", tiny).isRefusedWith("“1,x”");
        CommandRun.of("run", "1,,2", "--ids", "--model", tiny).isRefusedWith("“1,,2”");
        CommandRun.of("run", "9999", "--ids", "--model", tiny).isRefusedWith("9999");
        CommandRun.of("run", "a ".repeat(300)).isRefusedWith("256", "shorten");
        CommandRun.of("run", "Tom", "went").isRefusedWith("“went”", "quotes");
        CommandRun.of("run").isRefusedWith("PROMPT");
        CommandRun.of("run", "Tom", "--threads", "0").isRefusedWith("--threads 0");
        CommandRun.of("run", "Tom", "--threads", "100000").isRefusedWith("--threads 100,000 is too many");
    }

    private static int[] ids(JsonArray tokens) {
        return tokens.asList().stream().mapToInt(token -> token.getAsJsonObject().get("id").getAsInt()).toArray();
    }

    static String commas(int[] ids) {
        return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
