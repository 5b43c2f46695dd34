package org.headscope.window;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.MouseEvent;
import org.headscope.session.Look;
import org.headscope.session.code.View;
import org.headscope.window.control.Copying;
import org.headscope.window.sessions.CodeActions;

/**
 * What a right click, or the key for it, offers on a panel: to take away what the panel shows. Each offers only what
 * there is of it.
 */
final class PanelMenus {

    private final Exports exports;
    private final CodeActions code;
    private final ViewState view;

    PanelMenus(Exports exports, CodeActions code, ViewState view) {
        this.exports = exports;
        this.code = code;
        this.view = view;
    }

    /** The workspace's, which is about the view that it shows. */
    void onWorkspace(Node workspace) {
        on(workspace, () -> all(List.of(figure(exports.shown(), code.shown()), table())));
    }

    /** One about something that can be exported. */
    void onFigure(Node panel, Supplier<String> subject, List<View> views) {
        on(panel, () -> figure(subject.get(), views));
    }

    /**
     * One about the heads, whose numbers are their scores: all of their attention would fill a clipboard.
     *
     * @param scores as tab-separated text; empty while there are none
     */
    void onHeads(Node panel, Supplier<Optional<String>> scores, List<View> views) {
        on(panel, () -> all(List.of(List.of(picture(exports.headMap())), text("Copy scores as TSV", scores.get()),
            code(views), List.of(export(exports.headMap())))));
    }

    /**
     * One that has numbers but no picture.
     *
     * @param text tab-separated; empty while there is none
     */
    void onText(Node panel, Supplier<Optional<String>> text, List<View> views) {
        on(panel, () -> all(List.of(text("Copy as TSV", text.get()), code(views))));
    }

    private static void on(Node panel, Supplier<List<MenuItem>> items) {
        ContextMenu menu = new ContextMenu();
        panel.setOnContextMenuRequested(event -> {
            menu.getItems().setAll(items.get());
            menu.show(panel, event.getScreenX(), event.getScreenY());
            event.consume();
        });
        // A menu of its own would not notice a click beside it, on what takes no focus.
        panel.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> menu.hide());
    }

    private static List<MenuItem> all(List<List<MenuItem>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }

    // ---- the items ----

    private List<MenuItem> figure(String subject, List<View> views) {
        return all(List.of(List.of(picture(subject), item("panel-copy", "Copy as TSV", () -> exports.copy(subject))),
            code(views), List.of(export(subject))));
    }

    private MenuItem picture(String subject) {
        return item("panel-copy-picture", "Copy image", () -> exports.copyPicture(subject));
    }

    private MenuItem export(String subject) {
        return item("panel-export", "Export…", () -> exports.open(subject));
    }

    private List<MenuItem> code(List<View> views) {
        return views.isEmpty() ? List.of()
            : List.of(item("panel-code", "Copy as TransformerLens code", () -> code.copy(views)));
    }

    private static List<MenuItem> text(String label, Optional<String> text) {
        return text.map(there -> List.of(item("panel-copy", label, () -> Copying.text(there)))).orElse(List.of());
    }

    private List<MenuItem> table() {
        if (view.tabProperty().get() != ViewState.Tab.PATTERN) {
            return List.of();
        }
        boolean isTable = view.lookProperty().get() == Look.TABLE;
        CheckMenuItem item = new CheckMenuItem("Show as table");
        item.setId("panel-table");
        item.setSelected(isTable);
        item.setOnAction(event -> view.lookProperty().set(isTable ? Look.MAP : Look.TABLE));
        return List.of(new SeparatorMenuItem(), item);
    }

    private static MenuItem item(String id, String label, Runnable action) {
        MenuItem item = new MenuItem(label);
        item.setId(id);
        item.setOnAction(event -> action.run());
        return item;
    }
}
