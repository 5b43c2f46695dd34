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

    /** Every sweep that TransformerLens ran: the words for it, by its name in the fixtures. */
    static Stream<Arguments> maps() {
        return Stream.of(Fixture.TINY, Fixture.SMALL).flatMap(fixture -> fixture.names().stream()
            .filter(name -> name.startsWith("patch/") || name.startsWith("ablate/"))
            .map(name -> name.substring(0, name.lastIndexOf('/'))).distinct().sorted()
            .map(map -> Arguments.of(fixture, map)));
    }

    private static String[] words(Fixture fixture, String map) {
        String what = map.substring(map.lastIndexOf('/') + 1).replace("_by_pos", "");
        boolean byHead = List.of("z", "q", "k", "v", "pattern", "edge").contains(what) && !map.endsWith("_by_pos");
        List<String> words = new ArrayList<>(List.of("--what", what, "--by", byHead ? "head" : "position"));
        if (map.startsWith("ablate")) {
            words.addAll(List.of("--corrupt", fixture.prompt("clean")));
            if (!what.equals("edge")) {
                words.addAll(List.of("--with", map.split("/")[1]));
            }
        } else {
            words.addAll(List.of("--clean", fixture.prompt("clean"), "--corrupt", fixture.prompt("corrupt")));
        }
        return words.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void valuesAreTransformerLenss(Fixture fixture, String map) {
        JsonObject metric = fixture.facts().getAsJsonObject("metric");
        int[] pair = Fixture.ints(metric.getAsJsonArray("difference"));
        for (String kind : List.of("logit", "difference")) {
            if (!fixture.names().contains(map + "/" + kind)) {
                assertThat(map + kind).as("edges have the difference alone").isEqualTo("ablate/edgelogit");
                continue;
            }
            String measured = kind.equals("logit") ? "logit:#" + metric.get("logit").getAsInt()
                : "diff:#%d:#%d".formatted(pair[0], pair[1]);

            JsonObject json = CommandRun.json(args(words(fixture, map), "--metric", measured, "--model",
                CommandRun.model(fixture)));

            Tensor expected = fixture.tensor(map + "/" + kind);
            List<Double> values = new ArrayList<>();
            List<Integer> shape = new ArrayList<>();
            flatten(map.contains("pattern_by_pos") ? positionsLast(json.get("values")) : json.get("values"), values,
                shape, 0);
            assertThat(shape).containsExactlyElementsOf(Arrays.stream(expected.shape()).boxed().toList());
            for (int i = 0; i < values.size(); i++) {
                assertThat(values.get(i)).isCloseTo(expected.at(i), within(1e-5 * Math.max(1, expected.maxAbs())));
            }
            assertThat(json.getAsJsonArray("rows")).hasSize(expected.extent(0));
            if (map.startsWith("patch")) {
                double clean = metric.getAsJsonObject("clean").get(kind).getAsDouble();
                double corrupt = metric.getAsJsonObject("corrupt").get(kind).getAsDouble();
                assertThat(json.get("clean").getAsDouble()).isCloseTo(clean, within(1e-5));
                assertThat(json.get("corrupt").getAsDouble()).isCloseTo(corrupt, within(1e-5));
                assertThat(flat(json.get("recovered")).get(1))
                    .isCloseTo((flat(json.get("values")).get(1) - corrupt) / (clean - corrupt), within(1e-4));
            }
        }
    }

    /** [layer][position][head] to [layer][head][position], in which TransformerLens has patterns. */
    private static JsonArray positionsLast(JsonElement values) {
        JsonArray turned = new JsonArray();
        for (JsonElement layer : values.getAsJsonArray()) {
            JsonArray heads = new JsonArray();
            for (int head = 0; head < layer.getAsJsonArray().get(0).getAsJsonArray().size(); head++) {
                JsonArray positions = new JsonArray();
                for (JsonElement position : layer.getAsJsonArray()) {
                    positions.add(position.getAsJsonArray().get(head));
                }
                heads.add(positions);
            }
            turned.add(heads);
        }
        return turned;
    }

    /** {@code get_act_patch_attn_head_all_pos_every}, {@code …_by_pos_every} and {@code get_act_patch_block_every}. */
    @Test
    void panelsAreTransformerLenssStacked() {
        Fixture fixture = Fixture.SMALL;
        int logit = fixture.facts().getAsJsonObject("metric").get("logit").getAsInt();
        for (String[] words : List.of(new String[] {"heads", "head", ""}, new String[] {"heads", "position", "_by_pos"},
            new String[] {"blocks", "position", ""})) {
            JsonObject json = CommandRun.json(args("--clean", fixture.prompt("clean"), "--corrupt",
                fixture.prompt("corrupt"), "--what", words[0], "--by", words[1], "--metric", "logit:#" + logit,
                "--model", CommandRun.model(fixture)));

            assertThat(json.getAsJsonArray("parts")).hasToString(words[0].equals("heads")
                ? "[\"z\",\"q\",\"k\",\"v\",\"pattern\"]" : "[\"resid_pre\",\"attn_out\",\"mlp_out\"]");
            JsonArray parts = json.getAsJsonArray("parts");
            assertThat(json.getAsJsonArray("values")).hasSize(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.get(i).getAsString();
                Tensor expected = fixture.tensor("patch/" + part + words[2] + "/logit");
                JsonElement own = json.getAsJsonArray("values").get(i);
                List<Double> values = flat(part.equals("pattern") && !words[2].isEmpty() ? positionsLast(own) : own);
                assertThat(values).hasSize(expected.size());
                for (int cell = 0; cell < values.size(); cell++) {
                    assertThat(values.get(cell)).as(part).isCloseTo(expected.at(cell),
                        within(1e-5 * Math.max(1, expected.maxAbs())));
                }
            }
            assertThat(flat(json.get("recovered"))).hasSameSizeAs(flat(json.get("values")));
            assertThat(json.get("cells").getAsInt()).isEqualTo(flat(json.get("values")).size());
        }
    }

    @Test
    void panelsAreShownTogether() throws IOException {
        Path csv = folder.resolve("heads.csv");
        Path png = folder.resolve("heads.png");

        JsonObject json = CommandRun.json(args(PAIR, "--what", "heads", "--by", "head", DIFFERENCE, "--csv",
            csv.toString(), "--png", png.toString()));
        String out = CommandRun.of(args(PAIR, "--what", "blocks", "--by", "position", DIFFERENCE)).succeeded().out();

        assertThat(json.keySet()).containsExactly("model", "processing", "tokens", "what", "by", "with", "metric",
            "clean", "corrupt", "rows", "columns", "parts", "values", "recovered", "done", "cells", "files",
            "seconds");
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo("part,layer,head,value,recovered");
        assertThat(lines).hasSize(1 + 5 * 16);
        assertThat(lines.get(1 + 3 * 16)).startsWith("v,0,0,");
        assertThat(png).isNotEmptyFile();
        assertThat(out.lines()).contains("resid_pre", "attn_out", "mlp_out")
            .filteredOn(line -> line.startsWith("strongest")).hasSize(3);
        Path positions = folder.resolve("positions.png");
        CommandRun.of(args(PAIR, "--what", "heads", "--by", "position", DIFFERENCE, "--png", positions.toString()))
            .succeeded();
        assertThat(positions).isNotEmptyFile();
    }

    @Test
    void pathsIntoAReceiverAndFromASender() throws IOException {
        Path csv = folder.resolve("paths.csv");
        Path png = folder.resolve("paths.png");

        JsonObject into = CommandRun.json(args(PAIR, "--to", "L2H0.v", DIFFERENCE, "--csv", csv.toString(), "--png",
            png.toString()));
        JsonObject from = CommandRun.json(args(PAIR, "--from", "L1H0", "--what", "v", DIFFERENCE));

        assertThat(into.keySet()).containsExactly("model", "processing", "tokens", "what", "by", "to", "with",
            "metric", "clean", "corrupt", "rows", "columns", "values", "recovered", "done", "cells", "files",
            "seconds");
        assertThat(into.get("what").getAsString()).isEqualTo("v");
        assertThat(into.get("to").getAsString()).isEqualTo("L2H0.v");
        assertThat(from.get("from").getAsString()).isEqualTo("L1H0");
        assertThat(into.get("cells").getAsInt()).isEqualTo(8);
        assertThat(from.get("done").getAsInt()).isEqualTo(8);
        for (int layer = 0; layer < 4; layer++) {
            for (int head = 0; head < 4; head++) {
                assertThat(cell(into, layer, head).isJsonNull()).isEqualTo(layer >= 2);
                assertThat(cell(from, layer, head).isJsonNull()).isEqualTo(layer <= 1);
            }
        }
        // The one path that both maps hold.
        assertThat(cell(into, 1, 0).getAsDouble()).isCloseTo(cell(from, 2, 0).getAsDouble(), within(1e-5))
            .isNotCloseTo(into.get("corrupt").getAsDouble(), within(5e-4));
        assertThat(Files.readAllLines(csv)).hasSize(17).last().isEqualTo("3,3,,");
        assertThat(png).isNotEmptyFile();
        assertThat(CommandRun.of(args(PAIR, "--to", "L2H0.v", DIFFERENCE)).succeeded().out())
            .contains("L2H0.v, reading every head below", "–").doesNotContain("Stopped");
        assertThat(CommandRun.of(args(PAIR, "--from", "L1H0", "--what", "q", "--by", "head", DIFFERENCE)).succeeded()
            .out()).contains("the q of every head above, reading L1H0");
        assertThat(CommandRun.of("sweep", "--help").succeeded().out()).contains("--to", "--from", "path patching");
    }

    private static JsonElement cell(JsonObject json, int layer, int head) {
        return json.getAsJsonArray("values").get(layer).getAsJsonArray().get(head);
    }

    @Test
    void pathsThatAreNoneAreRefused() {
        CommandRun.of(args(PAIR, "--to", "L2H0", DIFFERENCE)).isRefusedWith("“L2H0”", "L5H1.q");
        CommandRun.of(args(PAIR, "--to", "L2H0.z", DIFFERENCE)).isRefusedWith("“L2H0.z”");
        CommandRun.of(args(PAIR, "--from", "L2H0.q", DIFFERENCE)).isRefusedWith("“L2H0.q”", "L4H1");
        CommandRun.of(args(PAIR, "--from", "L2H0", DIFFERENCE)).isRefusedWith("--what q, k or v");
        CommandRun.of(args(PAIR, "--from", "L2H0", "--what", "z", DIFFERENCE)).isRefusedWith("--what q, k or v");
        CommandRun.of(args(PAIR, "--to", "L2H0.q", "--what", "k", DIFFERENCE)).isRefusedWith("leave --what out");
        CommandRun.of(args(PAIR, "--to", "L2H0.q", "--from", "L1H0", DIFFERENCE)).isRefusedWith("one end");
        CommandRun.of(args(PAIR, "--to", "L2H0.q", "--by", "position", DIFFERENCE)).isRefusedWith("leave --by out");
        CommandRun.of(args(PAIR, "--to", "L2H0.q", "--with", "zero", DIFFERENCE)).isRefusedWith("leave --with out");
        CommandRun.of(args(PAIR, "--to", "L0H0.q", DIFFERENCE)).isRefusedWith("first layer");
        CommandRun.of(args(PAIR, "--from", "L3H0", "--what", "q", DIFFERENCE)).isRefusedWith("last layer");
        CommandRun.of(args(PAIR, "--to", "L4H0.q", DIFFERENCE)).isRefusedWith("layer 4");
        CommandRun.of(args(PAIR, "--to", "L2H9.q", DIFFERENCE)).isRefusedWith("head 9");
        CommandRun.of(args("--corrupt", CORRUPT, "--to", "L2H0.q", DIFFERENCE)).isRefusedWith("clean prompt");
    }

    @Test
    void theMeanOverReferencePromptsIsPutIn() throws IOException {
        Path file = Files.writeString(folder.resolve("prompts.txt"), CORRUPT + "\n");

        JsonObject own = CommandRun.json(args("--corrupt", CORRUPT, HEADS, DIFFERENCE, "--with", "mean:" + file));
        JsonObject mean = CommandRun.json(args("--corrupt", CORRUPT, HEADS, DIFFERENCE, "--with", "mean"));

        assertThat(own.get("with").getAsString()).isEqualTo("mean over 1 reference prompt");
        for (int cell = 0; cell < 16; cell++) {
            assertThat(flat(own.get("values")).get(cell)).isCloseTo(flat(mean.get("values")).get(cell), within(1e-4));
        }
        Files.writeString(file, CLEAN + "\n\nThe cat sat.\n");
        assertThat(CommandRun.of(args(PAIR, "--what", "blocks", "--by", "position", DIFFERENCE, "--with",
            "mean:" + file)).succeeded().out()).contains("mean over 2 reference prompts");
        CommandRun.of(args(PAIR, "--what", "pattern", "--by", "head", DIFFERENCE, "--with", "mean:" + file))
            .isRefusedWith("pattern has no mean");
    }

    @Test
    void aBadFileOfReferencePromptsIsNamedByItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("prompts.txt"), "The cat\n" + " the".repeat(600) + "\n");
        String[] with = {"--with", "mean:" + file};

        CommandRun.of(args("--corrupt", CORRUPT, HEADS, DIFFERENCE, with)).isRefusedWith("prompts.txt, line 2:",
            "at most");
        Files.writeString(file, "1,2\n3,x\n");
        CommandRun.of(args("--corrupt", "1,2,3", "--ids", HEADS, DIFFERENCE, with)).isRefusedWith("line 2:", "“3,x”");
        Files.writeString(file, "\n");
        CommandRun.of(args("--corrupt", CORRUPT, HEADS, DIFFERENCE, with)).isRefusedWith("no prompts");
        CommandRun.of(args("--corrupt", CORRUPT, HEADS, DIFFERENCE, "--with", "mean:nowhere.txt"))
            .isRefusedWith("nowhere.txt", "cannot be read");
        CommandRun.of(args("--corrupt", CORRUPT, HEADS, DIFFERENCE, "--with", "mean:")).isRefusedWith("mean:FILE");
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
    void pathsOfManyPairsGiveTheirMean() throws IOException {
        Path file = pairs("""
            clean,corrupt,answer,wrong
            Tom went to the store. Tom,Tom went to the store. Sarah, went, travelled
            Tom ran to the shop. Tom,Tom ran to the shop. Sarah, ran, travelled
            """);
        JsonObject json = CommandRun.json(args("--pairs", file.toString(), "--from", "L1H0", "--what", "q", "--metric",
            "diff"));

        List<Double> means = flat(json.get("values"));
        List<Double> first = flat(json.getAsJsonArray("pairs").get(0).getAsJsonObject().get("values"));
        List<Double> second = flat(json.getAsJsonArray("pairs").get(1).getAsJsonObject().get("values"));
        assertThat(json.get("cells").getAsInt()).isEqualTo(2 * 8);
        assertThat(json.get("done").getAsInt()).isEqualTo(2 * 8);
        assertThat(means.subList(0, 8)).containsOnly(Double.NaN);
        for (int cell = 8; cell < 16; cell++) {
            assertThat(means.get(cell)).isCloseTo((first.get(cell) + second.get(cell)) / 2, within(1e-9));
        }
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
    void panelsOfManyPairsGiveTheMeanOfEachPart() throws IOException {
        Path file = pairs("""
            clean,corrupt,answer,wrong
            Tom went to the store. Tom,Tom went to the store. Sarah, went, travelled
            Tom ran to the shop. Tom,Tom ran to the shop. Sarah, ran, travelled
            """);
        Path csv = folder.resolve("map.csv");
        Path png = folder.resolve("map.png");

        JsonObject json = CommandRun.json(args("--pairs", file.toString(), "--what", "heads", "--by", "head", "--metric",
            "diff", "--csv", csv.toString(), "--png", png.toString()));
        JsonObject pattern = CommandRun.json(args("--pairs", file.toString(), "--what", "pattern", "--by", "head",
            "--metric", "diff"));

        assertThat(json.keySet()).containsExactly("model", "processing", "what", "by", "with", "metric", "clean",
            "corrupt", "rows", "columns", "parts", "values", "sem", "recovered", "pairs", "done", "cells", "files",
            "seconds");
        for (String field : List.of("values", "sem", "recovered")) {
            List<Double> alone = flat(pattern.get(field));
            List<Double> part = flat(json.getAsJsonArray(field).get(4));
            for (int cell = 0; cell < alone.size(); cell++) {
                assertThat(part.get(cell)).as(field).isCloseTo(alone.get(cell), within(1e-4));
            }
        }
        JsonArray second = json.getAsJsonArray("pairs").get(1).getAsJsonObject().getAsJsonArray("values");
        assertThat(second).hasSize(5);
        assertThat(json.get("cells").getAsInt()).isEqualTo(2 * 5 * 16);
        assertThat(json.get("done")).isEqualTo(json.get("cells"));
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo("part,layer,head,value,sem,recovered,line 2,line 3");
        assertThat(lines).hasSize(1 + 5 * 16);
        assertThat(lines.get(1 + 4 * 16)).startsWith("pattern,0,0,")
            .endsWith("," + second.get(4).getAsJsonArray().get(0).getAsJsonArray().get(0));
        assertThat(png).isNotEmptyFile();
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
        CommandRun.of(args(PAIR, "--what", "layers", "--by", "head", DIFFERENCE)).isRefusedWith("“layers”", "resid_pre");
        CommandRun.of(args(PAIR, "--what", "result", "--by", "head", DIFFERENCE)).isRefusedWith("“result”");
        CommandRun.of(args(PAIR, "--what", "resid_pre", "--by", "head", DIFFERENCE))
            .isRefusedWith("resid_pre cannot be swept by head");
        CommandRun.of(args(PAIR, "--what", "edge", "--by", "position", DIFFERENCE)).isRefusedWith("--by head");
        CommandRun.of(args(PAIR, "--what", "z", "--by", "head", "--with", "uniform", DIFFERENCE))
            .isRefusedWith("z is no attention");
        CommandRun.of(args(PAIR, "--what", "blocks", "--by", "head", DIFFERENCE)).isRefusedWith("--by position");
        CommandRun.of(args(PAIR, "--what", "z", DIFFERENCE)).isRefusedWith("--by");
        CommandRun.of(args(PAIR, HEADS, "--metric", "logit: went there")).isRefusedWith("“ went there”", "2 tokens");
        CommandRun.of(args(PAIR, HEADS, "--metric", "diff: went: went there")).isRefusedWith("2 tokens");
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
