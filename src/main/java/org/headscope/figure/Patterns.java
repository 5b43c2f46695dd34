package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;

/** The geometry of the patterns that stand for what is not a value, shared by both writers. */
final class Patterns {

    static final double DOT_RADIUS = 0.75;
    static final double LINE_WIDTH = 0.75;

    /** Between two lines of a hatch along the axes, and between two dots. */
    private static final double STEP = 5;
    private static final double CROSS_INSET = 0.25;

    private Patterns() {
    }

    /** A line of a pattern. */
    record Stroke(Point from, Point to) {
    }

    /** The lines of a pattern; those of a hatch cover the bounds of its areas and are to be clipped to them. */
    static List<Stroke> strokes(Mark.Pattern pattern) {
        return switch (pattern.kind()) {
            case HATCH -> hatch(bounds(pattern.areas()));
            case CROSS -> pattern.areas().stream().flatMap(area -> cross(area).stream()).toList();
            case DOTS -> List.of();
        };
    }

    /** The centres of the dots that touch the areas, to be clipped to them, on one lattice for the drawing. */
    static List<Point> dots(Mark.Pattern pattern) {
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
