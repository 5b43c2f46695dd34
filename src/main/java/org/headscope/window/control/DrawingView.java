package org.headscope.window.control;

import java.util.List;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Drawing;
import org.headscope.figure.Mark;
import org.headscope.figure.Rgb;

/**
 * Shows a {@link Drawing}, such as a legend, as exports draw it. Patterns are left to exports, where the swatches that
 * need them stand.
 */
public final class DrawingView extends Region {

    private final Canvas canvas = new Canvas();

    public DrawingView() {
        getChildren().add(canvas);
    }

    public void show(Drawing drawing) {
        canvas.setWidth(drawing.width());
        canvas.setHeight(drawing.height());
        setAccessibleText(String.join(", ", drawing.texts()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        drawing.marks().forEach(mark -> paint(g, mark));
        requestLayout();
    }

    @Override
    protected double computePrefWidth(double height) {
        return canvas.getWidth();
    }

    @Override
    protected double computePrefHeight(double width) {
        return canvas.getHeight();
    }

    private static void paint(GraphicsContext g, Mark mark) {
        if (mark instanceof Mark.Box box) {
            paint(g, box);
        } else if (mark instanceof Mark.Cells cells) {
            g.setImageSmoothing(false);
            Mark.Area area = cells.area();
            g.drawImage(Painter.image(cells.raster()), area.x(), area.y(), area.width(), area.height());
        } else if (mark instanceof Mark.Path path) {
            paint(g, path);
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
        List<Mark.Point> points = path.points();
        double[] xs = points.stream().mapToDouble(Mark.Point::x).toArray();
        double[] ys = points.stream().mapToDouble(Mark.Point::y).toArray();
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

    private static void paint(GraphicsContext g, Mark.Text text) {
        g.setTextBaseline(javafx.geometry.VPos.BASELINE);
        g.setTextAlign(switch (text.anchor()) {
            case START -> TextAlignment.LEFT;
            case MIDDLE -> TextAlignment.CENTER;
            case END -> TextAlignment.RIGHT;
        });
        g.setFont(Painter.font(text.font().size(), text.font().weight().ordinal()));
        g.setFill(Painter.color(text.color()));
        g.fillText(text.content(), text.x(), text.y());
    }
}
