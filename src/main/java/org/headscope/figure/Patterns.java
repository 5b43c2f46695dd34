package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;

/** The geometry of the patterns that stand for what is not a value, shared by all that draw them. */
public final class Patterns {

    /** Of a dot, in units. */
    public static final double DOT_RADIUS = 0.75;
    /** Of the lines of hatches and crosses, in units. */
    public static final double LINE_WIDTH = 0.75;

    /** Between two lines of a hatch along the axes, and between two dots. */
    private static final double STEP = 5;
    private static final double CROSS_INSET = 0.25;
    /** Half of a dash, of its cell. */
    private static final double DASH_SHARE = 0.2;

    /** Nothing is gained by a pattern that is finer than this, in units. */
    private static final double COARSEST = 2;

    private Patterns() {
    }

    /**
     * The pattern over all cells of a matrix that are in a state; empty where none is, or the state has no pattern.
     *
     * @param plot the area that the whole matrix fills
     */
    public static Optional<Mark.Pattern> of(Matrix matrix, CellState state, Area plot, int color) {
        Optional<Mark.Pattern.Kind> kind = switch (state) {
            case NOT_COMPUTED -> Optional.of(Mark.Pattern.Kind.HATCH);
            case IDENTICAL -> Optional.of(Mark.Pattern.Kind.DOTS);
            case NAN -> Optional.of(Mark.Pattern.Kind.CROSS);
            case NO_PATH -> Optional.of(Mark.Pattern.Kind.DASH);
            default -> Optional.empty();
        };
        int finest = (int) (Math.max(plot.width(), plot.height()) / COARSEST);
        Regions regions = new Regions(matrix, finest);
        // A dash stands for one cell, while the others cover all that they stand for.
        return kind.map(k -> new Mark.Pattern(k == Mark.Pattern.Kind.DASH ? regions.cells(state, plot)
            : regions.of(state, plot), k, color))
            .filter(pattern -> !pattern.areas().isEmpty());
    }

    /** A line of a pattern. */
    public record Stroke(Point from, Point to) {
    }

    /** The lines of a pattern; those of a hatch cover the bounds of its areas and are to be clipped to them. */
    public static List<Stroke> strokes(Mark.Pattern pattern) {
        return switch (pattern.kind()) {
            case HATCH -> hatch(bounds(pattern.areas()));
            case CROSS -> pattern.areas().stream().flatMap(area -> cross(area).stream()).toList();
            case DASH -> pattern.areas().stream().map(Patterns::dash).toList();
            case DOTS -> List.of();
        };
    }

    /** The centres of the dots that touch the areas, to be clipped to them, on one lattice for the drawing. */
    public static List<Point> dots(Mark.Pattern pattern) {
        Area bounds = bounds(pattern.areas());
        List<Point> dots = new ArrayList<>();
        for (double y = latticed(bounds.y()) - STEP / 2; y < bounds.y() + bounds.height() + STEP; y += STEP) {
            for (double x = latticed(bounds.x()) - STEP / 2; x < bounds.x() + bounds.width() + STEP; x += STEP) {
                Point dot = new Point(x, y);
                if (pattern.areas().stream().anyMatch(area -> area.grown(DOT_RADIUS).contains(dot))) {
                    dots.add(dot);
                }
            }
        }
        return dots;
    }

    private static Area bounds(List<Area> areas) {
        double left = areas.stream().mapToDouble(Area::x).min().orElse(0);
        double top = areas.stream().mapToDouble(Area::y).min().orElse(0);
        double right = areas.stream().mapToDouble(area -> area.x() + area.width()).max().orElse(0);
        double bottom = areas.stream().mapToDouble(area -> area.y() + area.height()).max().orElse(0);
        return new Area(left, top, right - left, bottom - top);
    }

    private static List<Stroke> hatch(Area area) {
        List<Stroke> lines = new ArrayList<>();
        double bottom = area.y() + area.height();
        // A rising line holds the points of one sum x + y, so the hatches of neighbours continue each other.
        for (double sum = latticed(area.x() + area.y()); sum < area.x() + area.width() + bottom; sum += STEP) {
            double fromX = Math.max(area.x(), sum - bottom);
            double toX = Math.min(area.x() + area.width(), sum - area.y());
            lines.add(new Stroke(new Point(fromX, sum - fromX), new Point(toX, sum - toX)));
        }
        return lines;
    }

    private static double latticed(double value) {
        return Math.ceil(value / STEP) * STEP;
    }

    private static Stroke dash(Area area) {
        double half = DASH_SHARE * Math.min(area.width(), area.height());
        double x = area.x() + area.width() / 2;
        double y = area.y() + area.height() / 2;
        return new Stroke(new Point(x - half, y), new Point(x + half, y));
    }

    private static List<Stroke> cross(Area area) {
        double inset = CROSS_INSET * Math.min(area.width(), area.height());
        Area inner = area.grown(-inset);
        double right = inner.x() + inner.width();
        double bottom = inner.y() + inner.height();
        return List.of(
                new Stroke(new Point(inner.x(), inner.y()), new Point(right, bottom)),
                new Stroke(new Point(inner.x(), bottom), new Point(right, inner.y())));
    }
}
