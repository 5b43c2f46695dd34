package org.headscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever tries many models does not run out of memory: after twenty switches the process is as large as after the
 * second, give or take a tenth. The suite takes small ones; {@code -Dheadscope.switch.width=576} takes two of 53 million
 * parameters.
 */
class ModelSwitchTest {

    private static final int WIDTH = Integer.getInteger("headscope.switch.width", 96);
    private static final int SWITCHES = 20;

    /** What a JVM takes at its own pace, so that what is left to grow is the models'. */
    private static final List<String> STEADY = List.of("-Xms160m", "-Xmx160m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", "-XX:MaxDirectMemorySize=4g");

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void twentySwitchesEndWithTheMemoryOfTheSecond() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is only known on Linux");
        for (int seed = 0; seed < 2; seed++) {
            RandomGpt2.write(Files.createDirectory(folder.resolve("model" + seed)),
                new Gpt2Config(6, 8, WIDTH, 256, 50257, 1e-5, Activation.GELU_NEW, false), seed, false);
        }
        Path output = folder.resolve("output.txt");
        ProcessBuilder jvm = ChildJvm.of(STEADY, ModelSwitchProbe.class, folder.resolve("model0").toString(),
            folder.resolve("model1").toString(), Integer.toString(SWITCHES));
        jvm.environment().put("HEADSCOPE_CACHE", folder.resolve("cache").toString());
        // Each thread that allocates may otherwise keep some memory of its own for later.
        jvm.environment().put("MALLOC_ARENA_MAX", "1");

        Process process = jvm.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }

        List<Long> resident = Files.readAllLines(output).stream().map(Long::valueOf).toList();
        assertThat(resident).hasSize(SWITCHES);
        long model = Files.size(folder.resolve("model0").resolve("model.safetensors")) / 1024;
        String seen = "%s kB, models of %d".formatted(resident, model);
        long second = resident.get(1);
        assertThat((double) resident.get(SWITCHES - 1)).as(seen).isLessThan(1.1 * second);
        // Memory that is in use grows by far less, and one model that is kept by more: an unembedding of its own.
        assertThat(Collections.min(resident.subList(SWITCHES - 3, SWITCHES))).as(seen).isLessThan(second + model / 2);
    }
}
