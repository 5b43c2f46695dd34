package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.input.KeyCode;
import org.headscope.model.Head;
import org.junit.jupiter.api.Test;

/** Pointing at heads and choosing them. */
class HeadSelectionTest extends InRenewedWindow {

    private static final Head CHOSEN = new Head(2, 0);
    private static final Head OTHER = new Head(3, 1);

    private static void untilTitle(String title) {
        window.until("the title " + title, () -> window.title().equals(title));
    }

    @Test
    void aClickLocksAndAnotherUnlocks() {
        window.clickHead(CHOSEN);
        untilTitle("L2H0");
        assertThat(window.document().locked()).isTrue();
        assertThat(window.document().focus()).contains(CHOSEN);
        assertThat(window.text("stage")).isEqualTo("Stage L2H0");

        window.clickHead(CHOSEN);
        assertThat(window.document().locked()).isFalse();
        assertThat(window.document().focus()).contains(CHOSEN);
    }

    @Test
    void escapeUnlocks() {
        window.clickHead(CHOSEN);
        window.press(KeyCode.ESCAPE);

        assertThat(window.document().locked()).isFalse();
        untilTitle("L2H0");
    }

    @Test
    void thePointerPreviewsAndLetsGo() {
        window.pointAt(OTHER);
        untilTitle("L3H1");
        assertThat(window.document().focus()).contains(TestBench.INDUCTION);

        window.robot().moveTo("#clean-field");
        untilTitle("L1H0");
    }

    @Test
    void aLockedHeadStaysAndThePointersHeadIsReadInTheInspector() {
        window.clickHead(CHOSEN);
        window.pointAt(OTHER);

        window.until("the inspector on L3H1", () -> window.texts("token-pane").get(0).startsWith("L3H1"));
        assertThat(window.title()).isEqualTo("L2H0");
    }

    @Test
    void theLockButtonLocksWhatIsLookedAt() {
        window.click("lock");
        assertThat(window.document().locked()).isTrue();

        window.click("lock");
        assertThat(window.document().locked()).isFalse();
    }
}
