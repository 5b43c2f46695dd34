package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.headscope.ChildJvm;
import org.headscope.Fixture;
import org.headscope.Main;
import org.headscope.model.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    private Path folder;

    @Test
    void tokensShowIdsAndBytes() {
        String out = CommandRun.of("tokens", "Tom café 🤖").succeeded().out();

        assertThat(out).isEqualToNormalizingNewlines("""
            demo (4 layers of 4 heads), TransformerLens processing

            position     id  token          bytes
                   0  50256  <|endoftext|>  3c 7c 65 6e 64 6f 66 74 65 78 74 7c 3e
                   1  13787  Tom            54 6f 6d
                   2  40304  ·café          20 63 61 66 c3 a9
                   3  12520  ·\\xf0\\x9f      20 f0 9f
                   4     97  \\xa4           a4
                   5    244  \\x96           96
            """);
    }

    @Test
    void tokensInJsonHaveIndexIdAndText() {
        JsonObject json = CommandRun.json("tokens", "Tom went", "--no-bos", "--raw");

        assertThat(json.keySet()).containsExactly("model", "processing", "tokens", "seconds");
        assertThat(json.get("model").getAsString()).isEqualTo("demo");
        assertThat(json.get("processing").getAsString()).isEqualTo("raw");
        assertThat(json.get("tokens")).hasToString(
            "[{\"index\":0,\"id\":13787,\"text\":\"Tom\"},{\"index\":1,\"id\":1816,\"text\":\" went\"}]");
    }

    @Test
    void idsAreTakenAsTheyAre() {
        JsonArray tokens = CommandRun.json("tokens", "13787, 1816", "--ids").getAsJsonArray("tokens");

        assertThat(tokens).hasSize(2);
        assertThat(tokens.get(1).getAsJsonObject().get("text").getAsString()).isEqualTo(" went");
    }

    @Test
    void aPromptMayBeginWithWhatOptionsAndFilesBeginWith() {
        assertThat(CommandRun.json("tokens", "@home").getAsJsonArray("tokens")).hasSize(3);
        assertThat(CommandRun.of("tokens", "--", "- one").succeeded().out()).contains("·one");
        CommandRun.of("tokens", "- one").isRefusedWith("“- one”", "“--”");
    }

    @Test
    void checkComparesPrecisions() {
        JsonObject json = CommandRun.json("check", "--model", CommandRun.model(Fixture.TINY));

        assertThat(json.get("worst").getAsDouble()).isBetween(0.0, 2e-5);
        assertThat(json.get("fine").getAsBoolean()).isTrue();
        assertThat(json.get("engine").getAsString()).startsWith("PyTorch 2.7.1");
        assertThat(json.get("library").getAsString()).isEqualTo("DJL 0.36.0");
        assertThat(json.get("java").getAsString()).contains(System.getProperty("java.version"));
        assertThat(json.get("headscope").getAsString()).isNotEmpty();
        assertThat(json.get("threads").getAsInt()).isPositive();
        assertThat(json.get("device").getAsString()).isEqualTo("cpu");
        assertThat(json.get("gpus").getAsInt()).isNotNegative();
        assertThat(CommandRun.of("check", "--model", CommandRun.model(Fixture.TINY)).succeeded().out())
            .contains("Single precision gives what double precision gives");
    }

    @Test
    void checkSaysWhatIsComputedOn() {
        assertThat(CheckCommand.device(Processor.CPU, 0)).isEqualTo("CPU; the engine finds no GPU");
        assertThat(CheckCommand.device(Processor.GPU, 2)).isEqualTo("GPU; the engine finds 2 GPUs");
    }

    /** The engine's library of the tests has no code for GPUs. */
    @Test
    void aGpuIsUsedOnlyWhereThereIsOne() {
        String because = "since the engine's library that is loaded finds no GPU";

        CommandRun.of("run", "Tom", "--device", "gpu").isRefusedWith("No GPU is used, " + because, "--device cpu");
        CommandRun.of("run", "Tom", "--device", "tpu").isRefusedWith("“tpu” is none of cpu, gpu, auto");
        JsonObject json = CommandRun.json("run", "Tom", "--device", "auto");
        assertThat(json.get("device").getAsString()).isEqualTo("cpu");
        assertThat(json.get("device_reason").getAsString()).isEqualTo("Computed on the CPU, " + because + ".");
        assertThat(CommandRun.of("run", "Tom", "--device", "auto").succeeded().out()).contains(because);
        assertThat(CommandRun.of("run", "Tom").succeeded().out()).doesNotContain("Computed on");
    }

    @Test
    void theDemoIsTheNotebook() throws IOException {
        Path out = folder.resolve("pictures/here");
        JsonObject json = CommandRun.json("demo", "--out", out.toString());

        assertThat(json.get("head").getAsString()).isEqualTo("L1H0");
        JsonObject went = json.getAsJsonArray("readout").get(0).getAsJsonObject();
        assertThat(went.get("token").getAsString()).isEqualTo(" went");
        assertThat(went.getAsJsonObject("clean").get("prob").getAsDouble()).isCloseTo(0.927, within(5e-4));
        assertThat(json.getAsJsonArray("readout").get(1).getAsJsonObject().get("token").getAsString())
            .isEqualTo(" travelled");
        JsonObject difference = json.getAsJsonObject("difference");
        assertThat(difference.get("clean").getAsDouble()).isCloseTo(8.183, within(5e-4));
        assertThat(difference.get("corrupt").getAsDouble()).isCloseTo(-1.499, within(5e-4));
        assertThat(difference.get("patched").getAsDouble()).isCloseTo(6.016, within(5e-4));
        List<String> files = json.getAsJsonArray("files").asList().stream().map(file -> file.getAsString()).toList();
        assertThat(files).containsExactly(out.resolve("attention.png").toString(), out.resolve("L1H0.png").toString(),
            out.resolve("L1H0.csv").toString()).allSatisfy(file -> assertThat(Path.of(file)).isNotEmptyFile());
        try (Stream<Path> written = Files.list(out)) {
            assertThat(written).hasSize(3);
        }
    }

    @Test
    void theDemoRunsOnOtherModels() {
        CommandRun run = CommandRun.of("demo", "--out", folder.toString(), "--model", CommandRun.model(Fixture.TINY));

        assertThat(run.succeeded().out()).contains("of 4 heads", "On random tokens that repeat", "wrote ");
    }

    @Test
    void theDemoNeedsAFolderThatCanBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        CommandRun.of("demo", "--out", file.toString()).isRefusedWith("cannot be made");
    }

    @Test
    void theSameAnswerComesTwice() {
        String[] args = {"run", "Tom went to the store. Tom", "--top", "3"};

        assertThat(CommandRun.of(args)).isEqualTo(CommandRun.of(args).succeeded());
    }

    @Test
    void helpAndVersionAnswer() {
        assertThat(CommandRun.of("--version").succeeded().out().strip()).isEqualTo("Headscope dev");
        assertThat(CommandRun.of("--help").succeeded().out()).contains("demo", "tokens", "run", "patch", "sweep",
            "heads", "figure", "check");
        assertThat(CommandRun.of("help", "patch").succeeded().out()).contains("--clean", "--threads");
        assertThat(CommandRun.of("patch", "--help").succeeded().out()).contains("L1H0.z@5-7");
    }

    @Test
    void whatNobodyKnowsIsRefused() {
        CommandRun.of("frobnicate").isRefusedWith("“frobnicate”", "“headscope --help”");
        CommandRun.of("--json").isRefusedWith("“--json”");
        CommandRun.of("run", "Tom", "--frob").isRefusedWith("“--frob”", "“headscope run --help”");
        CommandRun.of("run", "Tom", "--model", "no/such/model").isRefusedWith("“no/such/model”", "“demo”");
        CommandRun.of("tokens", "Tom", "--model", folder.toString()).isRefusedWith("config.json");
        CommandRun.of("tokens").isRefusedWith("PROMPT");
    }

    /** A machine without a display, and a start in another process, as a person starts it. */
    @Test
    void withoutADisplayTheDemoRuns() throws Exception {
        CommandRun run = start(folder, "-Xmx1g");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("No display can be opened here").contains("L1H0.z from the clean run");
        assertThat(folder.resolve("headscope-demo/attention.png")).isNotEmptyFile();
    }

    @Test
    void theVersionNeedsNeitherEngineNorWindow() throws Exception {
        CommandRun run = start(folder, "-verbose:class", "--version");

        assertThat(run.out()).contains("Headscope dev").doesNotContain(" javafx.", " ai.djl.", "HeadscopeApp");
    }

    private static CommandRun start(Path folder, String option, String... args) throws Exception {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        ProcessBuilder builder = ChildJvm.brief(List.of("-Djava.awt.headless=true", option), Main.class, args);
        Process process = builder.directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile())
            .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new CommandRun(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroy();
            Files.delete(out);
            Files.delete(err);
        }
    }
}
