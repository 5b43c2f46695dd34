package org.headscope.window.export;

import org.headscope.figure.FigureOptions;

/** The usual widths of figures, each with the size of labels that suits it. */
enum Width {
    NATURAL("As it likes", 0, FigureOptions.USUAL_POINTS),
    COLUMN("One column, 85 mm", 85, 7),
    COLUMN_AND_A_HALF("One and a half, 114 mm", 114, 7),
    PAGE("Two columns, 174 mm", 174, 7),
    SLIDE("Slide, 254 mm", 254, 14),
    OTHER("Another width", 120, 7);

    private final String label;
    private final double millimetres;
    private final double points;

    Width(String label, double millimetres, double points) {
        this.label = label;
        this.millimetres = millimetres;
        this.points = points;
    }

    /** The one that has this width. */
    static Width of(double millimetres) {
        for (Width width : values()) {
            if (width != OTHER && width.millimetres == millimetres) {
                return width;
            }
        }
        return OTHER;
    }

    String label() {
        return label;
    }

    /** Of what is exported, the width and its labels. */
    FigureOptions applied(FigureOptions options) {
        return options.withMillimetres(millimetres).withPoints(points);
    }
}
