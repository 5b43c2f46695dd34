package org.headscope.window.control;

import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import org.headscope.figure.Mark;
import org.headscope.figure.Theme;

/**
 * All of a map, small, in the upper right corner of the part that is seen: over the future, which is empty, for as long
 * as there is one.
 */
record Minimap(Mark.Area area) {

    private static final double LARGEST = 112;
    private static final double SHARE = 0.3;
    private static final double SMALLEST = 40;
    private static final double MARGIN = 6;

    /** Empty where all is seen, or there is no room. */
    static Optional<Minimap> of(HeatLayout layout, Zoom zoom) {
        double side = Math.min(LARGEST, SHARE * Math.min(layout.width(), layout.height()));
        return zoom.isWhole() || side < SMALLEST ? Optional.empty() : Optional.of(new Minimap(new Mark.Area(
            layout.left() + layout.width() - side - MARGIN, layout.top() + MARGIN, side, side)));
    }

    boolean contains(double x, double y) {
        return x >= area.x() && y >= area.y() && x < area.x() + area.width() && y < area.y() + area.height();
    }

    /** What is seen when a point of it comes into the middle. */
    Zoom centred(Zoom zoom, double x, double y) {
        return zoom.centredOn((x - area.x()) / area.width(), (y - area.y()) / area.height());
    }

    void paint(GraphicsContext g, Theme theme, Image whole, Zoom zoom) {
        g.setFill(Painter.color(theme.background()));
        g.fillRect(area.x() - 2, area.y() - 2, area.width() + 4, area.height() + 4);
        g.setImageSmoothing(false);
        g.drawImage(whole, area.x(), area.y(), area.width(), area.height());
        Painter.box(g, area.x() - 0.5, area.y() - 0.5, area.width() + 1, area.height() + 1, theme.axis(), 1);
        Painter.box(g, area.x() + zoom.left() * area.width(), area.y() + zoom.top() * area.height(),
            Math.max(2, zoom.side() * area.width()), Math.max(2, zoom.side() * area.height()), theme.accent(), 2);
    }
}
