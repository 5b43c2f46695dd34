package org.headscope.window.control;

import java.util.Locale;

/** Numbers as a person reads them beside a chart, with a true minus sign. Copies and exports carry every digit. */
public final class Numerals {

    private Numerals() {
    }

    /** Three digits after the point. */
    public static String logit(double value) {
        return minus(String.format(Locale.ROOT, "%.3f", value));
    }

    /** Two digits after the point, where room is short. */
    public static String shortLogit(double value) {
        return minus(String.format(Locale.ROOT, "%.2f", value));
    }

    /** With its sign, since it is a part of a sum. */
    public static String part(double value) {
        return minus(String.format(Locale.ROOT, "%+.3f", value));
    }

    /** With its sign, since it is a change, where room is short. */
    public static String change(double value) {
        return minus(String.format(Locale.ROOT, "%+.2f", value));
    }

    /** In per cent with three digits; what is smaller than 0.001 % says so. */
    public static String probability(double value) {
        double percent = 100 * value;
        if (percent >= 99.95) {
            return String.format(Locale.ROOT, "%.2f %%", percent);
        }
        if (percent >= 10) {
            return String.format(Locale.ROOT, "%.1f %%", percent);
        }
        if (percent >= 0.1) {
            return String.format(Locale.ROOT, "%.2f %%", percent);
        }
        return percent >= 0.001 ? String.format(Locale.ROOT, "%.3f %%", percent) : "<0.001 %";
    }

    /** In whole per cent. */
    public static String share(double value) {
        return minus(String.format(Locale.ROOT, "%.0f %%", 100 * value));
    }

    public static String attention(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** With a true minus sign; what is rounded to nothing has none. */
    private static String minus(String text) {
        return (text.matches("[-+]0[.0]*( %)?") ? text.substring(1) : text).replace('-', '−');
    }
}
