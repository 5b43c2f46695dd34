package org.headscope.window.control;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Theme;

/**
 * Paints what stands beside a map: the tokens of its rows and columns and the titles of its axes.
 *
 * @param shared whose rows' labels stand here where several maps share them
 */
record HeatLabelPainter(GraphicsContext g, Theme theme, HeatLayout layout, HeatPicture picture, HeatPicture shared,
                        RowLabels rowLabels, HeatLayout.Density density) {

    private static final Font AXIS = Painter.font(12, 1);
    /** By which the lower axis's title may be longer than the map. */
    private static final double LABEL_ROOM = 24;

    /** An axis's title without what stands in brackets. */
    private static String brief(Axis axis) {
        return axis.title().replaceAll(" \\(.*", "");
    }

    void paintTitles(double room) {
        if (!density.isTitled()) {
            return;
        }
        double below = layout.top() + layout.height() + layout.columnLabels() + HeatLayout.LABEL_GAP
            + HeatLayout.AXIS_TITLE / 2;
        double middle = layout.left() + layout.width() / 2;
        if (layout.axisTitle() == 0) {
            String columns = brief(picture.columnAxis()) + " →";
            String both = rowLabels == RowLabels.NONE ? columns : brief(picture.rowAxis()) + " ↓  " + columns;
            double half = Painter.width(both, AXIS) / 2;
            Painter.text(g, both, Math.max(half, Math.min(room - half, middle)), below, TextAlignment.CENTER,
                AXIS, theme.muted());
            return;
        }
        Painter.text(g, titled(picture.columnAxis(), layout.everyColumn(), layout.width() + LABEL_ROOM), middle, below,
            TextAlignment.CENTER, AXIS, theme.muted());
        Painter.textUpwards(g, titled(picture.rowAxis(), layout.everyRow(), layout.height() + 2 * HeatLayout.TOP),
            layout.left() - layout.rowLabels() - HeatLayout.LABEL_GAP - HeatLayout.AXIS_TITLE / 2,
            layout.top() + layout.height() / 2, TextAlignment.CENTER, AXIS, theme.muted());
    }

    /** As much as there is room for along the map, where nothing of it may be cut. */
    private static String titled(Axis axis, int every, double room) {
        String few = every == 1 ? "" : ", 1 in %d labelled".formatted(every);
        return Stream.of(axis.title() + few, brief(axis) + few)
            .filter(title -> Painter.width(title, AXIS) <= room).findFirst().orElse(brief(axis));
    }

    private void paintRowLabel(int row, Font font, int argb) {
        if (rowLabels == RowLabels.NONE) {
            return;
        }
        List<String> rows = rowLabels == RowLabels.SHARED ? shared.rows() : picture.rows();
        String text = Painter.fitted(rows.get(row), font, layout.rowLabels());
        Painter.text(g, text, layout.left() - HeatLayout.LABEL_GAP, layout.middleY(row),
            TextAlignment.RIGHT, font, argb);
    }

    private void paintColumnLabel(int column, Font font, int argb) {
        double x = layout.middleX(column);
        double y = layout.top() + layout.height() + HeatLayout.LABEL_GAP;
        String text = picture.columns().get(column);
        if (layout.turned()) {
            Painter.textUpwards(g, Painter.fitted(text, font, layout.columnLabels()), x, y, TextAlignment.RIGHT, font, argb);
        } else {
            Painter.text(g, text, x, y + 7, TextAlignment.CENTER, font, argb);
        }
    }

    /** As many tokens as there is room for, and those that are looked for. */
    void paintLabels(Found found) {
        Set<Integer> marked = found.positions();
        int every = layout.everyRow();
        // Of a small map the last token, after which the model predicts, says most.
        boolean fromLast = density == HeatLayout.Density.DENSE || rowLabels == RowLabels.SHARED;
        int labelled = fromLast ? (layout.rows() - 1) % every : 0;
        for (int row = layout.fromRow(); row < layout.toRow(); row++) {
            if (row % every == labelled && layout.seesRow(row) && isFree(marked, row, every)) {
                paintRowLabel(row, density.font(), theme.ink());
            }
        }
        boolean under = layout.columnLabels() > 0;
        every = layout.everyColumn();
        for (int column = firstOf(layout.fromColumn(), every); under && column < layout.toColumn(); column += every) {
            if (layout.seesColumn(column) && isFree(marked, column, every)) {
                paintColumnLabel(column, density.font(), theme.ink());
            }
        }
        paintFound(found, under);
    }

    /** The first place from one on that has a label. */
    private static int firstOf(int from, int every) {
        return (from + every - 1) / every * every;
    }

    private static boolean isFree(Set<Integer> marked, int position, int every) {
        for (int near = position - every + 1; near < position + every; near++) {
            if (marked.contains(near)) {
                return false;
            }
        }
        return true;
    }

    /** A wedge at every token that is looked for, and the word where the one before leaves it room. */
    private void paintFound(Found found, boolean under) {
        int lastRow = Integer.MIN_VALUE / 2;
        int lastColumn = Integer.MIN_VALUE / 2;
        for (int position : found.positions()) {
            boolean isCurrent = found.current().filter(now -> now == position).isPresent();
            Font font = isCurrent ? density.strong() : density.font();
            if (layout.seesRow(position)) {
                paintWedge(layout.left(), layout.middleY(position), false);
                if (position - lastRow >= layout.everyRow()) {
                    paintRowLabel(position, font, theme.accent());
                    lastRow = position;
                }
            }
            if (layout.seesColumn(position)) {
                paintWedge(layout.middleX(position), layout.top() + layout.height(), true);
                if (under && position - lastColumn >= layout.everyColumn()) {
                    paintColumnLabel(position, font, theme.accent());
                    lastColumn = position;
                }
            }
        }
    }

    private void paintWedge(double x, double y, boolean upwards) {
        g.setFill(Painter.color(theme.accent()));
        if (upwards) {
            g.fillPolygon(new double[] {x - 3, x, x + 3}, new double[] {y + 5, y, y + 5}, 3);
        } else {
            g.fillPolygon(new double[] {x - 5, x, x - 5}, new double[] {y - 3, y, y + 3}, 3);
        }
    }

    /** The tokens of the cells that are pointed at stand out; what they cover of their neighbours gives way. */
    void paintPointedAt(List<Cell> cells) {
        for (Cell cell : cells) {
            if (layout.seesRow(cell.row()) && rowLabels != RowLabels.NONE) {
                g.setFill(Painter.color(theme.background()));
                g.fillRect(layout.left() - HeatLayout.LABEL_GAP - layout.rowLabels(), layout.middleY(cell.row()) - 8,
                    layout.rowLabels() + 2, 16);
                paintRowLabel(cell.row(), density.strong(), theme.accent());
            }
            if (layout.columnLabels() > 0 && layout.seesColumn(cell.column())) {
                paintPointedColumn(cell.column());
            }
        }
    }

    private void paintPointedColumn(int column) {
        double half = layout.turned() ? 8
            : Painter.width(picture.columns().get(column), density.strong()) / 2 + 2;
        g.setFill(Painter.color(theme.background()));
        g.fillRect(layout.middleX(column) - half, layout.top() + layout.height() + HeatLayout.LABEL_GAP - 2, 2 * half,
            layout.columnLabels() + 2);
        paintColumnLabel(column, density.strong(), theme.accent());
    }
}
