package org.headscope.window.control;

import java.util.Locale;

/** Numbers as a person reads them beside a chart. Copies and exports carry every digit. */
public final class Numerals {

    private Numerals() {
    }

    /** Three digits after the point; a true minus sign. */
    public static String logit(double value) {
        return String.format(Locale.ROOT, "%.3f", value + 0.0).replace("-0.000", "0.000").replace('-', '−');
    }

    /** With its sign, since it is a part of a sum. */
    public static String part(double value) {
        return String.format(Locale.ROOT, "%+.3f", value).replace("-0.000", "+0.000").replace('-', '−');
    }

    /** In per cent with one digit after the point; what is smaller than 0.1 % says so. */
    public static String probability(double value) {
        return value < 0.001 ? "<0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }
}
