package org.headscope.window.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Cell;
import org.headscope.figure.Theme;

/** Paints what goes with the pointer and the chosen cell, over a map. */
record HeatPointerPainter(GraphicsContext g, Theme theme, HeatLayout layout) {

    private static final Font TIP = Painter.font(12, 0);
    private static final double PADDING = 8;
    private static final double LINE = 16;
    /** Between what is said first and what stands apart from it. */
    private static final String GAP = " {3,}";

    /** Along the row to the cell and down its column; around the values where they stand in the cells. */
    void paintCrossHair(Cell cell) {
        double middleX = layout.middleX(cell.column());
        double middleY = layout.middleY(cell.row());
        double x = layout.x(cell.column());
        double edge = layout.y(cell.row() + 1);
        double bottom = layout.top() + layout.height();
        if (layout.isWritten()) {
            // A line through the middle would strike the values out.
            double y = Math.max(layout.top(), layout.y(cell.row()));
            Painter.box(g, layout.left(), y, x + layout.cellWidth() - layout.left(), edge - y, theme.accent(), 1);
            Painter.box(g, Math.max(layout.left(), x), y, layout.cellWidth(), bottom - y, theme.accent(), 1);
            return;
        }
        if (x > layout.left()) {
            Painter.line(g, layout.left(), middleY, x, middleY, theme.accent(), 1);
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

    /** Above the cell, or below it where there is no room, in as many lines as the width of the map needs. */
    void paintWords(String text, Cell cell, double room) {
        List<String> lines = lines(text, room - 2 * PADDING, line -> Painter.width(line, TIP));
        double width = lines.stream().mapToDouble(line -> Painter.width(line, TIP)).max().orElse(0) + 2 * PADDING;
        double height = LINE * lines.size() + PADDING;
        double above = layout.y(cell.row()) - PADDING - height;
        double x = Math.max(0, Math.min(room - width, layout.x(cell.column() + 1) + PADDING));
        double y = above < 0 ? layout.y(cell.row() + 1) + PADDING : above;
        g.setFill(Painter.color(theme.background()));
        g.fillRoundRect(x, y, width, height, 8, 8);
        g.setStroke(Painter.color(theme.axis()));
        g.setLineWidth(1);
        g.strokeRoundRect(x + 0.5, y + 0.5, width - 1, height - 1, 8, 8);
        for (int line = 0; line < lines.size(); line++) {
            Painter.text(g, lines.get(line), x + PADDING, y + PADDING / 2 + (line + 0.5) * LINE, TextAlignment.LEFT, TIP,
                theme.ink());
        }
    }

    /** Broken where the text has a gap, and where that does not do, between words. */
    static List<String> lines(String text, double room, ToDoubleFunction<String> width) {
        if (width.applyAsDouble(text) <= room) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        for (String part : text.split(GAP)) {
            String line = "";
            for (String word : part.split(" +")) {
                String longer = line.isEmpty() ? word : line + " " + word;
                if (!line.isEmpty() && width.applyAsDouble(longer) > room) {
                    lines.add(line);
                    longer = word;
                }
                line = longer;
            }
            lines.add(line);
        }
        return lines;
    }
}
