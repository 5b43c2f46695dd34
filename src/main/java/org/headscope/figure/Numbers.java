package org.headscope.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them in figures. Data leaves in CSV with every digit; see {@link Csv}. */
final class Numbers {

    private static final double SMALLEST_PLAIN = 1e-3;
    private static final double LARGEST_PLAIN = 1e5;

    private Numbers() {
    }

    /** At most three significant digits, no trailing zeros, a true minus sign: {@code 0.25}, {@code 1e−4}. */
    static String brief(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3, RoundingMode.HALF_EVEN));
        boolean plain = size >= SMALLEST_PLAIN && size < LARGEST_PLAIN;
        String text = plain ? rounded.stripTrailingZeros().toPlainString() : scientific(rounded);
        return text.replace('-', '\u2212');
    }

    /** Two digits after the point, for inside a cell: {@code 0.31}, {@code −0.05}; NaN as a dash. */
    static String cell(double value) {
        if (Double.isNaN(value)) {
            return "\u2013";
        }
        String text = String.format(Locale.ROOT, "%.2f", value);
        return (text.equals("-0.00") ? "0.00" : text).replace('-', '\u2212');
    }

    /** The next larger number of two significant digits whose half has no more than two either. */
    static double roundedUp(double value) {
        // What a float adds to 0.2 must not make it 0.22.
        BigDecimal half = BigDecimal.valueOf(value / 2).round(new MathContext(6, RoundingMode.HALF_EVEN));
        return half.round(new MathContext(2, RoundingMode.UP)).doubleValue() * 2;
    }

    private static String scientific(BigDecimal value) {
        BigDecimal digits = value.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        return digits.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
