package org.headscope.figure;

import java.util.List;
import java.util.Locale;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;

/** Signed values as bars to both sides of a line, each with its name and its number. */
public final class Bars extends Chart {

    private static final double LEAST_BAR = 14;
    private static final double HIGHEST_BAR = 24;
    private static final double OWN_BAR = 18;
    private static final double OWN_WIDTH = 420;
    private static final double LEGEND = 24;
    private static final double SWATCH = 10;
    /** The share of a bar's height that is filled. */
    private static final double FILLED = 0.7;
    private static final double NUMBER = 56;

    private final List<Bar> bars;
    private final String positive;
    private final String negative;

    /**
     * One bar.
     *
     * @param rest whether it is no part but what all others leave, such as a bias
     */
    public record Bar(String name, double value, boolean rest) {
    }

    /**
     * @param bars at least one
     * @param positive what a bar to the right means
     * @param negative what a bar to the left means
     */
    public Bars(String title, String caption, List<Bar> bars, String positive, String negative) {
        super(title, caption);
        this.bars = List.copyOf(bars);
        this.positive = positive;
        this.negative = negative;
    }

    @Override
    public int rows() {
        return bars.size();
    }

    @Override
    public int columns() {
        return 1;
    }

    /** One of the bars. */
    public Bar bar(int row) {
        return bars.get(row);
    }

    @Override
    public double leastHeight() {
        return rows() * LEAST_BAR + LEGEND;
    }

    @Override
    double legendHeight() {
        return LEGEND;
    }

    @Override
    double ownWidth() {
        return OWN_WIDTH;
    }

    @Override
    double ownHeight() {
        return rows() * OWN_BAR + LEGEND;
    }

    private double left() {
        return bars.stream().mapToDouble(bar -> Typeface.width(bar.name(), LABEL)).max().orElse(0) + GAP;
    }

    private double pitch(double height) {
        return Math.min(HIGHEST_BAR, (height - LEGEND) / rows());
    }

    @Override
    public Area area(Cell cell, double width, double height) {
        double pitch = pitch(height);
        return new Area(0, cell.row() * pitch, width, pitch);
    }

    @Override
    void paint(Sketch sketch, Area room) {
        double most = Math.max(0, bars.stream().mapToDouble(Bar::value).max().orElse(0));
        double least = Math.min(0, bars.stream().mapToDouble(Bar::value).min().orElse(0));
        double before = least < 0 ? NUMBER : 0;
        double after = most > 0 ? NUMBER : 0;
        double from = room.x() + left() + before;
        double unit = Math.max(1, room.width() - left() - before - after) / Math.max(1e-9, most - least);
        double zero = from - least * unit;
        double pitch = pitch(room.height());
        for (int row = 0; row < rows(); row++) {
            paint(sketch, bars.get(row), new Area(room.x() + left(), room.y() + row * pitch, 0, pitch), zero, unit);
        }
        sketch.line(sketch.theme().axis(), new Point(zero, room.y()), new Point(zero, room.y() + rows() * pitch));
        if (sketch.page().shows(Page.Part.LEGEND)) {
            paintLegend(sketch, room.x() + left(), room.y() + rows() * pitch + LEGEND / 2 + 2);
        }
    }

    private void paint(Sketch sketch, Bar bar, Area place, double zero, double unit) {
        double middle = place.y() + place.height() / 2;
        double end = zero + bar.value() * unit;
        double height = FILLED * place.height();
        int color = color(sketch.theme(), bar.value());
        Area filled = new Area(Math.min(zero, end), middle - height / 2, Math.abs(end - zero), height);
        if (bar.rest()) {
            sketch.add(new Mark.Box(filled, 0, Rgb.TRANSPARENT, color, 1));
        } else {
            sketch.fill(filled, color);
        }
        sketch.centredText(place.x() - GAP, middle, bar.name(), LABEL, Anchor.END,
            bar.rest() ? sketch.theme().muted() : sketch.theme().ink());
        boolean right = bar.value() >= 0;
        sketch.centredText(end + (right ? GAP : -GAP), middle, number(bar.value()), TICK,
            right ? Anchor.START : Anchor.END, sketch.theme().muted());
    }

    private static int color(Theme theme, double value) {
        return value >= 0 ? theme.clean() : theme.corrupt();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%+.3f", value).replace('-', '−');
    }

    private void paintLegend(Sketch sketch, double x, double middle) {
        double at = x;
        for (boolean adds : new boolean[] {true, false}) {
            String word = adds ? positive : negative;
            sketch.fill(new Area(at, middle - SWATCH / 2, SWATCH, SWATCH), color(sketch.theme(), adds ? 1 : -1));
            sketch.centredText(at + SWATCH + GAP, middle, word, LABEL, Anchor.START, sketch.theme().muted());
            at += SWATCH + GAP + Typeface.width(word, LABEL) + 2 * Sketch.UNIT;
        }
    }
}
