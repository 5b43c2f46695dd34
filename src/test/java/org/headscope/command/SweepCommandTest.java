package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.command.SweepWords.CLEAN;
import static org.headscope.command.SweepWords.CORRUPT;
import static org.headscope.command.SweepWords.DIFFERENCE;
import static org.headscope.command.SweepWords.HEADS;
import static org.headscope.command.SweepWords.PAIR;
import static org.headscope.command.SweepWords.args;
import static org.headscope.command.SweepWords.flat;
import static org.headscope.command.SweepWords.flatten;
import static org.headscope.command.SweepWords.positionsLast;

import com.google.gson.JsonArray;
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

    @TempDir
    private Path folder;

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
