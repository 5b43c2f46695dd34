package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.weights.Safetensors;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PatchCommandTest {

    private static final double TOLERANCE = 1e-5;
    private static final String CLEAN = "Tom went to the store. Tom";
    private static final String CORRUPT = "Tom went to the store. Sarah";

    /** Some cells of each map; row and column are a layer and a head, or a layer and a position. */
    static Stream<Arguments> cells() {
        return Stream.of(Fixture.TINY, Fixture.SMALL).flatMap(fixture -> {
            int last = fixture.ids("clean").length - 1;
            return Stream.of(
                Arguments.of(fixture, "z", "L1H2.z", new int[] {1, 2}),
                Arguments.of(fixture, "q", "L2H3.q", new int[] {2, 3}),
                Arguments.of(fixture, "k", "blocks.1.attn.hook_kH0", new int[] {1, 0}),
                Arguments.of(fixture, "v", "L0H1.v", new int[] {0, 1}),
                Arguments.of(fixture, "pattern", "L1H3.pattern", new int[] {1, 3}),
                Arguments.of(fixture, "resid_pre", "L2.resid_pre@" + last, new int[] {2, last}),
                Arguments.of(fixture, "resid_mid", "L1.resid_mid@" + last, new int[] {1, last}),
                Arguments.of(fixture, "attn_out", "L0.attn_out@" + last, new int[] {0, last}),
                Arguments.of(fixture, "mlp_out", "blocks.2.hook_mlp_out@" + last, new int[] {2, last}),
                Arguments.of(fixture, "z_by_pos", "L0H2.z@" + last, new int[] {0, last, 2}),
                Arguments.of(fixture, "pattern_by_pos", "L2H1.pattern@" + last, new int[] {2, 1, last}));
        });
    }

    @ParameterizedTest
    @MethodSource("cells")
    void cleanIntoCorruptGivesTransformerLenssLogits(Fixture fixture, String map, String site, int[] cell) {
        JsonObject metric = fixture.facts().getAsJsonObject("metric");
        int[] pair = Fixture.ints(metric.getAsJsonArray("difference"));
        JsonObject json = CommandRun.json("patch", "--clean", fixture.prompt("clean"), "--corrupt",
            fixture.prompt("corrupt"), "--at", site, "--token", "#" + pair[0], "--token", "#" + pair[1], "--model",
            CommandRun.model(fixture));

        JsonArray readouts = json.getAsJsonArray("readouts");
        Tensor logit = fixture.tensor("patch/%s/logit".formatted(map));
        Tensor difference = fixture.tensor("patch/%s/difference".formatted(map));
        assertThat(metric.get("logit").getAsInt()).isEqualTo(pair[1]);
        assertThat(logit(readouts, 1, "patched")).isCloseTo(logit.get(cell), within(TOLERANCE));
        for (String run : List.of("clean", "corrupt")) {
            JsonObject expected = metric.getAsJsonObject(run);
            assertThat(logit(readouts, 1, run)).isCloseTo(expected.get("logit").getAsDouble(), within(TOLERANCE));
            assertThat(logit(readouts, 0, run) - logit(readouts, 1, run))
                .isCloseTo(expected.get("difference").getAsDouble(), within(TOLERANCE));
        }
        assertThat(logit(readouts, 0, "patched") - logit(readouts, 1, "patched"))
            .isCloseTo(difference.get(cell), within(TOLERANCE));
        double gap = logit(readouts, 1, "clean") - logit(readouts, 1, "corrupt");
        assertThat(readouts.get(1).getAsJsonObject().get("recovered").getAsDouble())
            .isCloseTo((logit(readouts, 1, "patched") - logit(readouts, 1, "corrupt")) / gap, within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void headsCanBeAblatedWithoutACleanPrompt(Fixture fixture, String map, String site, int[] cell) {
        if (!map.equals("z")) {
            return;
        }
        int id = fixture.facts().getAsJsonObject("metric").get("logit").getAsInt();
        for (String with : List.of("zero", "mean", "0")) {
            JsonObject json = CommandRun.json("patch", "--corrupt", fixture.prompt("clean"), "--at", site, "--with",
                with, "--token", "#" + id, "--model", CommandRun.model(fixture));
            String name = with.equals("mean") ? "ablate/mean/z/logit" : "ablate/zero/z/logit";

            JsonObject readout = json.getAsJsonArray("readouts").get(0).getAsJsonObject();
            assertThat(readout.getAsJsonObject("patched").get("logit").getAsDouble())
                .isCloseTo(fixture.tensor(name).get(cell), within(TOLERANCE));
            assertThat(readout.has("clean")).isFalse();
            assertThat(readout.get("recovered").isJsonNull()).isTrue();
            assertThat(json.has("clean")).isFalse();
            assertThat(json.getAsJsonArray("corrupt")).hasSameSizeAs(fixture.ids("clean"));
        }
    }

    @Test
    void sitesArePatchedTogether() {
        JsonArray one = patch("L1H0.z").getAsJsonArray("readouts");
        JsonObject both = patch("L1H0.z", "L2H0.z");

        assertThat(logit(one, 0, "patched") - logit(one, 1, "patched")).isCloseTo(6.016, within(5e-4));
        JsonArray readouts = both.getAsJsonArray("readouts");
        assertThat(logit(readouts, 0, "patched") - logit(readouts, 1, "patched")).isGreaterThan(7);
        assertThat(both.getAsJsonArray("at").asList()).extracting(element -> element.getAsString())
            .containsExactly("L1H0.z", "L2H0.z");
        assertThat(both.getAsJsonArray("clean").get(7).getAsJsonObject().get("text").getAsString()).isEqualTo(" Tom");
    }

    private static JsonObject patch(String... sites) {
        Stream<String> start = Stream.of("patch", "--clean", CLEAN, "--corrupt", CORRUPT, "--at");
        Stream<String> end = Stream.of("--token", " went", " travelled");
        return CommandRun.json(Stream.of(start, Stream.of(sites), end).flatMap(s -> s).toArray(String[]::new));
    }

    @Test
    void peopleReadATable() {
        String out = CommandRun.of("patch", "--clean", CLEAN, "--corrupt", CORRUPT, "--at", "L1H0.z", "--token",
            " went").succeeded().out();

        assertThat(out).isEqualToNormalizingNewlines("""
            demo (4 layers of 4 heads), TransformerLens processing
            clean    <|endoftext|> Tom ·went ·to ·the ·store . ·Tom  (8 tokens)
            corrupt  <|endoftext|> Tom ·went ·to ·the ·store . ·Sarah  (8 tokens)
            patched  L1H0.z with clean

            token  run       logit    prob  rank  recovered
            ·went  clean    16.371  0.9265     0
            ·went  corrupt   8.826  0.0066    60
            ·went  patched  14.675  0.7331     0     77.5 %
            """);
    }

    @Test
    void theMeanOverReferencePromptsIsPutIn(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("prompts.txt"), CORRUPT + "\n");

        JsonObject own = CommandRun.json("patch", "--corrupt", CORRUPT, "--at", "L1H0.z", "--with", "mean:" + file,
            "--token", " went");
        JsonObject mean = CommandRun.json("patch", "--corrupt", CORRUPT, "--at", "L1H0.z", "--with", "mean", "--token",
            " went");

        assertThat(own.get("with").getAsString()).isEqualTo("mean over 1 reference prompt");
        assertThat(logit(own.getAsJsonArray("readouts"), 0, "patched"))
            .isCloseTo(logit(mean.getAsJsonArray("readouts"), 0, "patched"), within(1e-4));
    }

    @ParameterizedTest
    @MethodSource("org.headscope.command.PatchCommandTest#partialCases")
    void partsOfAttentionGiveTransformerLenssLogits(int index, JsonObject patch, String into) throws IOException {
        Path folder = Fixture.resource("/fixtures/tiny");
        Tensor expected = Safetensors.open(folder.resolve("interventions.safetensors")).tensor("logits").slice(index);
        List<String> arguments = new ArrayList<>(List.of("patch", "--clean",
            Fixture.TINY.prompt(into.equals("clean") ? "corrupt" : "clean"), "--corrupt", Fixture.TINY.prompt(into),
            "--at", patch.get("at").getAsString(), "--with", patch.get("with").getAsString(), "--strength",
            patch.get("strength").getAsString(), "--token", "#7", "--token", "#300", "--model",
            CommandRun.model(Fixture.TINY)));
        if (patch.get("renormalize").getAsBoolean()) {
            arguments.add("--renormalize");
        }
        JsonObject json = CommandRun.json(arguments.toArray(String[]::new));

        assertThat(logit(json.getAsJsonArray("readouts"), 0, "patched")).isCloseTo(expected.get(7), within(TOLERANCE));
        assertThat(logit(json.getAsJsonArray("readouts"), 1, "patched")).isCloseTo(expected.get(300), within(TOLERANCE));
        assertThat(json.has("strength")).isEqualTo(patch.get("strength").getAsDouble() != 1);
        assertThat(json.has("renormalized")).isEqualTo(patch.get("renormalize").getAsBoolean());
    }

    /** One of every kind, of the cases with a single patch. */
    static Stream<Arguments> partialCases() throws IOException {
        JsonArray cases = JsonParser.parseString(Files.readString(
            Fixture.resource("/fixtures/tiny/interventions.json"))).getAsJsonArray();
        Map<String, Arguments> kinds = new LinkedHashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            JsonObject one = cases.get(i).getAsJsonObject();
            JsonObject patch = one.getAsJsonArray("patches").get(0).getAsJsonObject();
            if (one.getAsJsonArray("patches").size() == 1) {
                kinds.putIfAbsent(patch.get("with").getAsString() + patch.get("renormalize") + patch.get("strength"),
                    Arguments.of(i, patch, one.get("into").getAsString()));
            }
        }
        return kinds.values().stream();
    }

    @Test
    void howMuchIsPutInIsSaid() {
        String out = CommandRun.of("patch", "--corrupt", CORRUPT, "--at", "L1H0.pattern@7,2", "--with", "first",
            "--strength", "0.25", "--renormalize", "--token", " went").succeeded().out();

        assertThat(out).contains("patched  L1H0.pattern@7,2 with first-token attention at 25 %, rows renormalised\n");
    }

    @Test
    void partsOfAttentionThatMakeNoSenseAreRefused() {
        partRefused("L1H0.z", "z is no attention", "--with", "uniform");
        partRefused("L1H0.z", "L1H0.z", "--with", "zero", "--renormalize");
        partRefused("L1H0.z", "much", "--with", "zero", "--strength", "much");
        partRefused("L1H0.z", "NaN", "--with", "zero", "--strength", "NaN");
        partRefused("L1H0.attn_scores", "from 0 to 1", "--with", "zero", "--strength", "2");
        partRefused("L1H0.pattern@7,5-3", "smaller position first", "--with", "zero");
        partRefused("L1H0.pattern@7,3-8", "position 8", "--with", "zero");
    }

    private static void partRefused(String at, String part, String... more) {
        CommandRun.of(Stream.concat(Stream.of("patch", "--corrupt", CORRUPT, "--token", " went", "--at", at),
            Stream.of(more)).toArray(String[]::new)).isRefusedWith(part);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        refused(CLEAN, "Tom went to the store.", "L1H0.z", "clean", " went", "8 and 7 tokens");
        refused(CLEAN, CLEAN, "L1H0.z", "clean", " went", "the same");
        refused(CLEAN, CORRUPT, "L1H0.z", "clean", "went there", "“went there”", "2 tokens");
        refused(CLEAN, CORRUPT, "L1H0.z", "clean", "#50257", "50257");
        refused(CLEAN, CORRUPT, "L1H0.zz", "clean", " went", "“L1H0.zz”", "resid_pre");
        refused(CLEAN, CORRUPT, "L9H0.z", "clean", " went", "layer 9", "0 to 3");
        refused(CLEAN, CORRUPT, "L1H4.z", "clean", " went", "head 4", "0 to 3");
        refused(CLEAN, CORRUPT, "L1H0.z@8", "clean", " went", "position 8", "0 to 7");
        refused(CLEAN, CORRUPT, "L1H0.z@7-5", "clean", " went", "“L1H0.z@7-5”");
        refused(CLEAN, CORRUPT, "L1H0.z@7,5", "clean", " went", "edge");
        refused(CLEAN, CORRUPT, "L1H0.z", "noise", " went", "“noise”", "zero");
        refused(CLEAN, CORRUPT, "L1H0.z", "NaN", " went", "“NaN”");
        refused(CLEAN, CORRUPT, "L1H0.z", "mean:nowhere.txt", " went", "nowhere.txt", "cannot be read");
        refused(CLEAN, CORRUPT, "L1H0.z", "mean:", " went", "“mean:”", "mean:FILE");
        CommandRun.of("patch", "--corrupt", CORRUPT, "--at", "L1H0.z", "--token", " went")
            .isRefusedWith("needs a clean prompt");
        CommandRun.of("patch", "--clean", CLEAN, "--at", "L1H0.z", "--token", " went").isRefusedWith("--corrupt");
        CommandRun.of("patch", "--clean", CLEAN, "--corrupt", CORRUPT, "--at", "L1H0.z").isRefusedWith("--token");
        CommandRun.of("patch", "--clean", CLEAN, "--corrupt", CORRUPT, "--token", " went").isRefusedWith("--at");
    }

    private static void refused(String clean, String corrupt, String at, String with, String token, String... parts) {
        CommandRun.of("patch", "--clean", clean, "--corrupt", corrupt, "--at", at, "--with", with, "--token", token)
            .isRefusedWith(parts);
    }

    private static double logit(JsonArray readouts, int token, String run) {
        return readouts.get(token).getAsJsonObject().getAsJsonObject(run).get("logit").getAsDouble();
    }
}
