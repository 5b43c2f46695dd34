package org.headscope.figure;

import java.util.List;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;
import org.headscope.model.Head;

/**
 * An arrow from one head of a grid to another.
 *
 * @param label what it says, such as "k +12.3 %"
 * @param value which colours the label
 * @param scale how values become colours
 */
public record HeadArrow(Head from, Head to, String label, float value, Scale scale) {

    private static final double LINE = 1.5;
    private static final double HALO = 4.5;
    private static final double LENGTH = 9;
    private static final double HALF_WIDTH = 4;
    private static final double DOT = 3;
    private static final double HEIGHT = 15;
    private static final double PADDING = 4;
    private static final double ROUND = 4;

    /**
     * @param start the sender's square
     * @param end the receiver's
     * @param right where the page ends
     */
    void draw(Sketch sketch, Area start, Area end, double right) {
        Theme theme = sketch.theme();
        Point tail = middle(start);
        Point tip = middle(end);
        double distance = Math.max(1e-6, Math.hypot(tip.x() - tail.x(), tip.y() - tail.y()));
        double x = (tip.x() - tail.x()) / distance;
        double y = (tip.y() - tail.y()) / distance;
        Point neck = new Point(tip.x() - LENGTH * x, tip.y() - LENGTH * y);
        Point[] head = {tip, new Point(neck.x() - HALF_WIDTH * y, neck.y() + HALF_WIDTH * x),
            new Point(neck.x() + HALF_WIDTH * y, neck.y() - HALF_WIDTH * x)};
        sketch.add(new Mark.Path(List.of(tail, neck), Rgb.TRANSPARENT, theme.background(), HALO));
        sketch.add(new Mark.Path(List.of(head[0], head[1], head[2], head[0]), theme.background(),
            theme.background(), HALO - LINE));
        sketch.add(new Mark.Path(List.of(tail, neck), Rgb.TRANSPARENT, theme.ink(), LINE));
        sketch.polygon(theme.ink(), head);
        sketch.add(new Mark.Box(new Area(tail.x() - DOT, tail.y() - DOT, 2 * DOT, 2 * DOT), DOT, theme.ink(),
            theme.background(), 1));
        drawLabel(sketch, end, right);
    }

    private void drawLabel(Sketch sketch, Area end, double right) {
        double width = Typeface.width(label, Sketch.STRONG_LABEL) + 2 * PADDING;
        double after = end.x() + end.width() + PADDING;
        double x = after + width <= right ? after : end.x() - PADDING - width;
        double middle = middle(end).y();
        int color = sketch.theme().shading(scale).argb(value, 1);
        sketch.add(new Mark.Box(new Area(x, middle - HEIGHT / 2, width, HEIGHT), ROUND, color,
            sketch.theme().ink(), 1));
        sketch.centredText(x + width / 2, middle, label, Sketch.STRONG_LABEL, Anchor.MIDDLE, Rgb.inkOn(color));
    }

    private static Point middle(Area area) {
        return new Point(area.x() + area.width() / 2, area.y() + area.height() / 2);
    }
}
