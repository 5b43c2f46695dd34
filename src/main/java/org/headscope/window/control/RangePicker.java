package org.headscope.window.control;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.headscope.figure.Cell;
import org.headscope.figure.CellRange;

/**
 * Takes cells of a map together. With Alt held, cells that are dragged over, or the one that is clicked, are acted on
 * at once. A click with Shift held, or an arrow, takes those from the chosen cell on, and they stay taken: window
 * managers may keep Alt for themselves.
 */
public final class RangePicker {

    private final HeatCanvas canvas;
    private final ObjectProperty<Optional<CellRange>> range;
    private final Consumer<Cell> clicked;
    private final Consumer<CellRange> dragged;
    private Optional<Cell> from = Optional.empty();
    private Optional<Cell> to = Optional.empty();
    private boolean takesAlt;

    private RangePicker(HeatCanvas canvas, Consumer<Cell> clicked, Consumer<CellRange> dragged) {
        this.canvas = canvas;
        this.range = canvas.rangeProperty();
        this.clicked = clicked;
        this.dragged = dragged;
    }

    /**
     * @param clicked told of a cell that was clicked with Alt held
     * @param dragged told of cells that were dragged over with Alt held
     */
    public static void on(HeatCanvas canvas, Consumer<Cell> clicked, Consumer<CellRange> dragged) {
        RangePicker picker = new RangePicker(canvas, clicked, dragged);
        // Before the map itself, which would choose the cell or move.
        canvas.addEventFilter(MouseEvent.MOUSE_PRESSED, picker::press);
        canvas.addEventFilter(MouseEvent.MOUSE_DRAGGED, picker::drag);
        canvas.addEventFilter(MouseEvent.MOUSE_RELEASED, picker::release);
        canvas.addEventFilter(MouseEvent.MOUSE_CLICKED, picker::click);
        canvas.addEventFilter(KeyEvent.KEY_PRESSED, picker::press);
        canvas.lockedProperty().addListener((observed, before, now) -> picker.range.set(Optional.empty()));
    }

    // ---- by the pointer ----

    private void press(MouseEvent event) {
        takesAlt = event.isAltDown() && event.getButton() == MouseButton.PRIMARY;
        if (takesAlt) {
            canvas.requestFocus();
            keepKeysFromMenuBar();
            from = canvas.placeAt(event);
            to = from;
            event.consume();
        }
    }

    private void drag(MouseEvent event) {
        if (takesAlt) {
            canvas.placeAt(event).filter(cell -> from.isPresent()).ifPresent(cell -> {
                to = Optional.of(cell);
                range.set(Optional.of(CellRange.of(from.get(), cell)));
            });
            event.consume();
        }
    }

    private void release(MouseEvent event) {
        if (!takesAlt) {
            return;
        }
        event.consume();
        range.set(Optional.empty());
        if (from.isPresent() && !from.equals(to)) {
            dragged.accept(CellRange.of(from.get(), to.orElseThrow()));
        } else {
            from.filter(canvas::isPast).ifPresent(clicked);
        }
    }

    private void click(MouseEvent event) {
        boolean extendsRange = event.isShiftDown() && event.isStillSincePress()
            && event.getButton() == MouseButton.PRIMARY && canvas.lockedProperty().get().isPresent();
        if (extendsRange) {
            to = canvas.placeAt(event);
            range.set(to.map(end -> CellRange.of(canvas.lockedProperty().get().get(), end)));
        }
        if (takesAlt || extendsRange) {
            event.consume();
        }
    }

    /** The menu bar takes the keys when Alt is let go, unless another key came in between. */
    private void keepKeysFromMenuBar() {
        canvas.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, "", KeyCode.UNDEFINED, false, false,
            true, false));
    }

    // ---- by the keyboard ----

    private void press(KeyEvent event) {
        if (!event.isShiftDown() || event.isShortcutDown() || event.isAltDown()
            || canvas.lockedProperty().get().isEmpty()) {
            return;
        }
        int down = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
        int right = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
        if (down != 0 || right != 0) {
            Cell chosen = canvas.lockedProperty().get().get();
            Cell end = range.get().isEmpty() ? chosen : to.orElse(chosen);
            to = Optional.ofNullable(canvas.pictureProperty().get())
                .map(picture -> HeatCursor.neighbour(picture.matrix(), end, down, right));
            range.set(to.map(cell -> CellRange.of(chosen, cell)));
            event.consume();
        }
    }
}
