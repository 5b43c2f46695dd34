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

    private final Theme theme;
    private final List<Mark> marks = new ArrayList<>();

    Sketch(Theme theme) {
        this.theme = theme;
    }

    Theme theme() {
        return theme;
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
            add(new Mark.Text(x, baseline, content, font, anchor, false, color));
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
            add(new Mark.Text(x, y, content, font, anchor, true, color));
        }
    }

    Drawing finished(String title, double width, double height) {
        return new Drawing(title, Math.ceil(width), Math.ceil(height), theme.background(), marks);
    }
}
