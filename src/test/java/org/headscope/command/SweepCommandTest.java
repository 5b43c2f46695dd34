package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SweepCommandTest {

    private static final String CLEAN = "Tom went to the store. Tom";
    private static final String CORRUPT = "Tom went to the store. Sarah";
    private static final String[] PAIR = {"--clean", CLEAN, "--corrupt", CORRUPT};
    private static final String[] HEADS = {"--what", "z", "--by", "head"};
    private static final String[] DIFFERENCE = {"--metric", "diff: went: travelled"};

    @TempDir
    private Path folder;

    private static String[] args(Object... parts) {
        return Stream.concat(Stream.of("sweep"), Arrays.stream(parts).flatMap(part -> part instanceof String[] several
            ? Arrays.stream(several) : Stream.of((String) part))).toArray(String[]::new);
    }

    private static void flatten(JsonElement element, List<Double> values, List<Integer> shape, int axis) {
        if (!element.isJsonArray()) {
            values.add(element.isJsonNull() ? Double.NaN : element.getAsDouble());
            return;
        }
        if (shape.size() == axis) {
            shape.add(element.getAsJsonArray().size());
        }
        element.getAsJsonArray().forEach(inner -> flatten(inner, values, shape, axis + 1));
    }

    private static List<Double> flat(JsonElement nested) {
        List<Double> values = new ArrayList<>();
        flatten(nested, values, new ArrayList<>(), 0);
        return values;
    }

    static Stream<Arguments> maps() {
        return Stream.of(Fixture.TINY, Fixture.SMALL).flatMap(fixture -> Stream.of(
            Arguments.of(fixture, "patch/z", "z", "head"), Arguments.of(fixture, "patch/k", "k", "head"),
            Arguments.of(fixture, "patch/z_by_pos", "z", "position"),
            Arguments.of(fixture, "patch/resid_pre", "resid_pre", "position"),
            Arguments.of(fixture, "patch/mlp_out", "mlp_out", "position"),
            Arguments.of(fixture, "ablate/edge", "edge", "head")));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void valuesAreTransformerLenss(Fixture fixture, String map, String what, String by) {
        JsonObject metric = fixture.facts().getAsJsonObject("metric");
        int[] pair = Fixture.ints(metric.getAsJsonArray("difference"));
        boolean edges = what.equals("edge");
        for (String kind : List.of("logit", "difference")) {
            if (!fixture.names().contains(map + "/" + kind)) {
                continue;
            }
            String measured = kind.equals("logit") ? "logit:#" + pair[1] : "diff:#%d:#%d".formatted(pair[0], pair[1]);
            String[] prompts = edges ? new String[] {"--corrupt", fixture.prompt("clean")}
                : new String[] {"--clean", fixture.prompt("clean"), "--corrupt", fixture.prompt("corrupt")};

            JsonObject json = CommandRun.json(args(prompts, "--what", what, "--by", by, "--metric", measured,
                "--model", CommandRun.model(fixture)));

            Tensor expected = fixture.tensor(map + "/" + kind);
            List<Double> values = new ArrayList<>();
            List<Integer> shape = new ArrayList<>();
            flatten(json.get("values"), values, shape, 0);
            assertThat(shape).containsExactlyElementsOf(Arrays.stream(expected.shape()).boxed().toList());
            for (int i = 0; i < values.size(); i++) {
                assertThat(values.get(i)).isCloseTo(expected.at(i), within(1e-5 * Math.max(1, expected.maxAbs())));
            }
            assertThat(json.getAsJsonArray("rows")).hasSize(expected.extent(0));
            assertThat(json.getAsJsonArray("columns")).hasSize(expected.extent(1));
            if (!edges) {
                double clean = metric.getAsJsonObject("clean").get(kind).getAsDouble();
                double corrupt = metric.getAsJsonObject("corrupt").get(kind).getAsDouble();
                assertThat(json.get("clean").getAsDouble()).isCloseTo(clean, within(1e-5));
                assertThat(json.get("corrupt").getAsDouble()).isCloseTo(corrupt, within(1e-5));
                assertThat(flat(json.get("recovered")).get(1))
                    .isCloseTo((values.get(1) - corrupt) / (clean - corrupt), within(1e-4));
            }
        }
    }

    @Test
    void jsonNamesItsAxes() {
        JsonObject json = CommandRun.json(args(PAIR, "--what", "pattern", "--by", "position", DIFFERENCE));

        assertThat(json.keySet()).containsExactly("model", "processing", "tokens", "what", "by", "with", "metric",
            "clean", "corrupt", "rows", "columns", "heads", "values", "recovered", "done", "cells", "seconds");
        assertThat(json.getAsJsonObject("tokens").getAsJsonArray("corrupt")).hasSize(8);
        assertThat(json.getAsJsonArray("rows")).hasToString("[\"L0\",\"L1\",\"L2\",\"L3\"]");
        assertThat(json.getAsJsonArray("columns").get(7).getAsString()).isEqualTo("·Tom → ·Sarah");
        assertThat(json.getAsJsonArray("heads").get(3).getAsString()).isEqualTo("H3");
        assertThat(json.get("metric").getAsString()).isEqualTo("diff: went: travelled");
        assertThat(json.get("done").getAsInt()).isEqualTo(4 * 8 * 4);
        assertThat(json.get("cells").getAsInt()).isEqualTo(4 * 8 * 4);

        JsonObject alone = CommandRun.json(args("--corrupt", CLEAN, "--what", "edge", "--by", "head", "--metric",
            "logit: went"));
        assertThat(alone.getAsJsonArray("tokens")).hasSize(8);
        assertThat(alone.getAsJsonArray("keys").get(2).getAsString()).isEqualTo("·went");
        assertThat(alone.get("with").getAsString()).isEqualTo("zero");
        assertThat(alone.get("clean").isJsonNull()).isTrue();
        assertThat(alone.get("recovered").isJsonNull()).isTrue();
        assertThat(alone.has("note")).isFalse();
    }

    @Test
    void everyMetricIsMeasured() {
        for (String metric : List.of("logit: went", "logprob: went", "prob: went", "kl", "diff:#1816:#21650")) {
            JsonObject json = CommandRun.json(args(PAIR, "--what", "resid_pre", "--by", "position", "--metric",
                metric));

            assertThat(json.getAsJsonArray("recovered").get(2).getAsJsonArray().get(7).getAsDouble()).as(metric)
                .isCloseTo(1, within(1e-4));
            assertThat(json.getAsJsonArray("recovered").get(2).getAsJsonArray().get(6).getAsDouble()).isZero();
        }
    }

    @Test
    void peopleReadAMapOfHeads() {
        assertThat(CommandRun.of(args(PAIR, HEADS, DIFFERENCE)).succeeded().out()).isEqualToNormalizingNewlines("""
            demo (4 layers of 4 heads), TransformerLens processing
            clean    <|endoftext|> Tom ·went ·to ·the ·store . ·Tom  (8 tokens)
            corrupt  <|endoftext|> Tom ·went ·to ·the ·store . ·Sarah  (8 tokens)
            swept    z by head with clean
            metric   logit difference “·went” − “·travelled”: clean 8.183, corrupt -1.499

            recovered, %    H0    H1    H2    H3
            L0             0.0   0.0   0.0  -0.2
            L1            77.6   0.4  -0.2   0.0
            L2            22.9  -0.5   1.3   2.7
            L3             0.1   1.4  -0.4  -0.5
            strongest: L1H0 77.6 %, L2H0 22.9 %, L2H3 2.7 %, L3H1 1.4 %, L2H2 1.3 %
            """);
    }

    @Test
    void peopleReadAMapOfPositions() {
        String out = CommandRun.of(args(PAIR, "--what", "z", "--by", "position", DIFFERENCE)).succeeded().out();

        assertThat(out).contains("7 ·Tom → ·Sarah", "of each, the head that changes it most", "L1H0@7 77.6 %");
        String ids = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30";
        assertThat(CommandRun.of(args("--corrupt", ids, "--ids", "--what", "attn_out", "--by", "position", "--with",
            "0.5", "--metric", "logit: went")).succeeded().out().lines())
            .filteredOn(line -> line.startsWith("L") || line.startsWith("logit"))
            .allSatisfy(line -> assertThat(line.length()).isLessThan(120))
            .filteredOn(line -> line.startsWith("L3 ")).hasSizeGreaterThan(1);
        assertThat(CommandRun.of(args(PAIR, "--what", "edge", "--by", "head", DIFFERENCE)).succeeded().out())
            .contains("of each, the key that changes it most", "@7,");
    }

    /** The pair turned round: corrupt into clean. */
    @Test
    void noisingIsTheSamePairTheOtherWayRound() {
        JsonObject json = CommandRun.json(args("--clean", CORRUPT, "--corrupt", CLEAN, HEADS, DIFFERENCE));

        assertThat(json.get("clean").getAsDouble()).isCloseTo(-1.499, within(5e-4));
        assertThat(json.get("corrupt").getAsDouble()).isCloseTo(8.183, within(5e-4));
        assertThat(json.getAsJsonArray("recovered").get(1).getAsJsonArray().get(0).getAsDouble()).isGreaterThan(0.5);
        assertThat(CommandRun.of("sweep", "--help").succeeded().out()).contains("noising");
    }

    @Test
    void metricsThatHardlyDifferGiveNoShares() throws IOException {
        Path csv = folder.resolve("map.csv");
        String[] args = args("--clean", CLEAN, "--corrupt", "Tom went to the store. Sarah", HEADS, "--metric",
            "prob: Sarah", "--csv", csv.toString());

        JsonObject json = CommandRun.json(args);
        String out = CommandRun.of(args).succeeded().out();

        assertThat(json.get("recovered").isJsonNull()).isTrue();
        assertThat(json.get("note").getAsString()).contains("less than 0.1");
        assertThat(flat(json.get("values"))).hasSize(16).doesNotContain(Double.NaN);
        assertThat(out).contains("less than 0.1", "probability  ").doesNotContain("%");
        assertThat(Files.readAllLines(csv).get(1)).endsWith(",");
    }

    @Test
    void filesHoldEveryDigitAndAPicture() throws IOException {
        Path csv = folder.resolve("map.csv");
        Path png = folder.resolve("map.png");

        JsonObject json = CommandRun.json(args(PAIR, "--what", "z", "--by", "position", DIFFERENCE, "--csv",
            csv.toString(), "--png", png.toString()));

        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo("layer,position,token,head,value,recovered");
        assertThat(lines).hasSize(1 + 128);
        JsonArray values = json.getAsJsonArray("values").get(1).getAsJsonArray().get(7).getAsJsonArray();
        JsonArray recovered = json.getAsJsonArray("recovered").get(1).getAsJsonArray().get(7).getAsJsonArray();
        assertThat(lines.get(1 + 32 + 28)).isEqualTo("1,7,·Tom → ·Sarah,0,%s,%s".formatted(
            values.get(0).getAsString(), recovered.get(0).getAsString()));
        assertThat(png).isNotEmptyFile();
        assertThat(json.getAsJsonArray("files")).hasSize(2);
        for (String what : List.of("z", "edge")) {
            Path heads = folder.resolve(what + ".png");
            CommandRun.of(args(PAIR, "--what", what, "--by", "head", DIFFERENCE, "--png", heads.toString()))
                .succeeded();
            assertThat(heads).isNotEmptyFile();
        }
    }

    private Path pairs(String text) throws IOException {
        return Files.writeString(folder.resolve("pairs.csv"), text);
    }

    @Test
    void manyPairsGiveMeanErrorAndEach() throws IOException {
        Path file = pairs("""
            clean,corrupt,answer,wrong
            Tom went to the store. Tom,Tom went to the store. Sarah, went, travelled
            Tom ran to the shop. Tom,Tom ran to the shop. Sarah, ran, travelled
            """);
        Path csv = folder.resolve("map.csv");

        JsonObject json = CommandRun.json(args("--pairs", file.toString(), HEADS, "--metric", "diff", "--csv",
            csv.toString()));

        assertThat(json.keySet()).containsExactly("model", "processing", "what", "by", "with", "metric", "clean",
            "corrupt", "rows", "columns", "values", "sem", "recovered", "pairs", "done", "cells", "files", "seconds");
        JsonArray pairs = json.getAsJsonArray("pairs");
        assertThat(pairs).hasSize(2);
        List<Double> first = flat(pairs.get(0).getAsJsonObject().get("values"));
        List<Double> second = flat(pairs.get(1).getAsJsonObject().get("values"));
        assertThat(first.get(4)).isCloseTo(6.016, within(5e-4));
        for (int cell = 0; cell < 16; cell++) {
            assertThat(flat(json.get("values")).get(cell)).isCloseTo((first.get(cell) + second.get(cell)) / 2,
                within(1e-9));
            assertThat(flat(json.get("sem")).get(cell)).isCloseTo(Math.abs(first.get(cell) - second.get(cell)) / 2,
                within(1e-9));
        }
        assertThat(pairs.get(1).getAsJsonObject().get("line").getAsInt()).isEqualTo(3);
        assertThat(pairs.get(1).getAsJsonObject().getAsJsonObject("tokens").getAsJsonArray("clean")).hasSize(8);
        assertThat(Files.readAllLines(csv).get(0)).isEqualTo("layer,head,value,sem,recovered,line 2,line 3");
        assertThat(Files.readAllLines(csv)).hasSize(17);
        assertThat(CommandRun.of(args("--pairs", file.toString(), "--what", "z", "--by", "position", "--metric",
            "diff")).succeeded().out()).contains("2 of ", "each pair’s answer − wrong", "L1H0@7", " ± ");
        assertThat(CommandRun.json(args("--pairs", file.toString(), HEADS, "--metric", "logit: went"))
            .getAsJsonArray("pairs")).hasSize(2);
    }

    @Test
    void aBadRowOfPairsIsNamedByItsLine() throws IOException {
        String good = CLEAN + "," + CORRUPT + ", went, travelled\n";
        refusedPairs(good + CLEAN + ",Tom went to the store.\n", HEADS, "kl", "pairs.csv, line 2:", "8 and 7 tokens");
        refusedPairs(good + CLEAN + "," + CLEAN + "\n", HEADS, "kl", "line 2:", "the same");
        refusedPairs(good + CLEAN + "," + CORRUPT + "\n", HEADS, "diff", "line 2:", "no answer token");
        refusedPairs(good + CLEAN + "," + CORRUPT + ", went\n", HEADS, "diff", "line 2:", "no wrong token");
        refusedPairs(good + CLEAN + "," + CORRUPT + ",went there\n", HEADS, "kl", "line 2:", "2 tokens");
        refusedPairs(good + "Tom went,Sarah went\n", new String[] {"--what", "z", "--by", "position"}, "kl", "line 2:",
            "3 tokens", "first pair 8");
    }

    private void refusedPairs(String text, String[] kind, String metric, String... parts) throws IOException {
        CommandRun.of(args("--pairs", pairs(text).toString(), kind, "--metric", metric)).isRefusedWith(parts);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        CommandRun.of(args("--clean", CLEAN, "--corrupt", "Tom went to the store.", HEADS, DIFFERENCE))
            .isRefusedWith("8 and 7 tokens");
        CommandRun.of(args("--clean", CLEAN, "--corrupt", CLEAN, HEADS, DIFFERENCE)).isRefusedWith("the same");
        CommandRun.of(args("--corrupt", CORRUPT, HEADS, DIFFERENCE)).isRefusedWith("needs a clean prompt", "--with");
        CommandRun.of(args(HEADS, DIFFERENCE)).isRefusedWith("--corrupt", "--pairs");
        CommandRun.of(args(PAIR, HEADS, DIFFERENCE, "--pairs", "pairs.csv")).isRefusedWith("--pairs", "--clean");
        CommandRun.of(args("--pairs", "nowhere.csv", HEADS, DIFFERENCE)).isRefusedWith("nowhere.csv");
        CommandRun.of(args(PAIR, "--by", "head", DIFFERENCE)).isRefusedWith("--what");
        CommandRun.of(args(PAIR, "--what", "z", "--by", "layer", DIFFERENCE)).isRefusedWith("“layer”", "position");
        CommandRun.of(args(PAIR, "--what", "heads", "--by", "head", DIFFERENCE)).isRefusedWith("“heads”", "resid_pre");
        CommandRun.of(args(PAIR, "--what", "result", "--by", "head", DIFFERENCE)).isRefusedWith("“result”");
        CommandRun.of(args(PAIR, "--what", "resid_pre", "--by", "head", DIFFERENCE))
            .isRefusedWith("resid_pre cannot be swept by head");
        CommandRun.of(args(PAIR, "--what", "edge", "--by", "position", DIFFERENCE)).isRefusedWith("--by head");
        CommandRun.of(args(PAIR, HEADS, DIFFERENCE, "--with", "noise")).isRefusedWith("“noise”");
        CommandRun.of(args("--corrupt", CORRUPT, HEADS, "--with", "zero", "--metric", "kl"))
            .isRefusedWith("clean prompt");
    }

    @Test
    void aTargetIsCheckedBeforeAnythingIsComputed() {
        CommandRun.of(args(PAIR, HEADS, DIFFERENCE, "--csv", folder.toString())).isRefusedWith("is a folder");
        CommandRun.of(args(PAIR, HEADS, DIFFERENCE, "--png", folder.resolve("no/map.png").toString()))
            .isRefusedWith("no folder");
        CommandRun.of(args(PAIR, HEADS, DIFFERENCE, "--png", folder.resolve("map.gif").toString()))
            .isRefusedWith("map.gif");
        CommandRun.of(args(PAIR, HEADS, DIFFERENCE, "--png", folder.resolve("map.csv").toString()))
            .isRefusedWith("end ", ".png");
    }
}
