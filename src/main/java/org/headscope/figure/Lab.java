package org.headscope.figure;

/**
 * A colour in CIELAB under D65, where equal steps look about equally large, so colours are mixed here.
 *
 * @param lightness L*, 0 to 100
 * @param a         green to red
 * @param b         blue to yellow
 */
record Lab(double lightness, double a, double b) {

    private static final double WHITE_X = 0.95047;
    private static final double WHITE_Z = 1.08883;
    private static final double EDGE = 6.0 / 29;

    static Lab of(int argb) {
        double red = linear(argb >> 16 & 255);
        double green = linear(argb >> 8 & 255);
        double blue = linear(argb & 255);
        double x = root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE_X);
        double y = root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
        double z = root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / WHITE_Z);
        return new Lab(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    /** The colour at {@code share} of the way to another, 0 to 1. */
    Lab mixedWith(Lab other, double share) {
        return new Lab(
                lightness + share * (other.lightness - lightness),
                a + share * (other.a - a),
                b + share * (other.b - b));
    }

    /** The nearest opaque screen colour. */
    int argb() {
        double rooted = (lightness + 16) / 116;
        double x = WHITE_X * cube(rooted + a / 500);
        double y = cube(rooted);
        double z = WHITE_Z * cube(rooted - b / 200);
        int red = screen(3.2404542 * x - 1.5371385 * y - 0.4985314 * z);
        int green = screen(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z);
        int blue = screen(0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
        return 0xff000000 | red << 16 | green << 8 | blue;
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static int screen(double linear) {
        double share = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * Math.max(0, Math.min(1, share)));
    }

    private static double root(double share) {
        return share > EDGE * EDGE * EDGE ? Math.cbrt(share) : share / (3 * EDGE * EDGE) + 4.0 / 29;
    }

    private static double cube(double rooted) {
        return rooted > EDGE ? rooted * rooted * rooted : 3 * EDGE * EDGE * (rooted - 4.0 / 29);
    }
}
