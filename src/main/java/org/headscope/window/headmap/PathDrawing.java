package org.headscope.window.headmap;

import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.HeadPath;
import org.headscope.window.sweep.PathViewModel;
import org.headscope.window.sweep.PathViewModel.Draft;
import org.headscope.window.sweep.ShownPath;
import org.headscope.window.theme.Appearance;

/**
 * Drawing a path on the head map: the pointer drags it from its sender to its receiver, or keys move its end; then a
 * menu asks for the part that reads it. The path that is there stands as an arrow with its effect.
 */
final class PathDrawing {

    private final HeadGridCanvas grid;
    private final PathViewModel model;
    private final Appearance appearance;
    private final ContextMenu parts = new ContextMenu();
    /** Where the pointer was pressed, while it is and nothing else is done with it. */
    private Optional<Head> pressed = Optional.empty();
    private Point2D pointer;
    /** Whether the click that a release makes ends a drag. */
    private boolean dragged;

    PathDrawing(HeadGridCanvas grid, PathViewModel model, Appearance appearance) {
        this.grid = grid;
        this.model = model;
        this.appearance = appearance;
        grid.addEventFilter(MouseEvent.MOUSE_PRESSED, this::press);
        grid.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::drag);
        grid.addEventFilter(MouseEvent.MOUSE_RELEASED, this::release);
        grid.addEventFilter(MouseEvent.MOUSE_CLICKED, this::click);
        parts.setId("path-parts");
        parts.setOnHidden(event -> model.cancel());
        parts.addEventHandler(KeyEvent.KEY_PRESSED, this::choose);
        model.draftProperty().addListener((observed, before, now) -> showDraft(now));
        Stream.of(model.pathProperty(), model.shownProperty(), appearance.themeProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> show()));
        show();
    }

    /** Begins a path at a head, to be led on by keys. */
    void begin(Head sender) {
        model.begin(sender);
        pointer = null;
        if (model.draftProperty().get().isPresent()) {
            model.pointAt(grid.below(sender));
            grid.requestFocus();
        }
    }

    /** Leads the path that is drawn to a head; false where none is drawn. */
    boolean move(Head head) {
        boolean is = model.draftProperty().get().isPresent();
        model.pointAt(Optional.of(head));
        return is;
    }

    /** Ends the path that is drawn at a head; false where none is drawn. */
    boolean end(Head head) {
        boolean is = move(head);
        model.drop();
        return is;
    }

    // ---- the pointer ----

    private void press(MouseEvent event) {
        dragged = false;
        boolean isPlain = event.getButton() == MouseButton.PRIMARY && !event.isShiftDown() && !event.isShortcutDown();
        pressed = isPlain && model.draftProperty().get().isEmpty() ? grid.at(event.getX(), event.getY())
            : Optional.empty();
    }

    private void drag(MouseEvent event) {
        if (pressed.isEmpty()) {
            return;
        }
        Optional<Head> at = grid.at(event.getX(), event.getY());
        // A hand that trembles on a head means that head.
        if (!dragged && !at.equals(pressed)) {
            dragged = true;
            model.begin(pressed.get());
        }
        if (dragged) {
            pointer = new Point2D(event.getX(), event.getY());
            model.pointAt(at.filter(head -> !at.equals(pressed)));
            show();
        }
    }

    private void release(MouseEvent event) {
        if (dragged && model.draftProperty().get().isPresent()) {
            model.drop();
        }
        pressed = Optional.empty();
    }

    private void click(MouseEvent event) {
        if (dragged) {
            event.consume();
        }
        dragged = false;
    }

    // ---- the part ----

    private void ask(Draft dropped) {
        Head receiver = dropped.at().orElseThrow();
        MenuItem heading = new MenuItem("%s → %s, read by its".formatted(dropped.sender(), receiver));
        heading.setDisable(true);
        parts.getItems().setAll(heading, new SeparatorMenuItem(), item(HookPoint.Q, "Query (q)"),
            item(HookPoint.K, "Key (k)"), item(HookPoint.V, "Value (v)"));
        Point2D place = grid.localToScreen(grid.middleOf(receiver));
        parts.show(grid, place.getX(), place.getY());
    }

    private MenuItem item(HookPoint part, String label) {
        MenuItem item = new MenuItem(label);
        item.setId("path-" + part.shortName());
        item.setOnAction(event -> model.take(part));
        return item;
    }

    /** The letter of a part chooses it. */
    private void choose(KeyEvent event) {
        HeadPath.PARTS.stream().filter(part -> event.getCode() == KeyCode.getKeyCode(part.name())).findFirst()
            .ifPresent(part -> {
                model.take(part);
                event.consume();
            });
    }

    // ---- showing ----

    private void showDraft(Optional<Draft> now) {
        grid.aimAt(now.filter(draft -> !draft.dropped()).flatMap(Draft::at));
        show();
        if (now.filter(Draft::dropped).isPresent()) {
            ask(now.get());
        } else if (parts.isShowing()) {
            parts.hide();
        }
    }

    private void show() {
        grid.showArrow(model.draftProperty().get().map(this::drawn).or(() -> model.pathProperty().get()
            .map(this::arrow)));
    }

    private PathArrow drawn(Draft draft) {
        return new PathArrow(draft.sender(), draft.at(), pointer, "", 0, true);
    }

    private PathArrow arrow(HeadPath path) {
        Optional<ShownPath> shown = model.shownProperty().get();
        Theme theme = appearance.themeProperty().get();
        return new PathArrow(path.sender(), Optional.of(path.receiver()), null, shown.map(made ->
            "%s %s".formatted(path.part().shortName(), made.label())).orElse(path.part().shortName() + " …"),
            shown.map(made -> theme.shading(made.scale()).argb((float) made.effect(), 1)).orElse(theme.background()),
            false);
    }
}
