package org.headscope.figure;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;

/** A token in every cell, on a colour that tells a number: what a model would say at each layer and position. */
public final class TokenGrid extends Chart {

    /** What the colours tell. */
    public enum Ink {
        /** A probability, as it is. */
        PROBABILITY,
        /** A rank by its logarithm; the likeliest token's, which is 0, is the strongest colour. */
        RANK
    }

    /** The narrowest cell in which tokens can be told apart. */
    public static final double LEAST_CELL_WIDTH = 46;

    private static final double LEAST_CELL_HEIGHT = 12;
    private static final double WIDEST_CELL = 112;
    private static final double HIGHEST_CELL = 28;
    private static final double OWN_CELL_WIDTH = 72;
    private static final double OWN_CELL_HEIGHT = 20;
    private static final double COLUMN_LABELS = 18;
    private static final double LEGEND = 48;
    private static final double WIDEST_LEGEND = 320;
    private static final double PADDING = 3;
    /** A token in less than this would be an ellipsis. */
    private static final double LEAST_TEXT = 20;
    private static final int BAR_PIXELS = 128;

    private final Axis rowAxis;
    private final Axis columnAxis;
    private final List<List<String>> texts;
    private final Matrix values;
    private final Ink ink;
    private final String quantity;
    private final Set<Cell> marked;

    /**
     * @param texts a token's label a cell, row by row
     * @param values as many numbers
     * @param quantity what the numbers are, for the legend
     * @param marked the cells that are outlined
     */
    public TokenGrid(String title, String caption, Axis rowAxis, Axis columnAxis, List<List<String>> texts,
                     Matrix values, Ink ink, String quantity, Set<Cell> marked) {
        super(title, caption);
        values.requireLabels(rowAxis, columnAxis);
        this.rowAxis = rowAxis;
        this.columnAxis = columnAxis;
        this.texts = texts.stream().map(List::copyOf).toList();
        this.values = values;
        this.ink = ink;
        this.quantity = quantity;
        this.marked = Set.copyOf(marked);
    }

    @Override
    public int rows() {
        return values.rows();
    }

    @Override
    public int columns() {
        return values.columns();
    }

    /** The token in a cell. */
    public String text(Cell cell) {
        return texts.get(cell.row()).get(cell.column());
    }

    /** The number in a cell. */
    public float value(Cell cell) {
        return values.value(cell.row(), cell.column());
    }

    /** How many columns can be read in this width. */
    public int columnsWithin(double width) {
        return (int) Math.max(1, (width - left()) / LEAST_CELL_WIDTH);
    }

    @Override
    public double leastHeight() {
        return rows() * LEAST_CELL_HEIGHT + below();
    }

    @Override
    double ownWidth() {
        return left() + Math.max(columns() * OWN_CELL_WIDTH, WIDEST_LEGEND) + 1;
    }

    @Override
    double ownHeight() {
        return rows() * OWN_CELL_HEIGHT + below();
    }

    @Override
    double legendHeight() {
        return LEGEND;
    }

    private double left() {
        return AXIS_TITLE + rowAxis.labels().stream().mapToDouble(label -> Typeface.width(label, LABEL)).max()
            .orElse(0) + GAP;
    }

    private static double below() {
        return COLUMN_LABELS + AXIS_TITLE + LEGEND;
    }

    private Area plot(double width, double height) {
        double cellWidth = Math.floor(Math.min(WIDEST_CELL, (width - left() - 1) / columns()));
        double cellHeight = Math.min(HIGHEST_CELL, (height - below() - 1) / rows());
        return new Area(Math.ceil(left()), 1, Math.max(1, cellWidth) * columns(),
            Math.max(1, cellHeight >= LEAST_CELL_HEIGHT ? Math.floor(cellHeight) : cellHeight) * rows());
    }

    @Override
    public Area area(Cell cell, double width, double height) {
        return cell(plot(width, height), cell);
    }

    private Area cell(Area plot, Cell cell) {
        double width = plot.width() / columns();
        double height = plot.height() / rows();
        return new Area(plot.x() + cell.column() * width, plot.y() + cell.row() * height, width, height);
    }

