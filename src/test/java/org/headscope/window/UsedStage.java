package org.headscope.window;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** A stage on a screen that nobody sees: what is on it, and a robot's hands. */
public abstract class UsedStage {

    private static final int SECONDS = 40;

    private final FxRobot robot = new FxRobot();

    public abstract Stage stage();

    // ---- the FX thread ----

    /** Does something on the FX thread. */
    public <T> T fx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(TimeUnit.SECONDS.toMillis(SECONDS), work);
    }

    public void fxRun(Runnable work) {
        fx(() -> {
            work.run();
            return null;
        });
    }

    /** Waits until something holds on the FX thread, and fails if it never does. */
    public void until(String what, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(SECONDS, TimeUnit.SECONDS, () -> fx(condition));
        } catch (TimeoutException e) {
            throw new AssertionError("This never came to be: " + what, e);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    // ---- what is on it ----

    public <T extends Node> T find(String id, Class<T> type) {
        return fx(() -> type.cast(Objects.requireNonNull(stage().getScene().getRoot().lookup("#" + id), id)));
    }

    /** The text of the label, button or field of this name. */
    public String text(String id) {
        Node node = find(id, Node.class);
        return fx(() -> node instanceof TextInputControl field ? field.getText() : ((Labeled) node).getText());
    }

    /** All that is written inside the part of this name and can be seen. */
    public List<String> texts(String id) {
        Node part = find(id, Node.class);
        return fx(() -> part.lookupAll(".label").stream().filter(label -> isSeen(label))
            .map(label -> ((Label) label).getText()).filter(text -> text != null && !text.isEmpty())
            .collect(Collectors.toList()));
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** All that is written in the dialog that is open. */
    public List<String> dialogTexts() {
        return fx(() -> dialog().getScene().getRoot().lookupAll(".label").stream()
            .map(label -> ((Label) label).getText()).collect(Collectors.toList()));
    }

    public void closeDialog() {
        fxRun(() -> dialog().hide());
    }

    private Window dialog() {
        return Window.getWindows().stream().filter(shown -> shown instanceof Stage && shown != stage()
            && shown.isShowing()).findFirst().orElseThrow();
    }

    /** The control that keys go to. */
    public String focused() {
        return fx(() -> String.valueOf(stage().getScene().getFocusOwner() == null ? null
            : stage().getScene().getFocusOwner().getId()));
    }

    // ---- what a person does ----

    public FxRobot robot() {
        return robot;
    }

    public UsedStage focus(String id) {
        Node control = find(id, Node.class);
        fxRun(control::requestFocus);
        return this;
    }

    /** Presses keys together, such as Ctrl and L. */
    public UsedStage press(KeyCode... keys) {
        robot.push(keys);
        return this;
    }

    public UsedStage click(String id) {
        robot.clickOn("#" + id);
        return this;
    }

    /** Replaces a field's text, key by key. */
    public void type(String id, String text) {
        focus(id).press(KeyCode.CONTROL, KeyCode.A).press(KeyCode.BACK_SPACE);
        robot.write(text, 0);
    }

    /** Replaces a field's text at once. */
    public void paste(String id, String text) {
        fxRun(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
        });
        focus(id).press(KeyCode.CONTROL, KeyCode.A).press(KeyCode.CONTROL, KeyCode.V);
    }

    /** Chooses an item of a menu, such as "View", "Dark". */
    public void choose(String menu, String item) {
        fxRun(() -> {
            MenuItem chosen = menu(menu, item);
            if (chosen instanceof CheckMenuItem check) {
                check.setSelected(!check.isSelected());
            }
            chosen.fire();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private MenuItem menu(String menu, String item) {
        MenuBar bar = (MenuBar) stage().getScene().getRoot().lookup(".menu-bar");
        return bar.getMenus().stream().filter(m -> m.getText().equals(menu)).flatMap(m -> m.getItems().stream())
            .filter(i -> item.equals(i.getText())).findFirst().orElseThrow();
    }
}
