package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.headscope.ChildJvm;
import org.headscope.Main;
import org.headscope.RandomGpt2;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl+C in a process of its own, as a person presses it. */
class InterruptTest {

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void aSweepThatIsStoppedShowsWhatIsDone() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "Windows has no kill");
        RandomGpt2.write(folder, new Gpt2Config(8, 8, 128, 256, 50257, 1e-5, Activation.GELU_NEW, false), 1, false);
        Path classes = folder.resolve("classes.txt");
        Path csv = folder.resolve("map.csv");
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = ChildJvm.brief(List.of("-Xlog:class+load=info:file=" + classes), Main.class, "sweep",
            "--model", folder.toString(), "--ids", "--clean", ids(1), "--corrupt", ids(2), "--what", "z",
            "--by", "position", "--metric", "logit:#5", "--json", "--csv", csv.toString())
            .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            // The first batch is under way.
            while (process.isAlive()
                && !(Files.exists(classes) && Files.readString(classes).contains("model.VariantPass "))) {
                TimeUnit.MILLISECONDS.sleep(50);
            }

            ChildJvm.interrupt(process);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(err)).isEmpty();
        assertThat(process.exitValue()).isEqualTo(130);
        JsonObject json = JsonParser.parseString(Files.readString(out)).getAsJsonObject();
        assertThat(json.get("cells").getAsInt()).isEqualTo(8 * 200 * 8);
        assertThat(json.get("done").getAsInt()).isLessThan(8 * 200 * 8);
        assertThat(json.getAsJsonArray("values").get(0).getAsJsonArray().get(0).getAsJsonArray().get(0).isJsonNull())
            .isTrue();
        assertThat(Files.readAllLines(csv)).hasSize(1 + 8 * 200 * 8);
    }

    private static String ids(long seed) {
        return new Random(seed).ints(200, 0, 50257).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    @Test
    @Timeout(30)
    void whoeverAsksWaitsForTheAnswer() throws Exception {
        Interrupt interrupt = new Interrupt();
        assertThat(interrupt.listen().isRequested()).isFalse();
        Thread asking = new Thread(interrupt::request);
        asking.start();
        while (!interrupt.isRequested()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(asking.isAlive()).isTrue();

        interrupt.close();

        asking.join(TimeUnit.SECONDS.toMillis(5));
        assertThat(asking.isAlive()).isFalse();
    }
}
