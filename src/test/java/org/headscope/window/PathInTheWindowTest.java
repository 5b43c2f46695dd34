package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Window;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.HeadPath;
import org.headscope.window.headmap.HeadPoints;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths that are drawn on the head map, as a person does it. */
class PathInTheWindowTest extends InRenewedWindow {

    private static final Head SENDER = new Head(0, 1);
    private static final Head RECEIVER = new Head(1, 0);

    @TempDir
    private Path folder;

    @AfterEach
    void closeMenu() {
        window.fxRun(() -> menu().ifPresent(Window::hide));
    }

    private static Optional<ContextMenu> menu() {
        return Window.getWindows().stream().filter(ContextMenu.class::isInstance).map(ContextMenu.class::cast)
            .filter(Window::isShowing).findFirst();
    }

    private static Point2D at(Head head) {
        Node grid = window.find("head-grid", Node.class);
        return window.fx(() -> HeadPoints.middleOf(grid, head));
    }

    private static void drag(Head sender, Head receiver) {
        window.robot().moveTo(at(sender)).press(MouseButton.PRIMARY).moveTo(at(receiver)).release(MouseButton.PRIMARY);
    }

    private static void choose(String id) {
        window.until("a menu", () -> menu().isPresent());
        window.fxRun(() -> {
            ContextMenu menu = menu().orElseThrow();
            menu.getItems().stream().filter(one -> id.equals(one.getId())).findFirst().map(MenuItem.class::cast)
                .orElseThrow().fire();
            menu.hide();
        });
        window.settle();
    }

    private static Optional<HeadPath> path() {
        return window.document().path();
    }

    @Test
    void draggingFromAHeadToALaterOneFollowsThePath() {
        Optional<Head> focus = window.document().focus();
        drag(SENDER, RECEIVER);
        assertThat(window.text("path-title")).isEqualTo("Path from L0H1");
        choose("path-k");

        assertThat(path()).contains(new HeadPath(SENDER, RECEIVER, HookPoint.K));
        assertThat(window.text("path-title")).isEqualTo("Path L0H1 → L1H0 k");
        assertThat(window.text("path-effect")).startsWith("logit difference ").contains(", change ", "recovered")
            .endsWith(" % (clean into corrupt)");
        assertThat(window.document().focus()).as("a drag is no click").isEqualTo(focus);

        window.press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(path()).isEmpty();
        assertThat(window.fx(() -> window.find("path-bar", Node.class).isVisible())).isFalse();
    }

    @Test
    void headsKeepTheirSizeWhileAPathIsTold() {
        Point2D before = at(RECEIVER);
        drag(SENDER, RECEIVER);
        assertThat(at(RECEIVER)).as("while it is drawn").isEqualTo(before);
        choose("path-k");
        assertThat(at(RECEIVER)).as("once it is there").isEqualTo(before);
        assertThat(window.fx(() -> window.find("named-heads", Node.class).isVisible())).isFalse();

        window.click("path-remove");
        window.settle();
        assertThat(at(RECEIVER)).as("once it is gone").isEqualTo(before);
        assertThat(window.fx(() -> window.find("named-heads", Node.class).isVisible())).isTrue();
    }

    @Test
    void theKeyboardDrawsThePathToo() {
        window.fxRun(() -> window.workbench().focus(SENDER, false));
        window.press(KeyCode.A).press(KeyCode.LEFT);
        assertThat(window.document().focus()).contains(SENDER);
        assertThat(window.fx(() -> window.find("head-grid", Node.class).getAccessibleText()))
            .startsWith("Path to L1H0");
        window.press(KeyCode.ENTER);
        window.until("a menu", () -> menu().isPresent());
        window.press(KeyCode.Q);
        window.settle();

        assertThat(path()).contains(new HeadPath(SENDER, RECEIVER, HookPoint.Q));
        assertThat(window.fx(() -> menu().isPresent())).isFalse();
        assertThat(window.focused()).isEqualTo("head-grid");
    }

    @Test
    void escapeGivesUpWhatIsDrawn() {
        window.press(KeyCode.A);
        assertThat(window.text("path-title")).startsWith("Path from");
        window.press(KeyCode.ESCAPE);
        assertThat(window.fx(() -> window.find("path-bar", Node.class).isVisible())).isFalse();

        window.robot().moveTo(at(SENDER)).press(MouseButton.PRIMARY).moveTo(at(RECEIVER));
        assertThat(window.text("path-title")).isEqualTo("Path from L0H1");
        window.press(KeyCode.ESCAPE);
        window.robot().release(MouseButton.PRIMARY);
        assertThat(window.fx(() -> menu().isPresent())).isFalse();
        assertThat(path()).isEmpty();

        drag(SENDER, RECEIVER);
        window.until("a menu", () -> menu().isPresent());
        window.press(KeyCode.ESCAPE);
        assertThat(path()).isEmpty();
        assertThat(window.fx(() -> window.find("path-bar", Node.class).isVisible())).isFalse();
    }

    @Test
    void aBadDropGetsOneSentence() {
        drag(new Head(2, 1), new Head(1, 2));
        assertThat(window.text("path-problem")).startsWith("L1H2 lies in an earlier layer than L2H1");
        drag(new Head(2, 1), new Head(2, 2));
        assertThat(window.text("path-problem")).startsWith("L2H2 lies in the same layer as L2H1");
        assertThat(path()).isEmpty();
        // A head is still looked at by a click, which may tremble.
        window.clickHead(new Head(2, 2));
        assertThat(window.document().focus()).contains(new Head(2, 2));
        window.press(KeyCode.A).press(KeyCode.ESCAPE);
    }

    @Test
    void theReceiversAreSweptAndTheCodeIsCopied() {
        drag(SENDER, RECEIVER);
        choose("path-v");
        window.click("path-sweep");
        window.untilSwept();
        assertThat(window.view().tabProperty().get()).isEqualTo(ViewState.Tab.PATCH);
        assertThat(window.text("sweep-title")).isEqualTo("paths from L0H1 into later v, clean into corrupt");

        window.press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.C);
        assertThat(window.fx(() -> Clipboard.getSystemClipboard().getString()))
            .contains("fwd_hooks=[(\"blocks.1.hook_v_input\", follow)]", "sender, receiver = (0, 1), (layer, head)");
        window.click("path-remove");
        assertThat(path()).isEmpty();
    }

    @Test
    void aSessionKeepsThePath() {
        drag(SENDER, RECEIVER);
        choose("path-k");
        String effect = window.text("path-effect");
        Path file = folder.resolve("path.headscope");
        window.saveTo(file);
        window.press(KeyCode.CONTROL, KeyCode.S);
        window.until("the file", () -> file.toFile().exists() && window.background().activities().isEmpty());
        window.click("path-remove");

        window.fxRun(() -> window.window().sessions().open(file));
        window.until("the path", () -> window.workbench().document().path().isPresent()
            && window.background().activities().isEmpty());
        assertThat(window.text("path-effect")).isEqualTo(effect);
    }
}
