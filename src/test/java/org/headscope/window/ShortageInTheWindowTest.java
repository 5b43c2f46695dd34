package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.Test;

/** Memory that runs out under the real background: the sentence, and the button beside it. */
class ShortageInTheWindowTest extends InRenewedWindow {

    private static final OutOfMemoryError HEAP = new OutOfMemoryError("Java heap space");
    /** Two batches of a sweep by head: ten cells, then six. */
    private static final String LONG = " store".repeat(200);

    private static boolean isOffered() {
        return window.find("keep-less", Node.class).isVisible();
    }

    @Test
    void aSmallerWayIsOneClickAway() {
        assertThat(isOffered()).isFalse();
        window.failAfter(4, Lane.RUNS, HEAP);
        window.fxRun(() -> window.workbench().edit("",
            document -> document.withClean("Tom went to the store. Tom went")));
        window.until("a failure", () -> !window.text("problem").isEmpty());
        assertThat(window.text("problem")).startsWith("Memory ran out. The previous prompt's results are still there");
        assertThat(isOffered()).isTrue();

        window.click("keep-less");
        window.untilRun("Tom went to the store. Tom went");
        assertThat(window.text("problem")).isEmpty();
        assertThat(isOffered()).isFalse();
    }

    @Test
    void theCellsOfASweepThatThereWereStay() {
        window.sweep();
        window.fxRun(() -> window.workbench().edit("",
            document -> document.withClean("Tom" + LONG).withCorrupt("Sarah" + LONG)));
        window.failAfter(2, Lane.SWEEP, HEAP);
        window.until("a failure", () -> window.text("sweep-problem").startsWith("Memory"));

        assertThat(window.text("sweep-problem")).isEqualTo("Memory ran out: 10 of 16 cells are shown.");
        assertThat(window.text("sweep-partial")).isEqualTo("10 of 16");
    }
}
