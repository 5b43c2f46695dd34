package org.headscope.figure;

import java.util.ArrayList;
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
 * @param below    how many values lie below the scale's lower end
 * @param above    how many lie above its upper end
 */
public record Legend(String quantity, Scale scale, Set<CellState> states, long below, long above) {

    private static final double BAR_HEIGHT = 8;
    private static final double ARROW = 5;
    private static final double TICK_LENGTH = 3;
    private static final double TICK_GAP = 4;
    private static final double SWATCH = 12;
    private static final double SWATCH_GAP = 5;
    private static final int BAR_PIXELS = 128;

    public Legend {
        states = Set.copyOf(states);
    }

    /** The legend of matrices that share a scale. */
    public static Legend of(String quantity, Scale scale, List<Matrix> matrices) {
        Set<CellState> states = EnumSet.noneOf(CellState.class);
        matrices.forEach(matrix -> states.addAll(matrix.states()));
        long below = matrices.stream().mapToLong(matrix -> matrix.clipped(scale).below()).sum();
        long above = matrices.stream().mapToLong(matrix -> matrix.clipped(scale).above()).sum();
        return new Legend(quantity, scale, states, below, above);
    }

    /** Only of the colours, where cells of those states are not drawn. */
    public Legend ofColors() {
        return new Legend(quantity, scale, Set.of(), below, above);
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
        // Two lines where one is too short for both.
        boolean apart = named + Typeface.width(scale.name(), Sketch.LABEL) > x + width;
        if (apart) {
            baseline += Sketch.LINE;
        }
        sketch.text(apart ? x : named, baseline, Typeface.fitted(scale.name(), Sketch.LABEL, width), Sketch.LABEL,
            Anchor.START, muted);

        Area bar = new Area(x, baseline + 6, width, BAR_HEIGHT);
        drawBar(sketch, bar);
        return drawSwatches(sketch, x, bar.y() + bar.height() + TICK_LENGTH + 10 + Sketch.UNIT, width);
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
        if (above > 0) {
            sketch.polygon(colors[BAR_PIXELS - 1], new Point(right + 2, bar.y()), new Point(right + 2 + ARROW, middle),
                    new Point(right + 2, bottom));
        }
        if (below > 0) {
            sketch.polygon(colors[0], new Point(bar.x() - 2, bar.y()), new Point(bar.x() - 2 - ARROW, middle),
                    new Point(bar.x() - 2, bottom));
        }
        for (Scale.Tick tick : ticks(bar.width())) {
            double x = bar.x() + tick.position() * bar.width();
            sketch.line(sketch.theme().axis(), new Point(x, bottom), new Point(x, bottom + TICK_LENGTH));
            sketch.text(x, bottom + TICK_LENGTH + 9, tick.label(), Sketch.TICK, anchor(tick), sketch.theme().muted());
        }
    }

    /** The ends, and of the others those that do not touch them or one another. */
    private List<Scale.Tick> ticks(double width) {
        List<Scale.Tick> all = scale.ticks();
        Scale.Tick last = all.get(all.size() - 1);
        List<Scale.Tick> kept = new ArrayList<>();
        double free = 0;
        for (Scale.Tick tick : all) {
            double label = Typeface.width(tick.label(), Sketch.TICK);
            double left = tick.position() * width - (tick == all.get(0) ? 0 : tick == last ? label : label / 2);
            boolean fits = left >= free && (tick == last
                || left + label + TICK_GAP <= width - Typeface.width(last.label(), Sketch.TICK));
            if (tick == all.get(0) || tick == last || fits) {
                kept.add(tick);
                free = left + label + TICK_GAP;
            }
        }
        return kept;
    }

    /** End labels stay within the bar, so that they line up with the map above. */
    private static Anchor anchor(Scale.Tick tick) {
        if (tick.position() == 0) {
            return Anchor.START;
        }
        return tick.position() == 1 ? Anchor.END : Anchor.MIDDLE;
    }

    private double drawSwatches(Sketch sketch, double left, double top, double width) {
        double x = left;
        double y = top;
        double bottom = top - Sketch.UNIT;
        for (Swatch swatch : swatches()) {
            double wide = SWATCH + SWATCH_GAP + Typeface.width(swatch.text(), Sketch.TICK);
            if (x > left && x + wide > left + width) {
                x = left;
                y += SWATCH + 4;
            }
            swatch.fitted(width).draw(sketch, new Area(x, y, SWATCH, SWATCH));
            x += wide + 2 * Sketch.UNIT;
            bottom = y + SWATCH;
        }
        return bottom;
    }

    private List<Swatch> swatches() {
        List<Swatch> swatches = new ArrayList<>();
        for (CellState state : CellState.values()) {
            if (state != CellState.VALUE && states.contains(state)) {
                swatches.add(new Swatch(state, state.legend()));
            }
        }
        if (below + above > 0) {
            swatches.add(new Swatch(CellState.VALUE, clippedNote()));
        }
        return swatches;
    }

    private String clippedNote() {
        long cells = below + above;
        String ends = scale.isSigned() ? "\u00b1" + Numbers.brief(scale.max()) : "the scale";
        return "beyond " + ends + " (" + (cells == 1 ? "1 cell" : cells + " cells") + ")";
    }

    /** A sample of a state and its meaning; the sample of a value is one outlined for being off the scale. */
    private record Swatch(CellState state, String text) {

        /** The same with a meaning that is no wider than the legend. */
        Swatch fitted(double width) {
            return new Swatch(state, Typeface.fitted(text, Sketch.TICK, width - SWATCH - SWATCH_GAP));
        }

        void draw(Sketch sketch, Area area) {
            int axis = sketch.theme().axis();
            switch (state) {
                case NOT_COMPUTED -> pattern(sketch, area, Pattern.Kind.HATCH);
                case IDENTICAL -> pattern(sketch, area, Pattern.Kind.DOTS);
                case NAN -> pattern(sketch, area, Pattern.Kind.CROSS);
                case NO_PATH -> pattern(sketch, area, Pattern.Kind.DASH);
                case FUTURE -> stairs(sketch, area);
                case HIDDEN -> sketch.frame(area, axis, Sketch.STROKE);
                case VALUE -> sketch.frame(area.grown(-1), sketch.theme().ink(), 1.5);
            }
            sketch.centredText(area.x() + SWATCH + SWATCH_GAP, area.y() + SWATCH / 2, text, Sketch.TICK, Anchor.START,
                    sketch.theme().muted());
        }

        private static void stairs(Sketch sketch, Area area) {
            double step = SWATCH / 3;
            sketch.line(sketch.theme().axis(), new Point(area.x(), area.y()), new Point(area.x() + step, area.y()),
                    new Point(area.x() + step, area.y() + step), new Point(area.x() + 2 * step, area.y() + step),
                    new Point(area.x() + 2 * step, area.y() + 2 * step),
                    new Point(area.x() + SWATCH, area.y() + 2 * step),
                    new Point(area.x() + SWATCH, area.y() + SWATCH));
        }

        private static void pattern(Sketch sketch, Area area, Pattern.Kind kind) {
            sketch.add(new Pattern(List.of(area), kind, sketch.theme().pattern()));
            sketch.frame(area, sketch.theme().axis(), Sketch.STROKE);
        }
    }
}
