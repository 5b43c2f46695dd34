package org.headscope.window.sessions;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.stage.Window;

/** The sessions that were open last, to choose from. */
final class RecentMenu {

    private static final double DOWN = 64;
    private static final double IN = 16;

    private RecentMenu() {
    }

    static void show(SessionsViewModel model, Window over) {
        ContextMenu menu = new ContextMenu();
        menu.setId("recent-sessions");
        List<Path> files = model.recentFiles();
        files.forEach(file -> {
            MenuItem item = new MenuItem(file.toString());
            // An underscore belongs to the name.
            item.setMnemonicParsing(false);
            item.setOnAction(event -> model.open(file));
            menu.getItems().add(item);
        });
        if (files.isEmpty()) {
            MenuItem none = new MenuItem("Sessions that you save or open are listed here.");
            none.setDisable(true);
            none.getStyleClass().add("hint");
            menu.getItems().add(none);
        }
        menu.show(over, over.getX() + IN, over.getY() + DOWN);
    }
}
