package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.command.SweepWords.CORRUPT;
import static org.headscope.command.SweepWords.DIFFERENCE;
import static org.headscope.command.SweepWords.PAIR;
import static org.headscope.command.SweepWords.args;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Path patching by the command. */
class SweepPathsCommandTest {

    @TempDir
    private Path folder;

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
}
