package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headscope.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In processes of their own, since the tests' JVM has another collector. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JavaHeapTest {

    private static final int MB = 1 << 20;

    @Test
    void whatALongPromptTookGoesBackToTheSystem() throws IOException, InterruptedException {
        assertThat(output(Shrinking.class, "-XX:+UseG1GC", "-Xmx2g")).isEqualTo("taken, given back");
    }

    @Test
    void otherCollectorsAndOptionsOfOnesOwnAreLeftAlone() throws IOException, InterruptedException {
        assertThat(output(Settings.class, "-XX:+UseG1GC", "-XX:G1PeriodicGCInterval=7000", "-XX:MaxHeapFreeRatio=50"))
            .isEqualTo("7000 10 50");
        assertThat(output(Settings.class, "-XX:+UseParallelGC", "-XX:MinHeapFreeRatio=20")).endsWith(" 20 30");
    }

    private static String output(Class<?> main, String... options) throws IOException, InterruptedException {
        Process process = ChildJvm.of(List.of(options), main).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Takes 500 MB, lets go of them and waits until the heap has shrunk; without the options it never does. */
    static final class Shrinking {

        private Shrinking() {
        }

        public static void main(String[] arguments) throws InterruptedException {
            JavaHeap.giveBackUnused(1);
            take();
            System.out.print(Runtime.getRuntime().totalMemory() >= 500L * MB ? "taken" : "not taken");
            while (Runtime.getRuntime().totalMemory() > 200L * MB) {
                Thread.sleep(100);
            }
            System.out.println(", given back");
        }

        private static void take() {
            List<byte[]> patterns = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                patterns.add(new byte[10 * MB]);
            }
            if (patterns.stream().mapToInt(pattern -> pattern[0]).sum() != 0) {
                throw new IllegalStateException();
            }
        }
    }

    /** Prints the options as they are then. */
    static final class Settings {

        private Settings() {
        }

        public static void main(String[] arguments) {
            JavaHeap.giveBackUnused(1);
            HotSpotDiagnosticMXBean java = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            System.out.println(Stream.of("G1PeriodicGCInterval", "MinHeapFreeRatio", "MaxHeapFreeRatio")
                .map(option -> java.getVMOption(option).getValue()).collect(Collectors.joining(" ")));
        }
    }
}
