package org.headscope.figure;

import org.headscope.figure.Labels.Label;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;

/** A plot with its labels and axis titles. Knows its size before it is placed. */
final class Panel {

    private static final double TITLE_ROOM = 20;
    private static final double GAP = 6;
    /** The largest cell of a map whose width is given. */
    private static final double LARGEST_CELL = 64;
    /** The share of a given width that labels beside the rows may take. */
    private static final double LABEL_SHARE = 0.3;
    private static final double ROW_PITCH = 12;
    /** How many times as high as wide a map whose width is given may be. */
    private static final double HIGHEST = 1.25;
    /** How far an axis title may be longer than its axis. */
    private static final double TITLE_SLACK = 4 * Sketch.UNIT;

    private final Matrix matrix;
    private final Page page;
    private final Shading shading;
    private final double cellWidth;
    private final double cellHeight;
    private final Cell selected;
    private final Labels rowLabels;
    private final Labels columnLabels;

    private Panel(Content content, Page page, double cellWidth, double cellHeight, double longest) {
        this.matrix = content.matrix();
        this.page = page;
        this.shading = page.theme().shading(content.scale());
        this.cellWidth = cellWidth;
        this.cellHeight = cellHeight;
        this.selected = page.marked(content.selected());
        this.rowLabels = Labels.beside(content.rows(), cellHeight, selected == null ? -1 : selected.row(), longest);
        this.columnLabels = Labels.under(content.columns(), cellWidth, selected == null ? -1 : selected.column(),
            page.slant());
    }

    /**
     * What a panel shows.
     *
     * @param selected a cell to mark, or null
     */
    record Content(Matrix matrix, Scale scale, Axis rows, Axis columns, Cell selected) {
    }

    /**
     * A panel as large as it likes to be.
     *
     * @param small how far eight rows or columns reach, in units
     * @param large how far the most of them reach
     */
    static Panel natural(Content content, Page page, double small, double large) {
        return new Panel(content, page, cellSize(content.matrix().columns(), small, large),
            cellSize(content.matrix().rows(), small, large), Labels.LONGEST);
    }

    /** A panel whose plot and row labels together take a width, in units. */
    static Panel within(double width, Content content, Page page) {
        double longest = longest(width);
        Panel widest = plotted(width - TITLE_ROOM - GAP - longest, content, page, longest);
        // Fewer rows are labelled, and by longer labels, the smaller they are: this one's labels are no wider.
        return plotted(width - widest.left(), content, page, longest);
    }

    /** The longest label beside the rows of a figure of some width. */
    static double longest(double width) {
        return Math.min(Labels.LONGEST, LABEL_SHARE * width);
    }

    /** A panel whose plot has a width, in units. */
    static Panel plotted(double plotWidth, Content content, Page page, double longest) {
        Matrix matrix = content.matrix();
        double cellWidth = Math.min(LARGEST_CELL, Math.max(1, plotWidth) / matrix.columns());
        double most = HIGHEST * plotWidth / matrix.rows();
        double cellHeight = matrix.isCausal() ? cellWidth : Math.min(most, Math.max(cellWidth, ROW_PITCH));
        return new Panel(content, page, cellWidth, cellHeight, longest);
    }

    /** The room left of the plot: axis title and row labels. */
    double left() {
        return Math.max(TITLE_ROOM + rowLabels.extent() + GAP, columnLabels.overhang(cellWidth));
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
        boolean written = values && plot.hasRoomForValues();
        if (selected != null && page.shows(Page.Part.CROSSHAIR) && !written) {
            // Lines to the axes would strike the values out.
            plot.leadTo(sketch, selected);
        }
        if (written) {
            plot.writeValues(sketch);
        }
        if (selected != null && page.shows(Page.Part.RING)) {
            plot.ring(sketch, selected);
        }
    }

    /** Draws what stands left of the plot. */
    void drawRowLabels(Sketch sketch, double x, double y) {
        for (Label label : rowLabels.shown()) {
            sketch.centredText(x - GAP, y + (label.index() + 0.5) * cellHeight, label.text(), label.font(), Anchor.END,
                    color(sketch, label));
        }
        String title = rowLabels.title(plotHeight() + TITLE_SLACK);
        // A title longer than the plot is high would otherwise leave the figure at its top.
        double lowest = y + Typeface.width(title, Sketch.AXIS_TITLE) / 2;
        sketch.turnedText(x - left() + 4, Math.max(y + plotHeight() / 2, lowest), title, Sketch.AXIS_TITLE,
            Anchor.MIDDLE, sketch.theme().ink());
    }

    /** Draws what stands below the plot, the axis title below a room for labels that neighbours may share. */
    void drawColumnLabels(Sketch sketch, double x, double y, double labelRoom) {
        double top = y + plotHeight() + GAP;
        for (Label label : columnLabels.shown()) {
            double middle = x + (label.index() + 0.5) * cellWidth;
            switch (columnLabels.slant()) {
                case UPRIGHT -> sketch.turnedText(middle, top, label.text(), label.font(), Anchor.END,
                    color(sketch, label));
                case RISING -> sketch.risingText(middle, top, label.text(), label.font(), color(sketch, label));
                default -> sketch.centredText(middle, top + 5, label.text(), label.font(), Anchor.MIDDLE,
                    color(sketch, label));
            }
        }
        String title = columnLabels.title(plotWidth() + (page.isFixed() ? 0 : TITLE_SLACK));
        double width = Typeface.width(title, Sketch.AXIS_TITLE);
        sketch.text(x + Math.max(plotWidth(), width) / 2, top + labelRoom + TITLE_ROOM - 4, title, Sketch.AXIS_TITLE,
            Anchor.MIDDLE, sketch.theme().ink());
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
