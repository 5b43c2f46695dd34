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
        for (HeatMark mark : marks) {
            if (mark.cells().top() < layout.rows() && mark.cells().left() < layout.columns()) {
                mark(mark);
            }
        }
    }

    private void mark(HeatMark mark) {
        CellRange cells = inside(mark.cells());
        if (!mark.struck()) {
            frame(cells, theme.patched());
        } else if (layout.cell() < SMALLEST_STRUCK) {
            frame(cells, theme.patched());
            strike(cells);
        } else {
            for (int row = cells.top(); row <= cells.bottom(); row++) {
                for (int column = cells.left(); column <= cells.right(); column++) {
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
        CellRange cells = inside(range);
        g.save();
        g.setGlobalAlpha(VEIL);
        g.setFill(Painter.color(theme.accent()));
        g.fillRect(layout.x(cells.left()), layout.y(cells.top()),
            layout.x(cells.right() + 1) - layout.x(cells.left()),
            layout.y(cells.bottom() + 1) - layout.y(cells.top()));
        g.restore();
        frame(cells, theme.accent());
    }

    private CellRange inside(CellRange range) {
        return new CellRange(range.top(), Math.min(range.bottom(), layout.rows() - 1), range.left(),
            Math.min(range.right(), layout.columns() - 1));
    }
}
