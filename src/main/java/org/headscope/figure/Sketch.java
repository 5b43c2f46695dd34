package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Font;
import org.headscope.figure.Mark.Point;
import org.headscope.figure.Mark.Weight;

/** Gathers the marks of one drawing, bottom first. Holds the sizes of text and space that all figures share. */
final class Sketch {

    static final double UNIT = 8;
    static final double MARGIN = 2 * UNIT;

    static final Font TITLE = new Font(13, Weight.SEMI_BOLD);
    static final Font PANEL_TITLE = new Font(11, Weight.SEMI_BOLD);
    static final Font AXIS_TITLE = new Font(10, Weight.MEDIUM);
    static final Font LABEL = new Font(10, Weight.REGULAR);
    static final Font STRONG_LABEL = new Font(10, Weight.SEMI_BOLD);
    static final Font TICK = new Font(9, Weight.REGULAR);
    static final Font CELL = new Font(9, Weight.REGULAR);

    /** Between the baselines of two lines of labels. */
    static final double LINE = 14;
    static final double STROKE = 1;

    /** Around a picture whose width is given: the page around it has margins of its own. */
    private static final double FIXED_MARGIN = UNIT / 2;
    /** The least width in which the ticks and the words of a legend keep apart. */
    static final double LEAST_LEGEND = 160;

    private final Page page;
    private final List<Mark> marks = new ArrayList<>();

    Sketch(Page page) {
        this.page = page;
    }

    /** At natural size. */
    Sketch(Theme theme) {
        this(Page.natural(theme));
    }

    Page page() {
        return page;
    }

    Theme theme() {
        return page.theme();
    }

    /** The room around everything, in the sketch's own units, in which labels have their usual size. */
    double margin() {
        return page.isFixed() ? FIXED_MARGIN : MARGIN;
    }

    /** The width between the margins: the page's, or what the picture likes. */
    double inner(double natural) {
        return page.isFixed() ? page.width() / page.textScale() - 2 * margin() : natural;
    }

    /** Draws a heading where the page shows it, and gives the y below. */
    double heading(Heading heading, double inner) {
        return page.shows(Page.Part.HEADING) ? heading.draw(this, margin(), margin(), inner) : margin();
    }

    /** Draws a legend where the page shows it, and gives the y below it or, without one, below what stands above. */
    double legend(Legend legend, double x, double above, double width) {
        return page.shows(Page.Part.LEGEND) ? legend.draw(this, x, above + 2 * UNIT, width) : above;
    }

    /** The same for a legend that has nothing left of it: where it has little room it begins at the margin. */
    double ownLineLegend(Legend legend, double x, double above, double width) {
        boolean narrow = page.isFixed() && width < LEAST_LEGEND;
        return legend(legend, narrow ? margin() : x, above, narrow ? x + width - margin() : width);
    }

    /** What was drawn so far, in the sketch's own units. */
    List<Mark> marks() {
        return marks;
    }

    void add(Mark mark) {
        marks.add(mark);
    }

    void fill(Area area, int color) {
        add(new Mark.Box(area, 0, color, Rgb.TRANSPARENT, 0));
    }

    void frame(Area area, int color, double width) {
        add(new Mark.Box(area, 0, Rgb.TRANSPARENT, color, width));
    }

    void line(int color, Point... points) {
        add(new Mark.Path(List.of(points), Rgb.TRANSPARENT, color, STROKE));
    }

    void polygon(int color, Point... points) {
        add(new Mark.Path(List.of(points), color, Rgb.TRANSPARENT, 0));
    }

    /** Text on a baseline. */
    void text(double x, double baseline, String content, Font font, Anchor anchor, int color) {
        if (!content.isEmpty()) {
            add(new Mark.Text(x, baseline, content, font, anchor, 0, color));
        }
    }

    /** Text whose capitals are centred about a height. */
    void centredText(double x, double middle, String content, Font font, Anchor anchor, int color) {
        text(x, middle + font.size() * Typeface.CAP_HEIGHT / 2, content, font, anchor, color);
    }

    /** Text that reads upwards, whose capitals are centred about an x. */
    void turnedText(double middle, double y, String content, Font font, Anchor anchor, int color) {
        double x = middle + font.size() * Typeface.CAP_HEIGHT / 2;
        if (!content.isEmpty()) {
            add(new Mark.Text(x, y, content, font, anchor, 90, color));
        }
    }

    /** Text that rises at 45 degrees and ends under a point. */
    void risingText(double x, double top, String content, Font font, int color) {
        double shift = font.size() * Typeface.CAP_HEIGHT / 2 * Math.sqrt(0.5);
        if (!content.isEmpty()) {
            add(new Mark.Text(x + shift, top + 2 * shift, content, font, Anchor.END, 45, color));
        }
    }

    /** The drawing at its size in print; a page's own width goes before the one given here. */
    Drawing finished(String title, double width, double height) {
        double scale = page.textScale();
        return new Drawing(title, page.isFixed() ? page.width() : Math.ceil(width) * scale, Math.ceil(height) * scale,
            theme().background(), scale == 1 ? marks : marks.stream().map(mark -> mark.scaled(scale)).toList());
    }
}
