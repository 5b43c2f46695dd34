package org.headscope.window;

import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.stage.Window;

/** A small window beside the main one that only has to be closed, and that scrolls rather than outgrow it. */
final class Sheet {

    private static final Insets MARGIN = new Insets(24, 24, 16, 24);
    private static final double WITHOUT_OWNER = 680;
    /** For the title bar and the row of the button. */
    private static final double AROUND = 136;
    private static final double BAR = 12;

    private Sheet() {
    }

    static void show(String title, Region content) {
        Alert alert = new Alert(Alert.AlertType.NONE, "", ButtonType.CLOSE);
        alert.setTitle(title);
        Optional<Window> focused = Window.getWindows().stream().filter(Window::isFocused).findFirst();
        focused.ifPresent(owner -> {
            alert.initOwner(owner);
            alert.getDialogPane().getStylesheets().addAll(owner.getScene().getStylesheets());
        });
        content.setPadding(MARGIN);
        ScrollPane scroll = new ScrollPane(content);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        alert.getDialogPane().setContent(scroll);
        // Fixed before it is shown, as a window manager keeps to the first size that it is told.
        alert.getDialogPane().applyCss();
        double width = content.prefWidth(-1);
        double highest = focused.map(Window::getHeight).orElse(WITHOUT_OWNER) - AROUND;
        double height = Math.min(content.prefHeight(width), highest);
        scroll.setMinSize(width + BAR, height);
        // Too, since the pane around it asks for this one and leaves its limits aside.
        scroll.setPrefSize(width + BAR, height);
        scroll.setMaxSize(width + BAR, height);
        if (height < content.prefHeight(width)) {
            scroll.getStyleClass().add("longer");
        }
        alert.show();
    }
}
