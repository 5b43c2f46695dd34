package org.headscope.window.inspector;

import java.util.Locale;

/** Numbers as the inspector writes them. Copies and exports carry every digit. */
final class Numbers {

    private Numbers() {
    }

    /** Two digits after the point; a true minus sign. */
    static String logit(double value) {
        return minus(String.format(Locale.ROOT, "%.2f", value));
    }

    /** With its sign, since it is a change. */
    static String change(double value) {
        return minus(String.format(Locale.ROOT, "%+.2f", value));
    }

    /** In per cent with three digits; what is smaller than 0.001 % says so. */
    static String probability(double value) {
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

    static String share(double value) {
        return minus(String.format(Locale.ROOT, "%.0f %%", 100 * value));
    }

    static String attention(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** With a true minus sign; what is rounded to nothing has none. */
    private static String minus(String text) {
        return (text.matches("[-+]0[.0]*( %)?") ? text.substring(1) : text).replace('-', '−');
    }
}
