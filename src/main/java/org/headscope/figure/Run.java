package org.headscope.figure;

import java.util.List;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;

/** The three runs of a patching experiment. Each has a shape and a word beside its colour, for those who see no hue. */
public enum Run {
    CLEAN("Clean"), CORRUPT("Corrupt"), PATCHED("Patched");

    private final String word;

    Run(String word) {
        this.word = word;
    }

    /** Its name in figures. */
    public String word() {
        return word;
    }

    /** Its colour. */
    public int color(Theme theme) {
        return switch (this) {
            case CLEAN -> theme.clean();
            case CORRUPT -> theme.corrupt();
            case PATCHED -> theme.patched();
        };
    }

    /** Its shape, of {@code size}, about a centre: a circle, a triangle or a diamond. */
    Mark marker(double x, double y, double size, Theme theme) {
        double half = size / 2;
        return switch (this) {
            case CLEAN -> new Mark.Box(new Area(x - half, y - half, size, size), half, color(theme), 0, 0);
            case CORRUPT -> polygon(theme, new Point(x, y - half), new Point(x + half, y + half),
                    new Point(x - half, y + half));
            case PATCHED -> polygon(theme, new Point(x, y - half), new Point(x + half, y), new Point(x, y + half),
                    new Point(x - half, y));
        };
    }

    private Mark polygon(Theme theme, Point... points) {
        return new Mark.Path(List.of(points), color(theme), 0, 0);
    }
}
