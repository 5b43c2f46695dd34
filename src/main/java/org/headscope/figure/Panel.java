package org.headscope.figure;

import org.headscope.figure.Labels.Label;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;

/**
 * A plot with its labels and axis titles. Knows its size before it is placed.
 *
 * @param cell     the width and height of a cell, in units
 * @param selected a cell to ring, or null
 */
record Panel(Matrix matrix, Shading shading, Axis rowAxis, Axis columnAxis, double cell, Cell selected) {

    private static final double TITLE_ROOM = 20;
    private static final double GAP = 6;

    /** The room left of the plot: axis title and row labels. */
    double left() {
        return TITLE_ROOM + rowLabels().extent() + GAP;
    }

    double plotWidth() {
        return matrix.columns() * cell;
    }

    double plotHeight() {
        return matrix.rows() * cell;
    }

    double width() {
        return left() + plotWidth();
    }

    /** Down to the axis title under the column labels, or under the axis title beside the rows where that is longer. */
    double height() {
        double below = GAP + columnLabels().extent() + TITLE_ROOM;
        return plotHeight() + below;
    }

    /** Where the plot lies when the panel's top left corner is given. */
    Plot plot(double x, double top) {
        return new Plot(matrix, shading, new Area(x + left(), top, plotWidth(), plotHeight()));
    }

    /** Draws from a top left corner. */
    void draw(Sketch sketch, double x, double top, boolean values) {
        Plot plot = plot(x, top);
        plot.draw(sketch);
        if (values) {
            plot.writeValues(sketch);
        }
        if (selected != null) {
            plot.select(sketch, selected);
        }
        drawRowLabels(sketch, plot.area(), x);
        drawColumnLabels(sketch, plot.area());
    }

    private void drawRowLabels(Sketch sketch, Area plot, double x) {
        Labels labels = rowLabels();
        for (Label label : labels.shown()) {
            sketch.centredText(plot.x() - GAP, plot.y() + (label.index() + 0.5) * cell, label.text(), label.font(),
                    Anchor.END, color(sketch, label));
        }
        String title = Typeface.fitted(labels.title(), Sketch.AXIS_TITLE, Math.max(height(), 120));
        double middle = plot.y() + plot.height() / 2;
        // A title longer than the plot is high would otherwise leave the figure at its top.
        double lowest = plot.y() + Typeface.width(title, Sketch.AXIS_TITLE) / 2;
        sketch.turnedText(x + 4, Math.max(middle, lowest), title, Sketch.AXIS_TITLE, Anchor.MIDDLE,
                sketch.theme().ink());
    }

    private void drawColumnLabels(Sketch sketch, Area plot) {
        Labels labels = columnLabels();
        double top = plot.y() + plot.height() + GAP;
        for (Label label : labels.shown()) {
            double middle = plot.x() + (label.index() + 0.5) * cell;
            if (labels.turned()) {
                sketch.turnedText(middle, top, label.text(), label.font(), Anchor.END, color(sketch, label));
            } else {
                sketch.centredText(middle, top + 5, label.text(), label.font(), Anchor.MIDDLE, color(sketch, label));
            }
        }
        double width = Typeface.width(labels.title(), Sketch.AXIS_TITLE);
        double middle = Math.max(plot.x() + plot.width() / 2, plot.x() + width / 2);
        sketch.text(middle, top + labels.extent() + TITLE_ROOM - 4, labels.title(), Sketch.AXIS_TITLE, Anchor.MIDDLE,
                sketch.theme().ink());
    }

    private static int color(Sketch sketch, Label label) {
        return label.strong() ? sketch.theme().accent() : sketch.theme().ink();
    }

    private Labels rowLabels() {
        return Labels.beside(rowAxis, cell, selected == null ? -1 : selected.row());
    }

    private Labels columnLabels() {
        return Labels.under(columnAxis, cell, selected == null ? -1 : selected.column());
    }

    /**
     * The size of a cell for {@code count} of them: few fill {@code small} units, eight give it exactly, and many
     * never more than {@code large}.
     */
    static double cellSize(int count, double small, double large) {
        if (count <= 8) {
            return Math.floor(Math.min(small / 6, small / count));
        }
        double halves = Math.floor(2 * Math.min(small / 8, large / count)) / 2;
        return halves > 0 ? halves : large / count;
    }
}
