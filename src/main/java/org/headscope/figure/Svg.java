package org.headscope.figure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;

/**
 * Writes a {@link Drawing} as SVG. Texts stay texts, in Inter where it is installed; cells are rectangles, or embedded
 * pixels where there are too many of them to edit by hand.
 */
public final class Svg {

    /** The most cells of a drawing that are written as rectangles. */
    static final int MOST_RECTANGLES = 20_000;

    private final StringBuilder svg = new StringBuilder();
    private final boolean embedding;
    private int clips;

    private Svg(boolean embedding) {
        this.embedding = embedding;
    }

    /** The drawing as a whole XML document. */
    public static String of(Drawing drawing) {
        Svg writer = new Svg(drawing.cells() > MOST_RECTANGLES);
        writer.open(drawing);
        drawing.marks().forEach(writer::write);
        return writer.svg.append("</svg>\n").toString();
    }

    private void open(Drawing drawing) {
        String width = number(drawing.width());
        String height = number(drawing.height());
        svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        line("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\">",
                width, height, width, height);
        line("<title>%s</title>", escaped(drawing.title()));
        // Without Inter the next typeface must not change where spaces fall.
        line("<style>text { font-family: Inter, \"Helvetica Neue\", Arial, sans-serif; white-space: pre; }</style>");
        line("<rect width=\"%s\" height=\"%s\" fill=\"%s\"/>", width, height, Rgb.hex(drawing.background()));
    }

    private void write(Mark mark) {
        if (mark instanceof Mark.Box box) {
            write(box);
        } else if (mark instanceof Mark.Cells cells) {
            write(cells);
        } else if (mark instanceof Mark.Path path) {
            write(path);
        } else if (mark instanceof Mark.Pattern pattern) {
            write(pattern);
        } else if (mark instanceof Mark.Text text) {
            write(text);
        }
    }

    private void write(Mark.Box box) {
        line("<rect %s rx=\"%s\" %s/>", area(box.area()), number(box.radius()),
                paint(box.fill(), box.stroke(), box.strokeWidth()));
    }

    private void write(Mark.Path path) {
        String points = path.points().stream()
                .map(point -> number(point.x()) + "," + number(point.y()))
                .collect(Collectors.joining(" "));
        line("<polyline points=\"%s\" %s/>", points, paint(path.fill(), path.stroke(), path.strokeWidth()));
    }

    private void write(Mark.Cells cells) {
        if (embedding) {
            line("<image %s preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" "
                    + "href=\"data:image/png;base64,%s\"/>", area(cells.area()), png(cells));
            return;
        }
        line("<g shape-rendering=\"crispEdges\">");
        for (int row = 0; row < cells.raster().height(); row++) {
            writeRow(cells, row);
        }
        line("</g>");
    }

    /** Neighbours of one colour become one rectangle. */
    private void writeRow(Mark.Cells cells, int row) {
        Raster raster = cells.raster();
        double width = cells.area().width() / raster.width();
        double height = cells.area().height() / raster.height();
        for (Raster.Stretch stretch : raster.stretches(row)) {
            Area run = new Area(cells.area().x() + stretch.from() * width, cells.area().y() + row * height,
                    (stretch.to() - stretch.from()) * width, height);
            line("<rect %s fill=\"%s\"/>", area(run), Rgb.hex(stretch.argb()));
        }
    }

    private void write(Mark.Pattern pattern) {
        boolean clipped = pattern.kind() != Mark.Pattern.Kind.CROSS;
        if (clipped) {
            line("<clipPath id=\"clip%d\">%s</clipPath>", clips, pattern.areas().stream()
                    .map(area -> "<rect " + area(area) + "/>").collect(Collectors.joining()));
        }
        String color = Rgb.hex(pattern.color());
        line("<g stroke=\"%s\" stroke-width=\"%s\"%s>", color, number(Patterns.LINE_WIDTH),
                clipped ? " clip-path=\"url(#clip" + clips++ + ")\"" : "");
        for (Patterns.Stroke stroke : Patterns.strokes(pattern)) {
            line("<path d=\"M%s %sL%s %s\"/>", number(stroke.from().x()), number(stroke.from().y()),
                    number(stroke.to().x()), number(stroke.to().y()));
        }
        if (pattern.kind() == Mark.Pattern.Kind.DOTS) {
            for (Point dot : Patterns.dots(pattern)) {
                line("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" stroke=\"none\"/>", number(dot.x()),
                        number(dot.y()), number(Patterns.DOT_RADIUS), color);
            }
        }
        line("</g>");
    }

    private void write(Mark.Text text) {
        String place = text.rise() != 0
                ? "transform=\"translate(%s %s) rotate(%d)\"".formatted(number(text.x()), number(text.y()), -text.rise())
                : "x=\"" + number(text.x()) + "\" y=\"" + number(text.y()) + "\"";
        // A label in a right-to-left script would otherwise hang from its other end.
        line("<text %s font-size=\"%s\" font-weight=\"%d\" text-anchor=\"%s\" direction=\"ltr\" fill=\"%s\">%s</text>",
                place, number(text.font().size()), text.font().weight().number(),
                text.anchor().name().toLowerCase(Locale.ROOT), Rgb.hex(text.color()),
                escaped(text.content()));
    }

    private static String png(Mark.Cells cells) {
        Raster raster = cells.raster();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Png.write(Resampling.of(raster, raster.width(), raster.height(), cells.zero()), Resolution.SCREEN,
                    Map.of(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String area(Area area) {
        return "x=\"" + number(area.x()) + "\" y=\"" + number(area.y()) + "\" width=\"" + number(area.width())
                + "\" height=\"" + number(area.height()) + "\"";
    }

    private static String paint(int fill, int stroke, double strokeWidth) {
        String filled = fill == Rgb.TRANSPARENT ? "fill=\"none\"" : color("fill", fill);
        return stroke == Rgb.TRANSPARENT ? filled
                : filled + " " + color("stroke", stroke) + " stroke-width=\"" + number(strokeWidth) + "\"";
    }

    private static String color(String what, int argb) {
        String opaque = what + "=\"" + Rgb.hex(argb) + "\"";
        int alpha = argb >>> 24;
        return alpha == 255 ? opaque : opaque + " " + what + "-opacity=\"" + number(alpha / 255.0) + "\"";
    }

    private static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Text for XML, in which some characters may not even be named. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(point) ? point : 0xfffd);
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int point) {
        return point == '\t' || point == '\n' || point == '\r' || point >= 0x20 && point <= 0xd7ff
                || point >= 0xe000 && point <= 0xfffd || point >= 0x10000;
    }

    private void line(String format, Object... parts) {
        svg.append(String.format(Locale.ROOT, format, parts)).append('\n');
    }
}
