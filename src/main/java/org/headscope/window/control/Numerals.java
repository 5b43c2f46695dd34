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

    /** In per cent with one digit after the point; what is smaller than 0.1 % says so. */
    public static String probability(double value) {
        return value < 0.001 ? "<0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }

    private static String minus(String text) {
        return text.replace('-', '−');
    }
}
