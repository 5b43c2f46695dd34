package org.headscope.window.control;

import java.util.Optional;
import javafx.scene.input.KeyEvent;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;

/** How arrows move the cell of a map that is chosen. */
final class HeatCursor {

    private final HeatCanvas map;

    private HeatCursor(HeatCanvas map) {
        this.map = map;
    }

    static void on(HeatCanvas map) {
        map.addEventHandler(KeyEvent.KEY_PRESSED, new HeatCursor(map)::press);
    }

    private void press(KeyEvent event) {
        HeatPicture picture = map.pictureProperty().get();
        if (picture == null) {
            return;
        }
        Matrix matrix = picture.matrix();
        Cell from = map.lockedProperty().get().orElse(new Cell(matrix.rows() - 1, 0));
        Optional<Cell> to = switch (event.getCode()) {
            case LEFT -> Optional.of(moved(matrix, from, 0, -1));
            case RIGHT -> Optional.of(moved(matrix, from, 0, 1));
            case UP -> Optional.of(moved(matrix, from, -1, 0));
            case DOWN -> Optional.of(moved(matrix, from, 1, 0));
            default -> Optional.empty();
        };
        to.ifPresent(cell -> {
            map.lockedProperty().set(to);
            map.layoutNow().filter(layout -> !layout.isSeen(cell)).ifPresent(layout -> reveal(layout, cell));
            event.consume();
        });
    }

    /** The neighbouring cell; along the edge of the future the cursor slides down the diagonal. */
    private static Cell moved(Matrix matrix, Cell from, int down, int right) {
        Cell to = neighbour(matrix, from, down, right);
        return matrix.isCausal() && to.column() > to.row() ? new Cell(to.row(), to.row()) : to;
    }

    /** The neighbouring cell, in the future too. */
    static Cell neighbour(Matrix matrix, Cell from, int down, int right) {
        return new Cell(Math.max(0, Math.min(matrix.rows() - 1, from.row() + down)),
            Math.max(0, Math.min(matrix.columns() - 1, from.column() + right)));
    }

    /** What keys have moved to must not stay outside of what is seen. */
    private void reveal(HeatLayout layout, Cell cell) {
        Zoom now = map.zoomProperty().get();
        double side = now.side();
        double x = (cell.column() + 0.5) / layout.columns();
        double y = (cell.row() + 0.5) / layout.rows();
        map.zoomProperty().set(new Zoom(x < now.left() || x > now.left() + side ? x - side / 2 : now.left(),
            y < now.top() || y > now.top() + side ? y - side / 2 : now.top(), side));
    }
}
