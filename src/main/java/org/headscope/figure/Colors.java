package org.headscope.figure;

/** The colour maps to choose from for probabilities and norms; signed values always go from orange to blue. */
public enum Colors {
    BLUES("Blues", ColorMap.BLUES, ColorMap.BLUES_DARK),
    VIRIDIS("Viridis", ColorMap.VIRIDIS, ColorMap.VIRIDIS),
    MAGMA("Magma", ColorMap.MAGMA, ColorMap.MAGMA),
    CIVIDIS("Cividis", ColorMap.CIVIDIS, ColorMap.CIVIDIS),
    GREYS("Greys", ColorMap.GREYS, ColorMap.GREYS_DARK);

    private final String label;
    private final ColorMap light;
    private final ColorMap dark;

    Colors(String label, ColorMap light, ColorMap dark) {
        this.label = label;
        this.light = light;
        this.dark = dark;
    }

    /** What it is called. */
    public String label() {
        return label;
    }

    /** A light or dark theme with these colours. */
    public Theme in(Theme theme) {
        return theme.withSequential(theme.isDark() ? dark : light);
    }
}
