package org.headscope.figure;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Pattern;
import org.headscope.figure.Mark.Point;

/**
 * What the colours and patterns of a figure mean. It is part of every drawing.
 *
 * @param quantity what the values are, such as "Attention"
 * @param scale    how they are spread over the bar; its ticks are in the values' units
 * @param states   the states that occur, each with a swatch
 * @param clipped  how many values lie beyond the ends of the scale
 */
public record Legend(String quantity, Scale scale, Set<CellState> states, long clipped) {

    private static final double BAR_HEIGHT = 8;
    private static final double ARROW = 5;
    private static final double TICK_LENGTH = 3;
    private static final double SWATCH = 12;
    private static final int BAR_PIXELS = 128;

    public Legend {
        states = Set.copyOf(states);
    }

    /** The legend of matrices that share a scale. */
    public static Legend of(String quantity, Scale scale, List<Matrix> matrices) {
        Set<CellState> states = EnumSet.noneOf(CellState.class);
        matrices.forEach(matrix -> states.addAll(matrix.states()));
        return new Legend(quantity, scale, states, matrices.stream().mapToLong(m -> m.clippedBy(scale)).sum());
    }

    /** The legend alone, {@code width} units wide. */
    public Drawing draw(Theme theme, double width) {
        Sketch sketch = new Sketch(theme);
        double bottom = draw(sketch, Sketch.MARGIN, Sketch.MARGIN, width - 2 * Sketch.MARGIN);
        return sketch.finished(quantity, width, bottom + Sketch.MARGIN);
    }

    /** Draws from a top left corner and gives the y below. */
    double draw(Sketch sketch, double x, double top, double width) {
        int muted = sketch.theme().muted();
        double baseline = top + 8;
        sketch.text(x, baseline, quantity, Sketch.AXIS_TITLE, Anchor.START, sketch.theme().ink());
        double named = x + Typeface.width(quantity, Sketch.AXIS_TITLE) + Sketch.UNIT;
        sketch.text(named, baseline, scale.name(), Sketch.LABEL, Anchor.START, muted);

        Area bar = new Area(x, baseline + 6, width, BAR_HEIGHT);
        drawBar(sketch, bar);
        double below = bar.y() + bar.height() + TICK_LENGTH + 10;
        if (clipped > 0) {
            below += Sketch.LINE;
            sketch.text(x, below, clippedNote(), Sketch.TICK, Anchor.START, muted);
        }
        return drawSwatches(sketch, x, below + Sketch.UNIT, width);
    }

    private void drawBar(Sketch sketch, Area bar) {
        Shading shading = sketch.theme().shading(scale);
        int[] colors = new int[BAR_PIXELS];
        Arrays.setAll(colors, i -> shading.map().at(i / (BAR_PIXELS - 1.0)));
        sketch.add(new Mark.Cells(bar, Raster.of(BAR_PIXELS, 1, colors), shading.map().zero()));
        sketch.frame(bar, sketch.theme().axis(), Sketch.STROKE);
        double right = bar.x() + bar.width();
        double middle = bar.y() + bar.height() / 2;
        double bottom = bar.y() + bar.height();
        if (clipped > 0) {
            sketch.polygon(colors[BAR_PIXELS - 1], new Point(right + 2, bar.y()), new Point(right + 2 + ARROW, middle),
                    new Point(right + 2, bottom));
            sketch.polygon(colors[0], new Point(bar.x() - 2, bar.y()), new Point(bar.x() - 2 - ARROW, middle),
                    new Point(bar.x() - 2, bottom));
        }
        for (Scale.Tick tick : scale.ticks()) {
            double x = bar.x() + tick.position() * bar.width();
            sketch.line(sketch.theme().axis(), new Point(x, bottom), new Point(x, bottom + TICK_LENGTH));
            sketch.text(x, bottom + TICK_LENGTH + 9, tick.label(), Sketch.TICK, anchor(tick), sketch.theme().muted());
        }
    }

    /** End labels stay within the bar, so that they line up with the map above. */
    private static Anchor anchor(Scale.Tick tick) {
        if (tick.position() == 0) {
            return Anchor.START;
        }
        return tick.position() == 1 ? Anchor.END : Anchor.MIDDLE;
    }

    private String clippedNote() {
        String cells = clipped == 1 ? "1 cell" : clipped + " cells";
        return cells + " beyond " + (scale.isSigned() ? "\u00b1" : "") + Numbers.brief(scale.max()) + ", outlined";
    }

    private double drawSwatches(Sketch sketch, double left, double top, double width) {
        double x = left;
        double y = top;
        double bottom = top;
        for (CellState state : CellState.values()) {
            if (state != CellState.VALUE && states.contains(state)) {
                double wide = SWATCH + 5 + Typeface.width(state.legend(), Sketch.TICK);
                if (x > left && x + wide > left + width) {
                    x = left;
                    y += SWATCH + 4;
                }
                drawSwatch(sketch, state, new Area(x, y, SWATCH, SWATCH));
                x += wide + 2 * Sketch.UNIT;
                bottom = y + SWATCH;
            }
        }
        return bottom;
    }

    private static void drawSwatch(Sketch sketch, CellState state, Area area) {
        int axis = sketch.theme().axis();
        double right = area.x() + area.width();
        double bottom = area.y() + area.height();
        switch (state) {
            case NOT_COMPUTED -> pattern(sketch, area, Pattern.Kind.HATCH);
            case IDENTICAL -> pattern(sketch, area, Pattern.Kind.DOTS);
            case NAN -> pattern(sketch, area, Pattern.Kind.CROSS);
            case FUTURE -> sketch.line(axis, new Point(area.x(), area.y()), new Point(area.x() + 4, area.y()),
                    new Point(area.x() + 4, area.y() + 4), new Point(area.x() + 8, area.y() + 4),
                    new Point(area.x() + 8, area.y() + 8), new Point(right, area.y() + 8), new Point(right, bottom));
            case HIDDEN, VALUE -> sketch.frame(area, axis, Sketch.STROKE);
        }
        sketch.centredText(right + 5, area.y() + area.height() / 2, state.legend(), Sketch.TICK, Anchor.START,
                sketch.theme().muted());
    }

    private static void pattern(Sketch sketch, Area area, Pattern.Kind kind) {
        sketch.add(new Pattern(List.of(area), kind, sketch.theme().pattern()));
        sketch.frame(area, sketch.theme().axis(), Sketch.STROKE);
    }
}
