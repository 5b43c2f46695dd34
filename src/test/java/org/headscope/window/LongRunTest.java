package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.headscope.RandomGpt2;
import org.headscope.model.Head;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that take seconds: the window stays alive, and they can be stopped. */
class LongRunTest {

    private static final Gpt2Config SLOW = new Gpt2Config(12, 8, 384, 512, 50257, 1e-5, Activation.GELU_NEW, false);
    private static final String CLEAN = " store".repeat(500);
    private static final String CORRUPT = " house".repeat(500);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    private static TestWindow window;
    private static long toolkit;

    @BeforeAll
    static void open(@TempDir Path folder) {
        window = TestWindow.open(RandomGpt2.write(folder, SLOW, 1, false).toString());
        toolkit = window.fx(() -> Thread.currentThread().getId());
    }

    @AfterAll
    static void close() {
        window.close();
    }

    private static void startLongRun() {
        write(CLEAN, CORRUPT);
    }

    private static void write(String clean, String corrupt) {
        window.fxRun(() -> window.workbench().edit("", document -> document.withClean(clean).withCorrupt(corrupt)));
    }

    private static boolean isRunning() {
        return window.find("cancel", Node.class).getParent().isVisible();
    }

    private static int layersDone() {
        return window.workbench().pairProperty().get().filter(pair -> pair.clean().size() > 500)
            .map(Pair::layersDone).orElse(0);
    }

    /** What the FX thread has computed so far, in nanoseconds. */
    private static long toolkitTime() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(toolkit);
    }

    @Test
    void theToolkitAnswersWhileLayersAreComputedAndCancelKeepsThem() {
        // On whatever machine it goes on for longer than the status line waits.
        window.holdRunAfter(8);
        startLongRun();
        long longest = 0;
        Set<Integer> seen = new HashSet<>();
        while (seen.stream().noneMatch(layers -> layers >= 5)) {
            long before = toolkitTime();
            seen.add(window.fx(LongRunTest::layersDone));
            longest = Math.max(longest, toolkitTime() - before);
        }
        // In processor time, since what other processes take from a busy machine is not the window's fault.
        assertThat(longest).isLessThan(LONGEST_PAUSE);
        assertThat(seen).as("answers came between the layers").hasSizeGreaterThan(3);

        window.until("a progress bar", LongRunTest::isRunning);
        window.click("cancel");
        window.until("an end", () -> window.text("problem").contains("cancelled") && !isRunning());
        assertThat(window.fx(() -> window.workbench().pairProperty().get().orElseThrow().clean(new Head(4, 0))))
            .isPresent();
        assertThat(window.fx(() -> window.workbench().pairProperty().get().orElseThrow().corrupt(new Head(11, 0))))
            .isEmpty();

        write("short", "");
        window.untilRun("short");
        assertThat(window.text("problem")).isEmpty();
    }

    @Test
    void aVeryLongTextIsRefusedWithoutAPause() {
        window.paste("clean-field", "cat ".repeat(25_000));
        long longest = 0;
        while (!window.text("clean-field-problem").contains("at most 512")) {
            long before = toolkitTime();
            window.fx(() -> null);
            longest = Math.max(longest, toolkitTime() - before);
        }
        assertThat(longest).isLessThan(LONGEST_PAUSE);
    }

    @Test
    void escapeCancelsOnceNothingElseIsHeld() {
        startLongRun();
        window.until("layers", () -> layersDone() > 2);
        window.focus("head-grid").press(KeyCode.ESCAPE);
        window.until("an end", () -> window.text("problem").contains("cancelled"));

        write("brief", "");
        window.untilRun("brief");
    }

    @Test
    void newTypingStopsTheOldRun() {
        startLongRun();
        window.until("layers", () -> layersDone() > 2);
        write("newer", "");
        window.untilRun("newer");

        assertThat(window.text("problem")).isEmpty();
    }
}
