package org.headscope.window.control;

import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import org.headscope.figure.Cell;
import org.headscope.figure.CellRange;
import org.headscope.figure.CellState;
import org.headscope.figure.Matrix;
import org.headscope.figure.Theme;

/** Paints over a map what is done to its cells, and which of them are being taken together. */
final class MarkPainter {

    /** Smaller cells have no room for a line each; one goes through all of them. */
    private static final double SMALLEST_STRUCK = 5;
    private static final double VEIL = 0.18;
    private static final double EDGE = 2;

    private final GraphicsContext g;
    private final Theme theme;
    private final HeatLayout layout;
    private final Matrix matrix;

    MarkPainter(GraphicsContext g, Theme theme, HeatLayout layout, Matrix matrix) {
        this.g = g;
        this.theme = theme;
        this.layout = layout;
        this.matrix = matrix;
    }

    void marks(List<HeatMark> marks) {
        clip();
        marks.stream().filter(mark -> isSeen(mark.cells())).forEach(this::mark);
        g.restore();
    }

    /** To what is seen of the map, with room for a frame along its edge. */
    private void clip() {
        g.save();
        g.beginPath();
        g.rect(layout.left() - EDGE, layout.top() - EDGE, layout.width() + 2 * EDGE, layout.height() + 2 * EDGE);
        g.clip();
    }

    private boolean isSeen(CellRange cells) {
        return cells.top() < layout.toRow() && cells.bottom() >= layout.fromRow() && cells.left() < layout.toColumn()
            && cells.right() >= layout.fromColumn();
    }

    private void mark(HeatMark mark) {
        CellRange cells = inside(mark.cells());
        if (!mark.struck()) {
            frame(cells, theme.patched());
        } else if (layout.cell() < SMALLEST_STRUCK) {
            frame(cells, theme.patched());
            strike(cells);
        } else {
            int lastRow = Math.min(cells.bottom(), layout.toRow() - 1);
            int lastColumn = Math.min(cells.right(), layout.toColumn() - 1);
            for (int row = Math.max(cells.top(), layout.fromRow()); row <= lastRow; row++) {
                for (int column = Math.max(cells.left(), layout.fromColumn()); column <= lastColumn; column++) {
                    if (matrix.state(row, column) != CellState.FUTURE) {
                        strike(CellRange.of(new Cell(row, column), new Cell(row, column)));
                    }
                }
            }
        }
    }

    /** From corner to corner, with an edge that parts it from cells of its own colour. */
    private void strike(CellRange cells) {
        double inset = Math.min(2, layout.cell() / 8);
        double left = layout.x(cells.left()) + inset;
        double right = layout.x(cells.right() + 1) - inset;
        double top = layout.y(cells.top()) + inset;
        double bottom = layout.y(cells.bottom() + 1) - inset;
        Painter.line(g, left, bottom, right, top, theme.background(), 4);
        Painter.line(g, left, bottom, right, top, theme.patched(), 2);
    }

    private void frame(CellRange cells, int argb) {
        double x = layout.x(cells.left());
        double y = layout.y(cells.top());
        double width = layout.x(cells.right() + 1) - x;
        double height = layout.y(cells.bottom() + 1) - y;
        Painter.box(g, x, y, width, height, theme.background(), 4);
        Painter.box(g, x, y, width, height, argb, 2);
    }

    /** The cells that are being taken together. */
    void range(CellRange range) {
        if (!isSeen(range)) {
            return;
        }
        CellRange cells = inside(range);
        clip();
        g.setGlobalAlpha(VEIL);
        g.setFill(Painter.color(theme.accent()));
        g.fillRect(layout.x(cells.left()), layout.y(cells.top()),
            layout.x(cells.right() + 1) - layout.x(cells.left()),
            layout.y(cells.bottom() + 1) - layout.y(cells.top()));
        g.setGlobalAlpha(1);
        frame(cells, theme.accent());
        g.restore();
    }

    private CellRange inside(CellRange range) {
        return new CellRange(range.top(), Math.min(range.bottom(), layout.rows() - 1), range.left(),
            Math.min(range.right(), layout.columns() - 1));
    }
}
