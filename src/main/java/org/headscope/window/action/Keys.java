package org.headscope.window.action;

import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

/**
 * The keys of actions that no menu listens to: plain ones, and all but the first where an action has several. Those
 * that could be text are left to whatever would take text or letters: fields, lists, tables, cards and menus that stand
 * open.
 */
public final class Keys {

    private static final String OF_DOCUMENT = "org.headscope.of-document";

    private static final String KEEPS_KEYS = "org.headscope.keeps-keys";

    private static final String KEEPS_LETTERS = "org.headscope.keeps-letters";

    private final Scene scene;
    private final Actions actions;

    private Keys(Scene scene, Actions actions) {
        this.scene = scene;
        this.actions = actions;
    }

    /** Answers them wherever the focus is, but for those that could be text where somebody may write or choose. */
    public static void on(Scene scene, Actions actions) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, new Keys(scene, actions)::press);
    }

    /** Says that a text is the document's, which undo brings back; it would otherwise undo by itself, past the rest. */
    public static void belongsToDocument(TextInputControl text) {
        text.getProperties().put(OF_DOCUMENT, true);
    }

    /** Leaves all keys to a part of the window while the focus is in it. */
    public static void keepIn(Node part) {
        part.getProperties().put(KEEPS_KEYS, true);
    }

    /** Leaves letters, and all else that could be text, to a part of the window while the focus is in it. */
    public static void keepLettersIn(Node part) {
        part.getProperties().put(KEEPS_LETTERS, true);
    }

    private void press(KeyEvent event) {
        if (isAround(focused -> has(focused, KEEPS_KEYS))) {
            return;
        }
        for (Action action : actions.all()) {
            for (KeyCombination keys : action.keys()) {
                if (keys.match(event) && isOurs(action, keys)) {
                    action.perform();
                    if (scene.getFocusOwner() instanceof TextInputControl text && isUndone(action)) {
                        text.end();
                    }
                    event.consume();
                    return;
                }
            }
        }
    }

    /** Whether this is so of what has the focus, or of anything around it. */
    private boolean isAround(Predicate<Node> what) {
        for (Node at = scene.getFocusOwner(); at != null; at = at.getParent()) {
            if (what.test(at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether letters belong to what has the focus, or to a menu or list that stands open. */
    private boolean lettersAreKept() {
        return isAround(Keys::takesLetters) || Window.getWindows().stream().anyMatch(window ->
            window instanceof PopupWindow popup && popup.isAutoHide() && popup.isShowing());
    }

    private static boolean takesLetters(Node node) {
        return node instanceof TextInputControl || node instanceof ListView || node instanceof TableView
            || has(node, KEEPS_LETTERS);
    }

    private static boolean has(Node node, String mark) {
        return node.hasProperties() && node.getProperties().containsKey(mark);
    }

    private boolean isOurs(Action action, KeyCombination keys) {
        if (isMenus(keys) && keys.equals(action.key().orElseThrow())) {
            return isUndone(action);
        }
        boolean couldBeText = isPlain(keys) && !isFunctionKey(keys) && !isCode(keys, KeyCode.ESCAPE);
        return !couldBeText || !lettersAreKept();
    }

    /** Whether it undoes what is being written. */
    private boolean isUndone(Action action) {
        Node focused = scene.getFocusOwner();
        return action.section() == Section.EDIT_HISTORY && focused != null && has(focused, OF_DOCUMENT);
    }

    /**
     * As people write it, such as "Ctrl+Enter"; the toolkit draws some keys and spells others out. A key of the number
     * block is written as what it types, and so is Shift+=, which types +.
     */
    static String written(KeyCombination keys) {
        return keys.getDisplayText().replace("↵", "Enter").replace("Escape", "Esc").replace("Page Up", "PgUp")
            .replace("Page Down", "PgDn").replace("Shift+=", "+").replaceFirst("Numpad ?", "");
    }

    /** Whether a menu may listen to it: with Ctrl or Alt, or a function key. */
    static boolean isMenus(KeyCombination keys) {
        return !isPlain(keys) || isFunctionKey(keys);
    }

    private static boolean isPlain(KeyCombination keys) {
        return keys.getShortcut() != ModifierValue.DOWN && keys.getControl() != ModifierValue.DOWN
            && keys.getAlt() != ModifierValue.DOWN && keys.getMeta() != ModifierValue.DOWN;
    }

    private static boolean isFunctionKey(KeyCombination keys) {
        return keys instanceof KeyCodeCombination one && one.getCode().isFunctionKey();
    }

    private static boolean isCode(KeyCombination keys, KeyCode code) {
        return keys instanceof KeyCodeCombination one && one.getCode() == code;
    }
}
