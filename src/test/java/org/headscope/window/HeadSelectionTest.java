package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.headscope.model.Head;
import org.headscope.session.Combine;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.headmap.HeadPoints;
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
    void aLockedMapIsNeverReplacedByThePointer() {
        window.clickHead(CHOSEN);
        untilTitle("L2H0");
        List<Object> drawn = new CopyOnWriteArrayList<>();
        HeatCanvas map = window.find("heat-map", HeatCanvas.class);
        window.fxRun(() -> map.pictureProperty().addListener((observed, before, now) -> drawn.add(now)));

        for (Head head : List.of(OTHER, TestBench.INDUCTION, new Head(0, 3))) {
            window.pointAt(head);
            window.until("the inspector on " + head, () -> window.texts("token-pane").get(0).startsWith(head + ","));
        }
        assertThat(drawn).isEmpty();
        assertThat(window.title()).isEqualTo("L2H0");

        window.robot().moveTo("#clean-field");
        window.until("the inspector back on L2H0", () -> window.texts("token-pane").get(0).startsWith("L2H0"));
        window.press(KeyCode.ESCAPE);
        window.pointAt(OTHER);
        untilTitle("L3H1");
    }

    @Test
    void thePointerHasToRestAMomentBeforeAHeadIsShown() {
        Node canvas = window.fx(() -> window.find("head-grid", Parent.class).getChildrenUnmodifiable().get(0));
        List<Optional<Head>> shown = new CopyOnWriteArrayList<>();
        AtomicLong at = new AtomicLong();
        window.fxRun(() -> {
            window.view().hoveredHeadProperty().addListener((observed, before, now) -> {
                at.compareAndSet(0, System.nanoTime());
                shown.add(now);
            });
            move(canvas, OTHER);
            move(canvas, new Head(3, 2));
            move(canvas, new Head(3, 3));
        });
        long before = System.nanoTime();
        assertThat(window.fx(() -> window.view().hoveredHeadProperty().get())).as("at once").isEmpty();

        window.until("a preview", () -> !shown.isEmpty());
        assertThat(shown).as("passed over the others").containsExactly(Optional.of(new Head(3, 3)));
        // 80 ms, less what the toolkit may be early by.
        assertThat(at.get() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
        window.fxRun(() -> canvas.fireEvent(mouse(MouseEvent.MOUSE_EXITED, 0, 0)));
        assertThat(shown).as("gone at once").endsWith(Optional.empty());
    }

    private static void move(Node canvas, Head to) {
        // An event without a source takes its place for the scene's.
        Point2D place = canvas.localToScene(canvas.screenToLocal(HeadPoints.middleOf(canvas.getParent(), to)));
        canvas.fireEvent(mouse(MouseEvent.MOUSE_MOVED, place.getX(), place.getY()));
    }

    private static MouseEvent mouse(EventType<MouseEvent> type, double x, double y) {
        return new MouseEvent(type, x, y, 0, 0, MouseButton.NONE, 0, false, false, false, false, false, false, false,
            false, false, false, null);
    }

    @Test
    void aSetIsShownSideBySideAsItsMeanOrItsMaximumAndTheTitleSaysWhich() {
        hold(KeyCode.CONTROL, CHOSEN);
        hold(KeyCode.SHIFT, OTHER);
        untilTitle("L2H0, L3H1");
        assertThat(window.texts("workspace")).contains("attention pattern, side by side, clean run");
        assertThat(window.document().locked()).as("nothing was locked").isFalse();

        combine(Combine.MEAN);
        untilTitle("Mean of L2H0, L3H1");
        combine(Combine.MAXIMUM);
        untilTitle("Maximum of L2H0, L3H1");
        hold(KeyCode.CONTROL, new Head(0, 0));
        hold(KeyCode.CONTROL, new Head(0, 1));
        untilTitle("Maximum of 4 heads");
        combine(Combine.HEAD);
        untilTitle("4 heads");
        window.robot().moveTo("#clean-field");
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        untilTitle(TestBench.INDUCTION.toString());

        window.press(KeyCode.CONTROL, KeyCode.DIGIT1).press(KeyCode.ESCAPE);
        untilTitle(TestBench.INDUCTION.toString());
        assertThat(window.document().viewing().headSet()).isEmpty();
    }

    private static void hold(KeyCode key, Head clicked) {
        window.robot().press(key);
        window.clickHead(clicked);
        window.robot().release(key);
    }

    private static void combine(Combine how) {
        ComboBox<?> box = window.find("combine", ComboBox.class);
        window.fxRun(() -> box.getSelectionModel().select(how.ordinal()));
    }

    @Test
    void theLockButtonLocksWhatIsLookedAt() {
        window.click("lock");
        assertThat(window.document().locked()).isTrue();

        window.click("lock");
        assertThat(window.document().locked()).isFalse();
    }
}
