package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;

/** The window in which one chooses what to export and how. */
final class ExportDialog {

    private final TestWindow window;

    ExportDialog(TestWindow window) {
        this.window = window;
    }

    /** Opens it by Ctrl+E, writes a file and closes it. */
    static Path export(TestWindow window, Path file) {
        ExportDialog dialog = new ExportDialog(window);
        dialog.export(file, KeyCode.CONTROL, KeyCode.E);
        dialog.close();
        return file;
    }

    Path export(Path file, KeyCode... keys) {
        window.saveTo(file);
        open(keys);
        save();
        assertThat(said("export-problem")).isEmpty();
        return file;
    }

    void open(KeyCode... keys) {
        window.press(keys);
        untilDrawn();
    }

    void untilDrawn() {
        // A preview waits for a moment in which nothing is changed.
        window.until("a preview", () -> window.isIdle()
            && (!said("export-size").isEmpty() || !said("export-problem").isEmpty()));
    }

    void save() {
        Button save = part("export-save", Button.class);
        window.fxRun(save::fire);
        window.until("the end of the export", () -> window.background().activities().isEmpty());
    }

    void close() {
        window.fxRun(() -> Window.getWindows().stream().filter(shown -> shown != window.stage())
            .filter(Stage.class::isInstance).toList().forEach(Window::hide));
    }

    <T> T part(String id, Class<T> type) {
        return window.fx(() -> Window.getWindows().stream().filter(shown -> shown != window.stage())
            .flatMap(shown -> shown.getScene().getRoot().lookupAll("#" + id).stream()).map(type::cast).findFirst()
            .orElseThrow(() -> new AssertionError("There is no " + id)));
    }

    String said(String id) {
        Labeled part = part(id, Labeled.class);
        return window.fx(part::getText);
    }

    void fire(String id) {
        Button button = part(id, Button.class);
        window.fxRun(button::fire);
    }

    void choose(String combo, String value) {
        @SuppressWarnings("unchecked")
        ComboBox<Object> box = part(combo, ComboBox.class);
        window.fxRun(() -> box.setValue(box.getItems().stream().filter(item -> item.toString().equals(value))
            .findFirst().orElseThrow()));
        untilDrawn();
    }

    void toggle(String text) {
        ToggleButton toggle = window.fx(() -> part("export-options", Node.class).lookupAll(".toggle-button").stream()
            .map(ToggleButton.class::cast).filter(one -> one.getText().equals(text)).findFirst().orElseThrow());
        window.fxRun(toggle::fire);
        untilDrawn();
    }
}
