package org.headscope.figure;

/**
 * How finely a picture is drawn.
 *
 * @param dotsPerInch also written into the file, so that programs place the picture at its size
 */
public record Resolution(double dotsPerInch) {

    /** Two pixels a unit, as screens of high density show it. */
    public static final Resolution SCREEN = new Resolution(192);

    private static final double MILLIMETRES_PER_INCH = 25.4;
    private static final double UNITS_PER_INCH = 96;

    public Resolution {
        if (!(dotsPerInch > 0)) {
            throw new IllegalArgumentException("A resolution needs dots, not " + dotsPerInch + " to the inch.");
        }
    }

    /** How many pixels a unit of a drawing takes. */
    public double pixelsPerUnit() {
        return dotsPerInch / UNITS_PER_INCH;
    }

    /** Dots to the metre, as PNG counts them. */
    long dotsPerMetre() {
        return Math.round(dotsPerInch * 1000 / MILLIMETRES_PER_INCH);
    }
}
