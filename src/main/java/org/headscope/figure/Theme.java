package org.headscope.figure;

/**
 * The colours of a figure, all opaque.
 *
 * @param name       "light" or "dark"
 * @param background behind everything
 * @param ink        titles and labels
 * @param muted      captions, ticks and scale names; at least 4.5 to 1 against the background
 * @param axis       hairlines: frames, the staircase under the future, ticks
 * @param pattern    hatch, dots and crosses over what is not a value
 * @param accent     selection; violet, since blue and orange mean towards and away from clean
 * @param clean      the clean run; always with a circle or the word
 * @param corrupt    the corrupt run; always with a triangle or the word
 * @param patched    the patched run; always with a diamond or the word
 * @param sequential the map for probabilities and norms
 * @param diverging  the map for signed values; its positive end is blue, towards clean
 */
public record Theme(
        String name,
        int background,
        int ink,
        int muted,
        int axis,
        int pattern,
        int accent,
        int clean,
        int corrupt,
        int patched,
        ColorMap sequential,
        ColorMap diverging) {

    /** For paper and light windows; exports use it whatever the window wears. */
    public static final Theme LIGHT = new Theme("light",
            Rgb.of("#ffffff"), Rgb.of("#1b1f24"), Rgb.of("#59626d"), Rgb.of("#8c96a1"), Rgb.of("#8c96a1"),
            Rgb.of("#7c3aed"), Rgb.of("#0072b2"), Rgb.of("#b35c00"), Rgb.of("#00795a"),
            ColorMap.BLUES, ColorMap.ORANGE_BLUE);

    /** For dark windows and slides. */
    public static final Theme DARK = new Theme("dark",
            Rgb.of("#15181c"), Rgb.of("#e8ebee"), Rgb.of("#9aa4af"), Rgb.of("#66707b"), Rgb.of("#66707b"),
            Rgb.of("#c4a1ff"), Rgb.of("#56b4e9"), Rgb.of("#f0a63a"), Rgb.of("#3ecf9f"),
            ColorMap.BLUES_DARK, ColorMap.ORANGE_BLUE_DARK);

    public Theme {
        if (sequential.isDiverging() || !diverging.isDiverging()) {
            throw new IllegalArgumentException("A theme takes one sequential and one diverging map, in this order.");
        }
    }

    /** Whether it is for dark windows. */
    boolean isDark() {
        return name.equals(DARK.name);
    }

    /** The same theme with another map for probabilities and norms. */
    public Theme withSequential(ColorMap map) {
        return new Theme(name, background, ink, muted, axis, pattern, accent, clean, corrupt, patched, map, diverging);
    }

    /** The same theme on another ground. */
    public Theme on(int ground) {
        return new Theme(name, ground, ink, muted, axis, pattern, accent, clean, corrupt, patched, sequential, diverging);
    }

    /** The colours for values on a scale: the diverging map when the scale is signed. */
    public Shading shading(Scale scale) {
        return new Shading(scale.isSigned() ? diverging : sequential, scale);
    }
}
