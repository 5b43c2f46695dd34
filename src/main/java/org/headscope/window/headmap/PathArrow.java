package org.headscope.window.headmap;

import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Rgb;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.window.control.Painter;

/**
 * An arrow from one head to another, over the head map.
 *
 * @param receiver empty while it leads to no head
 * @param tip where it ends without a receiver; null for nowhere, so that only its beginning is marked
 * @param label its effect; empty while there is none
 * @param color behind the label, as the sweep colours such an effect
 * @param draft whether it is being drawn
 */
record PathArrow(Head sender, Optional<Head> receiver, Point2D tip, String label, int color, boolean draft) {

    private static final Font LABEL = Painter.font(11, 2);
    private static final double LINE = 2;
    /** Of the background, on both sides of the line, so that it can be seen over any thumbnail. */
    private static final double HALO = 6;
    private static final double HEAD_LENGTH = 10;
    private static final double HEAD_WIDTH = 9;
    private static final double DOT = 3.5;
    private static final double LABEL_HEIGHT = 18;
    private static final double PADDING = 5;
    private static final double ROUND = 6;
    private static final double DISTANCE = 4;

    /**
     * @param bounds where a head lies
     * @param width of what is painted on
     */
    void paint(GraphicsContext g, Theme theme, Function<Head, Bounds> bounds, double width) {
        Bounds from = bounds.apply(sender);
        Point2D start = middle(from);
        Point2D end = receiver.map(head -> middle(bounds.apply(head))).orElse(tip);
        if (end != null && end.distance(start) > 1) {
            paintLine(g, theme, start, end);
        }
        g.setFill(Painter.color(theme.background()));
        g.fillOval(start.getX() - DOT - 2, start.getY() - DOT - 2, 2 * (DOT + 2), 2 * (DOT + 2));
        g.setFill(Painter.color(theme.ink()));
        g.fillOval(start.getX() - DOT, start.getY() - DOT, 2 * DOT, 2 * DOT);
        receiver.filter(head -> !label.isEmpty()).ifPresent(head -> paintLabel(g, theme, bounds.apply(head), width));
    }

    private static Point2D middle(Bounds bounds) {
        // Square, with room for a chip below.
        return new Point2D(bounds.getMinX() + bounds.getWidth() / 2, bounds.getMinY() + bounds.getWidth() / 2);
    }

    private void paintLine(GraphicsContext g, Theme theme, Point2D start, Point2D end) {
        Point2D along = end.subtract(start).normalize();
        Point2D neck = end.subtract(along.multiply(HEAD_LENGTH));
        Point2D across = new Point2D(-along.getY(), along.getX()).multiply(HEAD_WIDTH / 2);
        double[] x = {end.getX(), neck.getX() + across.getX(), neck.getX() - across.getX()};
        double[] y = {end.getY(), neck.getY() + across.getY(), neck.getY() - across.getY()};
        g.setStroke(Painter.color(theme.background()));
        g.setLineWidth(HALO / 2);
        g.strokePolygon(x, y, x.length);
        Painter.line(g, start.getX(), start.getY(), neck.getX(), neck.getY(), theme.background(), HALO);
        if (draft) {
            g.setLineDashes(4, 3);
        }
        Painter.line(g, start.getX(), start.getY(), neck.getX(), neck.getY(), theme.ink(), LINE);
        g.setLineDashes();
        g.setFill(Painter.color(theme.ink()));
        g.fillPolygon(x, y, x.length);
    }

    /** Beside the receiver, on the side where there is room. */
    private void paintLabel(GraphicsContext g, Theme theme, Bounds receiver, double width) {
        double across = Painter.width(label, LABEL) + 2 * PADDING;
        double right = receiver.getMaxX() + DISTANCE;
        double x = right + across <= width ? right : Math.max(0, receiver.getMinX() - DISTANCE - across);
        double y = middle(receiver).getY() - LABEL_HEIGHT / 2;
        g.setFill(Painter.color(color));
        g.fillRoundRect(x, y, across, LABEL_HEIGHT, ROUND, ROUND);
        g.setStroke(Painter.color(theme.ink()));
        g.setLineWidth(1);
        g.strokeRoundRect(x + 0.5, y + 0.5, across - 1, LABEL_HEIGHT - 1, ROUND, ROUND);
        Painter.text(g, label, x + across / 2, y + LABEL_HEIGHT / 2, TextAlignment.CENTER, LABEL, Rgb.inkOn(color));
    }
}
