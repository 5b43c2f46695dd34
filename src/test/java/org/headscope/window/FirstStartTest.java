package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import javafx.scene.control.CheckBox;
import org.junit.jupiter.api.Test;

/** What a person sees who opens the window for the first time. */
class FirstStartTest {

    @Test
    void theNotebooksPairIsRunAndTheInductionHeadPatchedWithinTenSeconds() {
        Duration before = computing();
        try (TestWindow window = TestWindow.open()) {
            // What other processes take from a busy machine is not counted.
            assertThat(computing().minus(before)).isLessThan(Duration.ofSeconds(10));

            assertThat(window.text("clean-field")).isEqualTo("Tom went to the store. Tom");
            assertThat(window.text("corrupt-field")).isEqualTo("Tom went to the store. Sarah");
            assertThat(window.text("comparison")).isEqualTo("1 token differs, at position 7");
            assertThat(window.title()).isEqualTo("L1H0");
            assertThat(window.find("patch-L1H0-z", CheckBox.class).isSelected()).isTrue();
            assertThat(window.texts("readout-difference")).contains("8.18", "−1.50", "6.02", "78 %");
            assertThat(window.texts("readout-1816")).contains("16.37", "8.83", "14.68", "92.7 %", "+5.85");
            assertThat(window.texts("head-map")).contains("Induction");
            assertThat(window.text("problem")).isEmpty();
            assertThat(window.focused()).isEqualTo("head-grid");
        }
    }

    @Test
    void nothingMovesWhileTheRestOfTheWindowIsMade() {
        try (TestWindow window = TestWindow.open()) {
            window.firstPlaces().forEach((node, place) -> assertThat(window.fx(() -> TestWindow.place(node)))
                .as(String.valueOf(node.getId())).isEqualTo(place));
        }
    }

    /** The processor time of all threads together, at least what they take one after another on an idle machine. */
    private static Duration computing() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Duration.ofNanos(Arrays.stream(threads.getAllThreadIds()).map(threads::getThreadCpuTime)
            .filter(time -> time > 0).sum());
    }
}
