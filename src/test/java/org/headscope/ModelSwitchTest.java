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
 * Whoever tries many models does not run out of memory. The suite takes small ones; {@code -Dheadscope.switch.width=576}
 * takes two of 53 million parameters, whose weights are kept in a file and mapped.
 */
class ModelSwitchTest {

    private static final int WIDTH = Integer.getInteger("headscope.switch.width", 96);
    private static final int SWITCHES = 20;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void twentySwitchesEndWithTheMemoryOfTheSecond() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is only known on Linux");
        for (int seed = 0; seed < 2; seed++) {
            RandomGpt2.write(Files.createDirectory(folder.resolve("model" + seed)),
                new Gpt2Config(6, 8, WIDTH, 256, 50257, 1e-5, Activation.GELU_NEW, false), seed, false);
        }
        Path output = folder.resolve("output.txt");
        ProcessBuilder jvm = ChildJvm.of(List.of(), ModelSwitchProbe.class, folder.resolve("model0").toString(),
            folder.resolve("model1").toString(), Integer.toString(SWITCHES));
        jvm.environment().put("HEADSCOPE_CACHE", folder.resolve("cache").toString());

        Process process = jvm.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }

        List<Long> resident = Files.readAllLines(output).stream().map(Long::valueOf).toList();
        assertThat(resident).hasSize(SWITCHES);
        // The least of the last three: a single figure depends on when the system takes pages back.
        assertThat(Collections.min(resident.subList(SWITCHES - 3, SWITCHES))).as("%s", resident)
            .isLessThan(resident.get(1) * 110 / 100);
    }
}
