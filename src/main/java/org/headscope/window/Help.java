package org.headscope.window;

import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.headscope.window.control.Parts;

/** The two windows of the help menu. */
final class Help {

    private static final String[][] KEYS = {
        {"Ctrl+L, Ctrl+Shift+L", "to the clean, to the corrupt prompt"},
        {"Ctrl+Enter, F5", "run both prompts"},
        {"Arrows in the head map", "another head; Home and End: first and last of the layer"},
        {"Enter or Space", "lock or unlock the focused head"},
        {"Arrows in a map", "another cell"},
        {"Esc", "let go of the cell, then of the head, then cancel"},
        {"P", "stage or unstage the focused head"},
        {"S", "sweep: patch every place, one at a time"},
        {"Enter, Shift+Enter in a sweep", "stage the cell alone, beside what is staged"},
        {"Ctrl+1, Ctrl+2, Ctrl+3, Ctrl+4, Ctrl+5", "pattern, compare, patch, lens, circuits"},
        {"Ctrl+C in the lens", "copy its numbers as text"},
        {"G", "next colour scale"},
        {"W", "next weight of attention: pattern, × ‖v‖, × ‖v·W_O‖, scores"},
        {"Ctrl+click, Ctrl+Space", "take a head into the set, or out of it"},
        {"Ctrl+C in the head map", "copy all heads' scores as a table"},
        {"B", "hide or show the first token"},
        {"Ctrl+E", "export what is shown"},
        {"Ctrl+Z, Ctrl+Shift+Z", "undo, redo"},
        {"F6, Shift+F6", "next, previous region"},
        {"F1", "these keys"},
    };

    private Help() {
    }

    static void showKeys() {
        GridPane keys = new GridPane();
        keys.setHgap(24);
        keys.setVgap(6);
        for (int row = 0; row < KEYS.length; row++) {
            keys.add(Parts.label(KEYS[row][0], "strong"), 0, row);
            keys.add(Parts.label(KEYS[row][1]), 1, row);
        }
        show("Keys", keys);
    }

    static void showAbout() {
        String version = Help.class.getPackage().getImplementationVersion();
        show("About Headscope", new VBox(8,
            Parts.label("Headscope " + (version == null ? "(development)" : version), "title"),
            Parts.label("See what the attention heads of GPT-2 do."),
            Parts.label("Numbers follow TransformerLens 2.15 to 3.5, HookedTransformer.", "muted"),
            Parts.label("Java %s, JavaFX %s".formatted(System.getProperty("java.version"),
                System.getProperty("javafx.runtime.version")), "muted"),
            Parts.label("Apache-2.0. The bundled model is a small GPT-2 trained for Headscope, not OpenAI's.",
                "muted")));
    }

    private static void show(String title, Node content) {
        Alert alert = new Alert(Alert.AlertType.NONE, "", ButtonType.CLOSE);
        alert.setTitle(title);
        Window.getWindows().stream().filter(Window::isFocused).findFirst().ifPresent(owner -> {
            alert.initOwner(owner);
            alert.getDialogPane().getStylesheets().addAll(owner.getScene().getStylesheets());
        });
        alert.getDialogPane().setContent(content);
        alert.show();
    }
}
