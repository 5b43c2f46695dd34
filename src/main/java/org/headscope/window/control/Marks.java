package org.headscope.window.control;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Mark;
import org.headscope.figure.Patterns;
import org.headscope.figure.Rgb;

/** Paints the marks of a {@link org.headscope.figure.Drawing} on a canvas, as exports draw them. */
public final class Marks {

    private Marks() {
    }

    public static void paint(GraphicsContext g, Mark mark) {
        if (mark instanceof Mark.Box box) {
            paint(g, box);
        } else if (mark instanceof Mark.Cells cells) {
            g.setImageSmoothing(false);
            Mark.Area area = cells.area();
            g.drawImage(Painter.image(cells.raster()), area.x(), area.y(), area.width(), area.height());
        } else if (mark instanceof Mark.Path path) {
            paint(g, path);
        } else if (mark instanceof Mark.Pattern pattern) {
            paint(g, pattern);
        } else if (mark instanceof Mark.Text text) {
            paint(g, text);
        }
    }

    private static void paint(GraphicsContext g, Mark.Box box) {
        Mark.Area area = box.area();
        if (box.fill() != Rgb.TRANSPARENT) {
            g.setFill(Painter.color(box.fill()));
            g.fillRoundRect(area.x(), area.y(), area.width(), area.height(), 2 * box.radius(), 2 * box.radius());
        }
        if (box.stroke() != Rgb.TRANSPARENT) {
            Painter.box(g, area.x(), area.y(), area.width(), area.height(), box.stroke(), box.strokeWidth());
        }
    }

    private static void paint(GraphicsContext g, Mark.Path path) {
        double[] xs = path.points().stream().mapToDouble(Mark.Point::x).toArray();
        double[] ys = path.points().stream().mapToDouble(Mark.Point::y).toArray();
        if (path.fill() != Rgb.TRANSPARENT) {
            g.setFill(Painter.color(path.fill()));
            g.fillPolygon(xs, ys, xs.length);
        }
        if (path.stroke() != Rgb.TRANSPARENT) {
            g.setStroke(Painter.color(path.stroke()));
            g.setLineWidth(path.strokeWidth());
            g.strokePolyline(xs, ys, xs.length);
        }
    }

    private static void paint(GraphicsContext g, Mark.Pattern pattern) {
        g.save();
        g.beginPath();
        pattern.areas().forEach(area -> g.rect(area.x(), area.y(), area.width(), area.height()));
        g.clip();
        for (Patterns.Stroke stroke : Patterns.strokes(pattern)) {
            Painter.line(g, stroke.from().x(), stroke.from().y(), stroke.to().x(), stroke.to().y(), pattern.color(),
                Patterns.LINE_WIDTH);
        }
        if (pattern.kind() == Mark.Pattern.Kind.DOTS) {
            g.setFill(Painter.color(pattern.color()));
            double radius = Patterns.DOT_RADIUS;
            Patterns.dots(pattern).forEach(dot -> g.fillOval(dot.x() - radius, dot.y() - radius, 2 * radius,
                2 * radius));
        }
        g.restore();
    }

    private static void paint(GraphicsContext g, Mark.Text text) {
        g.setTextBaseline(VPos.BASELINE);
        g.setTextAlign(switch (text.anchor()) {
            case START -> TextAlignment.LEFT;
            case MIDDLE -> TextAlignment.CENTER;
            case END -> TextAlignment.RIGHT;
        });
        g.setFont(Painter.font(text.font().size(), text.font().weight().ordinal()));
        g.setFill(Painter.color(text.color()));
        if (text.rise() != 0) {
            g.save();
            g.translate(text.x(), text.y());
            g.rotate(-text.rise());
            g.fillText(text.content(), 0, 0);
            g.restore();
        } else {
            g.fillText(text.content(), text.x(), text.y());
        }
    }
}
