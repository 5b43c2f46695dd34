package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Which labels of an axis are drawn, so that none lies over another.
 *
 * @param shown  the labels drawn, in order
 * @param slant  level, rising or upright
 * @param extent how much room they take across the axis, in units
 * @param axis   what they label
 * @param step   every how many of them one is drawn
 */
record Labels(List<Label> shown, Page.Slant slant, double extent, Axis axis, int step) {

    /** The longest that a label may be, unless there is less room. */
    static final double LONGEST = 96;

    /** Between the middles of two neighbouring labels at least. */
    private static final double PITCH = 12;
    /** The same for labels that rise at 45 degrees, which lie closer than they stand. */
    private static final double RISING_PITCH = 15;
    private static final double PADDING = 4;
    private static final double DIAGONAL = Math.sqrt(0.5);

    /** A label drawn at the middle of its cell. */
    record Label(int index, String text, boolean strong) {

        Mark.Font font() {
            return strong ? Sketch.STRONG_LABEL : Sketch.LABEL;
        }
    }

    /** Labels beside rows; {@code selected} is always among them, -1 for none. */
    static Labels beside(Axis axis, double cell, int selected, double longest) {
        int step = step(axis, cell, PITCH);
        List<Label> shown = thinned(axis, cell, selected, step, PITCH, longest);
        return new Labels(shown, Page.Slant.LEVEL, roundedUp(widest(shown)), axis, step);
    }

    /** Labels under columns, as the page wants them turned. */
    static Labels under(Axis axis, double cell, int selected, Page.Slant wanted) {
        return switch (wanted) {
            case LEVEL -> level(axis, cell, selected);
            case RISING -> turned(axis, cell, selected, Page.Slant.RISING, RISING_PITCH);
            case UPRIGHT -> turned(axis, cell, selected, Page.Slant.UPRIGHT, PITCH);
            case FITTING -> {
                List<Label> all = thinned(axis, cell, selected, 1, PITCH, LONGEST);
                boolean fitting = step(axis, cell, PITCH) == 1 && widest(all) <= cell - PADDING;
                yield fitting ? level(axis, cell, selected) : turned(axis, cell, selected, Page.Slant.UPRIGHT, PITCH);
            }
        };
    }

    /** Ever fewer, until those that are left do not touch. */
    private static Labels level(Axis axis, double cell, int selected) {
        int step = step(axis, cell, PITCH);
        List<Label> shown = thinned(axis, cell, selected, step, PITCH, LONGEST);
        while (step < axis.size() && widest(shown) > step * cell - PADDING) {
            step *= 2;
            shown = thinned(axis, cell, selected, step, widest(shown) + PADDING, LONGEST);
        }
        return new Labels(shown, Page.Slant.LEVEL, Sketch.LABEL.size(), axis, step);
    }

    private static Labels turned(Axis axis, double cell, int selected, Page.Slant slant, double pitch) {
        int step = step(axis, cell, pitch);
        List<Label> shown = thinned(axis, cell, selected, step, pitch, LONGEST);
        double extent = slant == Page.Slant.RISING ? (widest(shown) + Sketch.LABEL.size()) * DIAGONAL : widest(shown);
        return new Labels(shown, slant, roundedUp(extent), axis, step);
    }

    private static List<Label> thinned(Axis axis, double cell, int selected, int step, double pitch, double longest) {
        List<Label> shown = new ArrayList<>();
        for (int i = 0; i < axis.size(); i++) {
            boolean crowded = selected >= 0 && Math.abs(i - selected) * cell < pitch;
            if (i == selected || i % step == 0 && !crowded) {
                String text = step > 1 ? i + " " + axis.labels().get(i) : axis.labels().get(i);
                Label label = new Label(i, text, i == selected);
                shown.add(new Label(i, Typeface.fitted(text, label.font(), longest), label.strong()));
            }
        }
        return List.copyOf(shown);
    }

    /** Every how many labels one is drawn: a power of two. */
    private static int step(Axis axis, double cell, double pitch) {
        int step = 1;
        while (step * cell < pitch && step < axis.size()) {
            step *= 2;
        }
        return step;
    }

    /** How far the first label reaches over the start of its axis, in units. */
    double overhang(double cell) {
        if (shown.isEmpty() || slant == Page.Slant.UPRIGHT) {
            return 0;
        }
        Label first = shown.get(0);
        double width = Typeface.width(first.text(), first.font());
        return (slant == Page.Slant.RISING ? width * DIAGONAL : width / 2) - (first.index() + 0.5) * cell;
    }

    /** The title of the axis, which says so where labels are left out and {@code room} suffices for that. */
    String title(double room) {
        String full = step == 1 ? axis.title()
            : axis.title() + ", every " + ordinal(step) + " " + axis.item() + " labelled";
        return Typeface.width(full, Sketch.AXIS_TITLE) <= room ? full
            : Typeface.fitted(axis.title(), Sketch.AXIS_TITLE, Math.max(room, LONGEST));
    }

    private static String ordinal(int powerOfTwo) {
        return powerOfTwo + (powerOfTwo % 10 == 2 && powerOfTwo % 100 != 12 ? "nd" : "th");
    }

    private static double widest(List<Label> labels) {
        return labels.stream().mapToDouble(l -> Typeface.width(l.text(), l.font())).max().orElse(0);
    }

    private static double roundedUp(double extent) {
        return Math.ceil(extent / 4) * 4;
    }
}
