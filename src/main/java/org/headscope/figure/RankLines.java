package org.headscope.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;

/**
 * The ranks of a few rival tokens through the layers, by their logarithm, the likeliest on top. Lines are told apart by
 * the shapes on them and by their names at the end; colours only help.
 */
public final class RankLines extends Chart {

    /** More lines than this could not be told apart. */
    public static final int MOST = 6;

    private static final int[] TICKS = {0, 1, 10, 100, 1_000, 10_000, 100_000};
    private static final double OWN_HEIGHT = 320;
    private static final double OWN_PITCH = 36;
    private static final double LEAST_HEIGHT = 160;
    /** The height of a chart whose width is given, as a share of it. */
    private static final double SHAPE = 0.6;
    private static final double LABEL_PITCH = 15;
    private static final double COLUMN_LABELS = 18;
    private static final double TOP = 8;
    private static final double MARKER = 8;
    private static final double LONGEST_NAME = 120;

    private final Axis layers;
    private final List<Line> lines;
    private final int vocabulary;

    /**
     * A token through the layers.
     *
     * @param name as it is read beside the line
     * @param ranks one a layer; 0 for the likeliest
     */
    public record Line(String name, List<Integer> ranks) {

        public Line {
            ranks = List.copyOf(ranks);
        }

        private String label() {
            return "%s  %,d".formatted(name, ranks.get(ranks.size() - 1));
        }
    }

