package org.headscope.window;

import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import javafx.stage.Window;
import org.headscope.window.control.OnScreen;

/** A small window beside the main one that only has to be closed. It is never larger than the screen. */
final class Sheet {

    private static final Insets MARGIN = new Insets(24, 24, 16, 24);
    /** The title bar, the margins and the row of buttons. */
    private static final double AROUND = 176;

    private Sheet() {
    }

    /** @param content scrolls by itself where it is a scroll pane, up to its greatest height */
    static void show(String title, Region content) {
        Alert alert = new Alert(Alert.AlertType.NONE, "", ButtonType.CLOSE);
        alert.setTitle(title);
        Optional<Window> owner = Window.getWindows().stream().filter(Window::isFocused).findFirst();
        owner.ifPresent(window -> {
            alert.initOwner(window);
            alert.getDialogPane().getStylesheets().addAll(window.getScene().getStylesheets());
        });
        if (content instanceof ScrollPane) {
            double room = owner.map(OnScreen::of).orElseGet(() -> Screen.getPrimary().getVisualBounds()).getHeight()
                - AROUND;
            content.setMinHeight(0);
            content.setMaxHeight(Math.min(room, content.getMaxHeight() > 0 ? content.getMaxHeight() : room));
            // The keys that scroll it.
            alert.setOnShown(event -> content.requestFocus());
        } else {
            content.setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        }
        // The padding is the box's, since a scroll pane's style has none.
        VBox box = new VBox(content);
        box.setPadding(MARGIN);
        alert.getDialogPane().setContent(box);
        alert.show();
    }
}
