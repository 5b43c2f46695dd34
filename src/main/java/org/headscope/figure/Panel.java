package org.headscope.figure;

import org.headscope.figure.Labels.Label;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;

/** A plot with its labels and axis titles. Knows its size before it is placed. */
final class Panel {

    private static final double TITLE_ROOM = 20;
    private static final double GAP = 6;

    private final Matrix matrix;
    private final Shading shading;
    private final double cellWidth;
    private final double cellHeight;
    private final Cell selected;
    private final Labels rowLabels;
    private final Labels columnLabels;

    /**
     * @param small    how far eight rows or columns reach, in units
     * @param large    how far the most of them reach
     * @param selected a cell to ring, or null
     */
    Panel(Matrix matrix, Shading shading, Axis rows, Axis columns, double small, double large,
          Cell selected) {
        this.matrix = matrix;
        this.shading = shading;
        this.cellWidth = cellSize(matrix.columns(), small, large);
        this.cellHeight = cellSize(matrix.rows(), small, large);
        this.selected = selected;
        this.rowLabels = Labels.beside(rows, cellHeight, selected == null ? -1 : selected.row());
        this.columnLabels = Labels.under(columns, cellWidth, selected == null ? -1 : selected.column());
    }

    /** The room left of the plot: axis title and row labels. */
    double left() {
        return TITLE_ROOM + rowLabels.extent() + GAP;
    }

    double plotWidth() {
        return matrix.columns() * cellWidth;
    }

    double plotHeight() {
        return matrix.rows() * cellHeight;
    }

    /** The room that the column labels take, without the axis title. */
    double labelRoom() {
        return columnLabels.extent();
    }

    /** The room below the plot: column labels, which take {@code labelRoom}, and axis title. */
    static double below(double labelRoom) {
        return GAP + labelRoom + TITLE_ROOM;
    }

    /** Draws plot, labels and axis titles, where the plot's top left corner is given. */
    void draw(Sketch sketch, double x, double y, boolean values) {
        drawPlot(sketch, x, y, values);
        drawRowLabels(sketch, x, y);
        drawColumnLabels(sketch, x, y, labelRoom());
    }

    /** Draws the plot alone. */
    void drawPlot(Sketch sketch, double x, double y, boolean values) {
        Plot plot = new Plot(matrix, shading, new Area(x, y, plotWidth(), plotHeight()));
        plot.draw(sketch);
        if (selected != null && !values) {
            // Lines to the axes would strike the values out.
            plot.leadTo(sketch, selected);
        }
        if (values) {
            plot.writeValues(sketch);
        }
        if (selected != null) {
            plot.ring(sketch, selected);
        }
    }

    /** Draws what stands left of the plot. */
    void drawRowLabels(Sketch sketch, double x, double y) {
        for (Label label : rowLabels.shown()) {
            sketch.centredText(x - GAP, y + (label.index() + 0.5) * cellHeight, label.text(), label.font(), Anchor.END,
                    color(sketch, label));
        }
        // A title longer than the plot is high would otherwise leave the figure at its top.
        double lowest = y + Typeface.width(rowLabels.title(), Sketch.AXIS_TITLE) / 2;
        sketch.turnedText(x - left() + 4, Math.max(y + plotHeight() / 2, lowest), rowLabels.title(),
                Sketch.AXIS_TITLE, Anchor.MIDDLE, sketch.theme().ink());
    }

    /** Draws what stands below the plot, the axis title below a room for labels that neighbours may share. */
    void drawColumnLabels(Sketch sketch, double x, double y, double labelRoom) {
        double top = y + plotHeight() + GAP;
        for (Label label : columnLabels.shown()) {
            double middle = x + (label.index() + 0.5) * cellWidth;
            if (columnLabels.turned()) {
                sketch.turnedText(middle, top, label.text(), label.font(), Anchor.END, color(sketch, label));
            } else {
                sketch.centredText(middle, top + 5, label.text(), label.font(), Anchor.MIDDLE, color(sketch, label));
            }
        }
        double width = Typeface.width(columnLabels.title(), Sketch.AXIS_TITLE);
        sketch.text(x + Math.max(plotWidth(), width) / 2, top + labelRoom + TITLE_ROOM - 4, columnLabels.title(),
                Sketch.AXIS_TITLE, Anchor.MIDDLE, sketch.theme().ink());
    }

    private static int color(Sketch sketch, Label label) {
        return label.strong() ? sketch.theme().accent() : sketch.theme().ink();
    }

    /** Few cells stay small, eight fill {@code small} units exactly, and many never more than {@code large}. */
    private static double cellSize(int count, double small, double large) {
        if (count <= 8) {
            return Math.floor(Math.min(small / 6, small / count));
        }
        double halves = Math.floor(2 * Math.min(small / 8, large / count)) / 2;
        return halves > 0 ? halves : large / count;
    }
}