    /**
     * @param lines at most {@link #MOST}
     * @param vocabulary how many ranks there are
     */
    public RankLines(String title, String caption, Axis layers, List<Line> lines, int vocabulary) {
        super(title, caption);
        if (lines.size() > MOST) {
            throw new IllegalArgumentException("At most " + MOST + " lines can be told apart, not " + lines.size());
        }
        this.layers = layers;
        this.lines = List.copyOf(lines);
        this.vocabulary = vocabulary;
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public int columns() {
        return layers.size();
    }

    @Override
    public double leastHeight() {
        return LEAST_HEIGHT;
    }

    @Override
    double ownWidth() {
        return left() + columns() * OWN_PITCH + right();
    }

    @Override
    double ownHeight() {
        return OWN_HEIGHT;
    }

    @Override
    double heightFor(double width) {
        return Math.max(LEAST_HEIGHT, Math.min(OWN_HEIGHT, SHAPE * width));
    }

    private double left() {
        return AXIS_TITLE + Typeface.width("%,d".formatted(ticks().get(ticks().size() - 1)), LABEL) + 2 * GAP;
    }

    private double right() {
        double widest = lines.stream().mapToDouble(line -> Typeface.width(line.label(), STRONG)).max().orElse(0);
        return Math.min(widest, LONGEST_NAME) + MARKER + 2 * GAP;
    }

    private List<Integer> ticks() {
        List<Integer> ticks = new ArrayList<>();
        for (int tick : TICKS) {
            if (tick < vocabulary) {
                ticks.add(tick);
            }
        }
        return ticks;
    }

    private Area plot(Area room) {
        return new Area(room.x() + left(), room.y() + TOP, Math.max(1, room.width() - left() - right()),
            Math.max(1, room.height() - TOP - COLUMN_LABELS - AXIS_TITLE - GAP));
    }

    @Override
    public Area area(Cell cell, double width, double height) {
        Area plot = plot(new Area(0, 0, width, height));
        double pitch = plot.width() / columns();
        return new Area(plot.x() + cell.column() * pitch, plot.y(), pitch, plot.height());
    }

    private double x(Area plot, int layer) {
        return plot.x() + (layer + 0.5) * plot.width() / columns();
    }

    private double y(Area plot, double rank) {
        return plot.y() + MARKER / 2 + (plot.height() - MARKER) * Math.log1p(rank) / Math.log(vocabulary);
    }

    @Override
    void paint(Sketch sketch, Area room) {
        Area plot = plot(room);
        paintAxes(sketch, room, plot);
        for (int line = lines.size() - 1; line >= 0; line--) {
            paintLine(sketch, plot, line);
        }
        paintNames(sketch, plot);
    }

    private void paintAxes(Sketch sketch, Area room, Area plot) {
        Theme theme = sketch.theme();
        double right = plot.x() + plot.width();
        double free = Double.NEGATIVE_INFINITY;
        for (int tick : ticks()) {
            double y = y(plot, tick);
            if (y < free) {
                continue;
            }
            free = y + LABEL.size() + 1;
            sketch.line(faint(theme), new Point(plot.x(), y), new Point(right, y));
            sketch.centredText(plot.x() - GAP, y, "%,d".formatted(tick), LABEL, Anchor.END, theme.muted());
        }
        sketch.frame(plot, theme.axis(), Sketch.STROKE);
        sketch.turnedText(room.x() + AXIS_TITLE / 2, plot.y() + plot.height() / 2, "Rank, 0 is the likeliest", AXIS,
            Anchor.MIDDLE, theme.muted());
        double bottom = plot.y() + plot.height();
        double widest = layers.labels().stream().mapToDouble(label -> Typeface.width(label, LABEL)).max().orElse(0);
        int step = (int) Math.max(1, Math.ceil((widest + GAP) / (plot.width() / columns())));
        for (int layer = 0; layer < columns(); layer++) {
            if ((columns() - 1 - layer) % step == 0) {
                sketch.centredText(x(plot, layer), bottom + COLUMN_LABELS / 2 + 2, layers.labels().get(layer), LABEL,
                    Anchor.MIDDLE, theme.ink());
            }
        }
        sketch.centredText(plot.x(), bottom + COLUMN_LABELS + AXIS_TITLE / 2, layers.title(), AXIS, Anchor.START,
            theme.muted());
    }

    private static int faint(Theme theme) {
        return theme.axis() & 0xffffff | 0x55000000;
    }

    private static int color(Theme theme, int line) {
        return switch (line % 3) {
            case 0 -> theme.ink();
            case 1 -> theme.accent();
            default -> theme.muted();
        };
    }

    private void paintLine(Sketch sketch, Area plot, int line) {
        int color = color(sketch.theme(), line);
        List<Point> points = new ArrayList<>();
        for (int layer = 0; layer < columns(); layer++) {
            points.add(new Point(x(plot, layer), y(plot, lines.get(line).ranks().get(layer))));
        }
        sketch.add(new Mark.Path(points, Rgb.TRANSPARENT, color, 1.5));
        points.forEach(point -> marker(sketch, line, point, color));
    }

    /** Each line has its own shape: three forms, filled and hollow. */
    private static void marker(Sketch sketch, int line, Point at, int color) {
        double half = MARKER / 2;
        int fill = line < 3 ? color : sketch.theme().background();
        switch (line % 3) {
            case 0 -> polygon(sketch, fill, color, new Point(at.x() - half + 1, at.y() - half + 1),
                new Point(at.x() + half - 1, at.y() - half + 1), new Point(at.x() + half - 1, at.y() + half - 1),
                new Point(at.x() - half + 1, at.y() + half - 1));
            case 1 -> polygon(sketch, fill, color, new Point(at.x(), at.y() - half), new Point(at.x() + half,
                at.y() + half - 1), new Point(at.x() - half, at.y() + half - 1));
            default -> polygon(sketch, fill, color, new Point(at.x(), at.y() - half), new Point(at.x() + half, at.y()),
                new Point(at.x(), at.y() + half), new Point(at.x() - half, at.y()));
        }
    }

    private static void polygon(Sketch sketch, int fill, int color, Point... corners) {
        List<Point> closed = new ArrayList<>(List.of(corners));
        closed.add(corners[0]);
        sketch.add(new Mark.Path(closed, fill, color, 1.5));
    }

    /** At the height where each line ends, moved apart where they would lie on one another. */
    private void paintNames(Sketch sketch, Area plot) {
        List<Integer> order = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            order.add(line);
        }
        order.sort(Comparator.comparing(line -> last(lines.get(line))));
        double lowest = plot.y() + plot.height();
        double x = plot.x() + plot.width() + GAP + MARKER / 2;
        double before = Double.NEGATIVE_INFINITY;
        for (int place = 0; place < order.size(); place++) {
            int line = order.get(place);
            double room = lowest - (order.size() - 1 - place) * LABEL_PITCH - LABEL_PITCH / 2;
            double y = Math.max(before + LABEL_PITCH, Math.min(room, y(plot, last(lines.get(line)))));
            int color = color(sketch.theme(), line);
            marker(sketch, line, new Point(x, y), color);
            sketch.centredText(x + MARKER / 2 + GAP, y, Typeface.fitted(lines.get(line).label(), STRONG, LONGEST_NAME),
                STRONG, Anchor.START, sketch.theme().ink());
            before = y;
        }
    }

    private static int last(Line line) {
        return line.ranks().get(line.ranks().size() - 1);
    }
}
