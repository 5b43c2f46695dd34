package org.headscope.figure;

/**
 * How finely a picture is drawn, and how wide it prints.
 *
 * @param dotsPerInch written into the file, so that programs place the picture at its size
 * @param millimetres the width in print, or 0 for the drawing's natural one
 */
public record Resolution(double dotsPerInch, double millimetres) {

    /** Two pixels a unit, as screens of high density show it. */
    public static final Resolution SCREEN = natural(192);

    private static final double MILLIMETRES_PER_INCH = 25.4;
    private static final double UNITS_PER_INCH = 96;

    public Resolution {
        if (!(dotsPerInch > 0) || !(millimetres >= 0)) {
            throw new IllegalArgumentException("A resolution needs dots, not " + dotsPerInch + " to the inch over "
                    + millimetres + " mm.");
        }
    }

    /** The drawing's natural width, at this many dots to the inch. */
    public static Resolution natural(double dotsPerInch) {
        return new Resolution(dotsPerInch, 0);
    }

    /** A width in print, such as a journal's column, at this many dots to the inch. */
    public static Resolution wide(double millimetres, double dotsPerInch) {
        return new Resolution(dotsPerInch, millimetres);
    }

    /** How many pixels a unit of the drawing takes. */
    public double pixelsPerUnit(Drawing drawing) {
        double inches = millimetres > 0 ? millimetres / MILLIMETRES_PER_INCH : drawing.width() / UNITS_PER_INCH;
        return inches * dotsPerInch / drawing.width();
    }

    /** Dots to the metre, as PNG counts them. */
    long dotsPerMetre() {
        return Math.round(dotsPerInch * 1000 / MILLIMETRES_PER_INCH);
    }
}
