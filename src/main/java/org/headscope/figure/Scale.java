package org.headscope.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a value lies between the ends of a colour map, 0 to 1. Ticks are in the value's own units.
 *
 * @param kind how values are spread
 * @param max  the value at the upper end; a signed scale runs from {@code -max} to {@code max}; positive and finite
 * @param name what the legend calls the scale
 */
public record Scale(Kind kind, double max, String name) {

    /** How values are spread between the ends. */
    public enum Kind {
        /** In proportion, from 0. */
        LINEAR,
        /** In proportion to the largest value of the row. */
        ROW_MAX,
        /** By the square root: small values become visible. */
        SQRT,
        /** By the logarithm from {@link #LOG_FLOOR} up; what is smaller looks like the floor. */
        LOG,
        /** In proportion, the same to both sides of 0. */
        SIGNED
    }

    /** A value on a legend. */
    public record Tick(double position, String label) {
    }

    /** The smallest value that the logarithmic scale tells apart from 0. */
    public static final double LOG_FLOOR = 1e-4;

    private static final double FITTED_SHARE = 0.99;
    /** A probability may exceed 1 by the rounding of floats; that is not worth an outline. */
    private static final double SLACK = 1e-5;

    public Scale {
        if (!(max > 0) || Double.isInfinite(max)) {
            throw new IllegalArgumentException("A scale needs a positive, finite upper end, not " + max + ".");
        }
    }

    /** Probabilities as they are: 0 to 1, the same for every map. */
    public static Scale absolute() {
        return new Scale(Kind.LINEAR, 1, "absolute");
    }

    /** Norms and other values from 0 to {@code max}. */
    public static Scale upTo(double max) {
        return new Scale(Kind.LINEAR, max, "linear");
    }

    /** Every row by its own largest value, so rows cannot be compared with each other. */
    public static Scale rowMax() {
        return new Scale(Kind.ROW_MAX, 1, "share of the row\u2019s largest");
    }

    /** Probabilities by their square root. */
    public static Scale sqrt() {
        return new Scale(Kind.SQRT, 1, "square root");
    }

    /** Probabilities by their logarithm, from {@link #LOG_FLOOR} up. */
    public static Scale log() {
        return new Scale(Kind.LOG, 1, "logarithmic");
    }

    /** Signed values from {@code -max} to {@code max}. */
    public static Scale signed(double max) {
        return new Scale(Kind.SIGNED, max, "symmetric");
    }

    /** Signed values from -1 to 1, for differences of probabilities and for recovered shares. */
    public static Scale signedUnit() {
        return new Scale(Kind.SIGNED, 1, "fixed \u00b11");
    }

    /** Signed values up to the largest size in the matrices, rounded up to two digits; ±1 where all is zero. */
    public static Scale signedMax(Matrix... matrices) {
        double largest = Arrays.stream(matrices).mapToDouble(Matrix::maxAbs).max().orElse(0);
        return new Scale(Kind.SIGNED, largest > 0 ? Numbers.roundedUp(largest) : 1, "\u00b1 largest");
    }

    /** Signed values up to the size that 99 in 100 cells do not exceed, rounded up; ±1 where that is zero. */
    public static Scale fit(Matrix... matrices) {
        double[] sizes = Arrays.stream(matrices).flatMapToDouble(Matrix::sizes).sorted().toArray();
        double fitted = sizes.length == 0 ? 0 : sizes[(int) Math.ceil(FITTED_SHARE * sizes.length) - 1];
        return new Scale(Kind.SIGNED, fitted > 0 ? Numbers.roundedUp(fitted) : 1, "fitted, 99th percentile");
    }

    /** Whether this is for signed values, with zero at position 0.5. */
    public boolean isSigned() {
        return kind == Kind.SIGNED;
    }

    /** The position of a value, 0 to 1, in a row whose largest is {@code rowMax}. What lies beyond is clipped. */
    public double position(double value, double rowMax) {
        double share = value / max;
        double position = switch (kind) {
            case LINEAR -> share;
            case ROW_MAX -> rowMax > 0 ? value / rowMax : 0;
            case SQRT -> Math.sqrt(Math.max(0, share));
            case LOG -> share <= LOG_FLOOR ? 0 : 1 - Math.log(share) / Math.log(LOG_FLOOR);
            case SIGNED -> 0.5 + share / 2;
        };
        return Math.max(0, Math.min(1, position));
    }

    /** The position of a value where rows do not matter. */
    public double position(double value) {
        return position(value, max);
    }

    /** Whether a value lies beyond an end, so that its colour does not tell its size. */
    public boolean clips(double value) {
        return isBelow(value) || isAbove(value);
    }

    /** Whether a value lies below the lower end. */
    boolean isBelow(double value) {
        return value < (isSigned() ? -max : 0) - max * SLACK;
    }

    /** Whether a value lies above the upper end. */
    boolean isAbove(double value) {
        return kind != Kind.ROW_MAX && value > max + max * SLACK;
    }

    /** The ticks of the legend, from the lowest position to the highest, both ends and any midpoint among them. */
    public List<Tick> ticks() {
        return switch (kind) {
            case LINEAR, ROW_MAX -> ticksAt(0, 0.25, 0.5, 0.75, 1);
            case SQRT -> ticksAt(0, 0.05, 0.25, 0.5, 1);
            case LOG -> logTicks();
            case SIGNED -> ticksAt(-1, -0.5, 0, 0.5, 1);
        };
    }

    private List<Tick> ticksAt(double... shares) {
        return Arrays.stream(shares)
                .mapToObj(share -> new Tick(position(share * max, max), Numbers.brief(share * max)))
                .toList();
    }

    private List<Tick> logTicks() {
        List<Tick> ticks = new ArrayList<>(ticksAt(LOG_FLOOR, 1e-3, 1e-2, 1e-1, 1));
        Tick floor = ticks.get(0);
        ticks.set(0, new Tick(floor.position(), "\u2264" + floor.label()));
        return ticks;
    }
}
