package org.headscope.figure;

import java.util.List;

/** One thing drawn. Lengths in units of 1/96 inch; colours packed, {@link Rgb#TRANSPARENT} for none. */
public sealed interface Mark {

    /** The same mark on a sheet that is larger by a factor, its lines and texts too. */
    Mark scaled(double factor);

    /** A point of a path. */
    record Point(double x, double y) {

        Point scaled(double factor) {
            return new Point(x * factor, y * factor);
        }
    }

    /** An area. */
    record Area(double x, double y, double width, double height) {

        /** Whether a point lies in it. */
        boolean contains(Point point) {
            return point.x() >= x && point.x() <= x + width && point.y() >= y && point.y() <= y + height;
        }

        /** The area grown by {@code margin} on every side. */
        Area grown(double margin) {
            return new Area(x - margin, y - margin, width + 2 * margin, height + 2 * margin);
        }

        Area scaled(double factor) {
            return new Area(x * factor, y * factor, width * factor, height * factor);
        }
    }

    /** A rectangle, with corners rounded by {@code radius}; half its width makes a circle of a square. */
    record Box(Area area, double radius, int fill, int stroke, double strokeWidth) implements Mark {

        @Override
        public Box scaled(double factor) {
            return new Box(area.scaled(factor), radius * factor, fill, stroke, strokeWidth * factor);
        }
    }

    /** The pixels of a raster over an area, enlarged without smoothing; {@code zero} is the colour of no strength. */
    record Cells(Area area, Raster raster, int zero) implements Mark {

        @Override
        public Cells scaled(double factor) {
            return new Cells(area.scaled(factor), raster, zero);
        }
    }

    /** Straight lines from point to point; filled as a polygon where {@code fill} is a colour. */
    record Path(List<Point> points, int fill, int stroke, double strokeWidth) implements Mark {

        public Path {
            points = List.copyOf(points);
        }

        @Override
        public Path scaled(double factor) {
            return new Path(points.stream().map(point -> point.scaled(factor)).toList(), fill, stroke,
                strokeWidth * factor);
        }
    }

    /** A pattern over areas, clipped to them: lines at 45 degrees, dots, or one cross an area. */
    record Pattern(List<Area> areas, Kind kind, int color) implements Mark {

        public Pattern {
            areas = List.copyOf(areas);
        }

        /** Its lines keep their width and their distance. */
        @Override
        public Pattern scaled(double factor) {
            return new Pattern(areas.stream().map(area -> area.scaled(factor)).toList(), kind, color);
        }

        /** The kinds of pattern. */
        public enum Kind { HATCH, DOTS, CROSS, DASH }
    }

    /**
     * One line of text on its baseline.
     *
     * @param anchor which part of the text lies at x and y
     * @param rise   by how many degrees it is turned upwards about x and y: 0 for level, 90 for text that reads upwards
     */
    record Text(double x, double y, String content, Font font, Anchor anchor, int rise, int color)
            implements Mark {

        @Override
        public Text scaled(double factor) {
            return new Text(x * factor, y * factor, content, new Font(font.size() * factor, font.weight()), anchor,
                rise, color);
        }
    }

    /** A size in units and a weight of the one typeface. */
    record Font(double size, Weight weight) {
    }

    /** The weights that are bundled, by their CSS number. */
    enum Weight {
        REGULAR(400), MEDIUM(500), SEMI_BOLD(600);

        private final int number;

        Weight(int number) {
            this.number = number;
        }

        /** The weight as CSS numbers it. */
        int number() {
            return number;
        }
    }

    /** Which part of a text lies at its point. */
    enum Anchor { START, MIDDLE, END }
}
