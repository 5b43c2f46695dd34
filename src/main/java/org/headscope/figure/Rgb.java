package org.headscope.figure;

/** Packed colours: {@code 0xAARRGGBB}, the form that images take. All are opaque unless stated. */
public final class Rgb {

    /** No colour at all: what masked cells hold. */
    public static final int TRANSPARENT = 0;

    private Rgb() {
    }

    /** The opaque colour of a web notation such as {@code #0072b2}. */
    public static int of(String hex) {
        return 0xff000000 | Integer.parseInt(hex.substring(1), 16);
    }

    /** The web notation of a colour, {@code #rrggbb}; its alpha is left out. */
    public static String hex(int argb) {
        return String.format("#%06x", argb & 0xffffff);
    }

    /** The CIE lightness L*, 0 (black) to 100 (white). */
    public static double lightness(int argb) {
        return Lab.of(argb).lightness();
    }

    /** Black or white: the one that can be read on this colour. */
    public static int inkOn(int argb) {
        return lightness(argb) >= 50 ? 0xff000000 : 0xffffffff;
    }

    /** How far two colours lie apart in RGB, squared: enough to order them, not a perceptual measure. */
    static int distance(int a, int b) {
        int red = (a >> 16 & 255) - (b >> 16 & 255);
        int green = (a >> 8 & 255) - (b >> 8 & 255);
        int blue = (a & 255) - (b & 255);
        return red * red + green * green + blue * blue;
    }
}