    @Override
    void paint(Sketch sketch, Area room) {
        Area own = plot(room.width(), room.height());
        Area plot = new Area(room.x() + own.x(), room.y() + own.y(), own.width(), own.height());
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns(); column++) {
                paintCell(sketch, new Cell(row, column), cell(plot, new Cell(row, column)));
            }
        }
        sketch.frame(plot.grown(Sketch.STROKE / 2), sketch.theme().axis(), Sketch.STROKE);
        marked.forEach(cell -> sketch.frame(cell(plot, cell).grown(-1), sketch.theme().accent(), 2));
        paintRowLabels(sketch, room, plot);
        paintColumnLabels(sketch, plot);
        if (sketch.page().shows(Page.Part.LEGEND)) {
            paintLegend(sketch, room, plot);
        }
    }

    private void paintLegend(Sketch sketch, Area room, Area plot) {
        double top = plot.y() + plot.height() + COLUMN_LABELS + AXIS_TITLE + Sketch.UNIT;
        double right = room.x() + room.width() - 1;
        double x = right - plot.x() < Sketch.LEAST_LEGEND ? room.x() : plot.x();
        double width = Math.min(WIDEST_LEGEND, right - x);
        if (ink == Ink.PROBABILITY) {
            Legend.of(quantity, Scale.absolute(), List.of(values)).draw(sketch, x, top, width);
        } else {
            paintRankLegend(sketch, x, top, width);
        }
    }

    private void paintCell(Sketch sketch, Cell cell, Area area) {
        int fill = fill(sketch.theme(), value(cell));
        sketch.fill(area, fill);
        Mark.Font font = area.height() >= LEAST_CELL_HEIGHT + 4 ? LABEL : TICK;
        if (area.height() >= font.size() && area.width() >= LEAST_TEXT) {
            sketch.centredText(area.x() + area.width() / 2, area.y() + area.height() / 2,
                fitted(text(cell), font, area.width() - 2 * PADDING), font, Anchor.MIDDLE, Rgb.inkOn(fill));
        }
    }

    /** A special token, such as {@code <|endoftext|>}, loses its brackets before it is cut. */
    private static String fitted(String text, Mark.Font font, double width) {
        boolean isSpecial = text.length() > 4 && text.startsWith("<|") && text.endsWith("|>");
        return Typeface.fitted(isSpecial && Typeface.width(text, font) > width
            ? text.substring(2, text.length() - 2) : text, font, width);
    }

    private int fill(Theme theme, float value) {
        return theme.sequential().at(position(value));
    }

    /** The share of the colour map; a rank counts as the probability that it would have among 1, 1/2, 1/3, … */
    private double position(double value) {
        return ink == Ink.PROBABILITY ? Scale.absolute().position(value) : Scale.log().position(1 / (value + 1));
    }

    private void paintRowLabels(Sketch sketch, Area room, Area plot) {
        double height = plot.height() / rows();
        int step = (int) Math.max(1, Math.ceil(LABEL.size() / height));
        for (int row = 0; row < rows(); row++) {
            if ((rows() - 1 - row) % step == 0) {
                sketch.centredText(plot.x() - GAP, plot.y() + (row + 0.5) * height, rowAxis.labels().get(row), LABEL,
                    Anchor.END, sketch.theme().ink());
            }
        }
        sketch.turnedText(room.x() + AXIS_TITLE / 2, plot.y() + plot.height() / 2, rowAxis.title(), AXIS,
            Anchor.MIDDLE, sketch.theme().muted());
    }

    private void paintColumnLabels(Sketch sketch, Area plot) {
        double width = plot.width() / columns();
        double bottom = plot.y() + plot.height();
        int step = (int) Math.ceil(LEAST_TEXT / width);
        for (int column = 0; column < columns(); column += step) {
            sketch.centredText(plot.x() + (column + 0.5) * width, bottom + COLUMN_LABELS / 2 + 2,
                Typeface.fitted(columnAxis.labels().get(column), STRONG, step * width - 2 * PADDING), STRONG,
                Anchor.MIDDLE,
                sketch.theme().ink());
        }
        sketch.centredText(plot.x(), bottom + COLUMN_LABELS + AXIS_TITLE / 2, columnAxis.title(), AXIS, Anchor.START,
            sketch.theme().muted());
    }

    /** A bar from the worst ranks to the best one. */
    private void paintRankLegend(Sketch sketch, double x, double top, double width) {
        sketch.text(x, top + 8, quantity, Sketch.AXIS_TITLE, Anchor.START, sketch.theme().ink());
        double named = Typeface.width(quantity, Sketch.AXIS_TITLE) + Sketch.UNIT;
        sketch.text(x + named, top + 8, Typeface.fitted("logarithmic, 0 is the likeliest", Sketch.LABEL,
            width - named), Sketch.LABEL, Anchor.START, sketch.theme().muted());
        Area bar = new Area(x, top + 14, width, 8);
        int[] colors = new int[BAR_PIXELS];
        Arrays.setAll(colors, i -> sketch.theme().sequential().at(i / (BAR_PIXELS - 1.0)));
        sketch.add(new Mark.Cells(bar, Raster.of(BAR_PIXELS, 1, colors), sketch.theme().sequential().zero()));
        sketch.frame(bar, sketch.theme().axis(), Sketch.STROKE);
        int[] ranks = {9_999, 999, 99, 9, 0};
        for (int rank : ranks) {
            double at = bar.x() + position(rank) * bar.width();
            double bottom = bar.y() + bar.height();
            sketch.line(sketch.theme().axis(), new Point(at, bottom), new Point(at, bottom + 3));
            sketch.text(at, bottom + 12, rank == ranks[0] ? "≥ 9,999" : "%,d".formatted(rank), Sketch.TICK,
                rank == ranks[0] ? Anchor.START : rank == 0 ? Anchor.END : Anchor.MIDDLE, sketch.theme().muted());
        }
    }
}
