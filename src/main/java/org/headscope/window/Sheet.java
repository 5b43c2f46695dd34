package org.headscope.window;

import javafx.geometry.Insets;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.scene.layout.Region;
import javafx.stage.Window;

/** A small window beside the main one that only has to be closed. */
final class Sheet {

    private static final Insets MARGIN = new Insets(24, 24, 16, 24);

    private Sheet() {
    }

    static void show(String title, Region content) {
        Alert alert = new Alert(Alert.AlertType.NONE, "", ButtonType.CLOSE);
        alert.setTitle(title);
        Window.getWindows().stream().filter(Window::isFocused).findFirst().ifPresent(owner -> {
            alert.initOwner(owner);
            alert.getDialogPane().getStylesheets().addAll(owner.getScene().getStylesheets());
        });
        content.setPadding(MARGIN);
        content.setMinHeight(Region.USE_PREF_SIZE);
        content.setMinWidth(Region.USE_PREF_SIZE);
        alert.getDialogPane().setContent(content);
        alert.show();
    }
}
