package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.command.SweepWords.DIFFERENCE;
import static org.headscope.command.SweepWords.PAIR;
import static org.headscope.command.SweepWords.args;
import static org.headscope.command.SweepWords.flat;
import static org.headscope.command.SweepWords.positionsLast;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sweep of several parts at once, by the command. */
class SweepPanelsCommandTest {

    @TempDir
    private Path folder;

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
}
