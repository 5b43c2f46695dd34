package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Which labels of an axis are drawn, so that none lies over another.
 *
 * @param shown   the labels drawn, in order
 * @param turned  whether they read upwards
 * @param extent  how much room they take across the axis, in units
 * @param title   the axis title, which says so where labels are left out
 */
record Labels(List<Label> shown, boolean turned, double extent, String title) {

    /** Between the middles of two neighbouring labels at least. */
    private static final double PITCH = 12;
    private static final double LONGEST = 96;
    private static final double PADDING = 4;

    /** A label drawn at the middle of its cell. */
    record Label(int index, String text, boolean strong) {

        Mark.Font font() {
            return strong ? Sketch.STRONG_LABEL : Sketch.LABEL;
        }
    }

    /** Labels beside rows; {@code selected} is always among them, -1 for none. */
    static Labels beside(Axis axis, double cell, int selected) {
        List<Label> shown = thinned(axis, cell, selected);
        return new Labels(shown, false, widest(shown), title(axis, cell));
    }

    /** Labels under columns, turned where one is wider than its cell. */
    static Labels under(Axis axis, double cell, int selected) {
        List<Label> shown = thinned(axis, cell, selected);
        boolean turned = step(axis, cell) > 1 || widest(shown) > cell - PADDING;
        return new Labels(shown, turned, turned ? widest(shown) : Sketch.LABEL.size(), title(axis, cell));
    }

    private static List<Label> thinned(Axis axis, double cell, int selected) {
        int step = step(axis, cell);
        List<Label> shown = new ArrayList<>();
        for (int i = 0; i < axis.size(); i++) {
            boolean crowded = selected >= 0 && Math.abs(i - selected) * cell < PITCH;
            if (i == selected || i % step == 0 && !crowded) {
                String text = step > 1 ? i + " " + axis.labels().get(i) : axis.labels().get(i);
                Label label = new Label(i, text, i == selected);
                shown.add(new Label(i, Typeface.fitted(text, label.font(), LONGEST), label.strong()));
            }
        }
        return List.copyOf(shown);
    }

    /** Every how many labels one is drawn: a power of two. */
    private static int step(Axis axis, double cell) {
        int step = 1;
        while (step * cell < PITCH && step < axis.size()) {
            step *= 2;
        }
        return step;
    }

    private static String title(Axis axis, double cell) {
        int step = step(axis, cell);
        return step == 1 ? axis.title() : axis.title() + ", every " + ordinal(step) + " " + axis.item() + " labelled";
    }

    private static String ordinal(int powerOfTwo) {
        return powerOfTwo + (powerOfTwo % 10 == 2 && powerOfTwo % 100 != 12 ? "nd" : "th");
    }

    private static double widest(List<Label> labels) {
        double widest = labels.stream().mapToDouble(l -> Typeface.width(l.text(), l.font())).max().orElse(0);
        return Math.ceil(widest / 4) * 4;
    }
}
