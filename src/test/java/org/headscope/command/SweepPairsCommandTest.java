package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.command.SweepWords.CLEAN;
import static org.headscope.command.SweepWords.CORRUPT;
import static org.headscope.command.SweepWords.HEADS;
import static org.headscope.command.SweepWords.args;
import static org.headscope.command.SweepWords.flat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sweep of many pairs of prompts, by the command. */
class SweepPairsCommandTest {

    @TempDir
    private Path folder;

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
}
