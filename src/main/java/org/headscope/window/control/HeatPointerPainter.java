package org.headscope.window.control;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Cell;
import org.headscope.figure.Theme;

/** Paints what goes with the pointer and the chosen cell, over a map. */
record HeatPointerPainter(GraphicsContext g, Theme theme, HeatLayout layout) {

    private static final Font TIP = Painter.font(12, 0);

    void paintCrossHair(Cell cell) {
        double middleX = layout.middleX(cell.column());
        double middleY = layout.middleY(cell.row());
        double edge = layout.y(cell.row() + 1);
        double bottom = layout.top() + layout.height();
        if (layout.x(cell.column()) > layout.left()) {
            Painter.line(g, layout.left(), middleY, layout.x(cell.column()), middleY, theme.accent(), 1);
        }
        if (edge < bottom) {
            Painter.line(g, middleX, edge, middleX, bottom, theme.accent(), 1);
        }
    }

    void paintRing(Cell cell) {
        double x = layout.x(cell.column());
        double y = layout.y(cell.row());
        Painter.box(g, x - 1.5, y - 1.5, layout.cellWidth() + 3, layout.cellHeight() + 3, theme.background(), 1);
        Painter.box(g, x, y, layout.cellWidth(), layout.cellHeight(), theme.accent(), 2);
    }

    void paintWords(String text, Cell cell, double room) {
        double width = Painter.width(text, TIP) + 16;
        double x = Math.max(0, Math.min(room - width, layout.x(cell.column() + 1) + 8));
        double y = layout.y(cell.row()) - 32 < 0 ? layout.y(cell.row() + 1) + 8 : layout.y(cell.row()) - 32;
        g.setFill(Painter.color(theme.background()));
        g.fillRoundRect(x, y, width, 24, 8, 8);
        g.setStroke(Painter.color(theme.axis()));
        g.setLineWidth(1);
        g.strokeRoundRect(x + 0.5, y + 0.5, width - 1, 23, 8, 8);
        Painter.text(g, text, x + 8, y + 12, TextAlignment.LEFT, TIP, theme.ink());
    }
}
