package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * A finished picture in a small vocabulary that {@link Png} and {@link Svg} both write, so they cannot disagree.
 * Lengths are in units of 1/96 inch, x to the right, y down; later marks lie over earlier ones.
 *
 * @param title      what the picture shows, for those who hear it
 * @param width      in units, at least 1
 * @param height     in units, at least 1
 * @param background packed colour
 * @param marks      what is drawn, bottom first
 */
public record Drawing(String title, double width, double height, int background, List<Mark> marks) {

    public Drawing {
        marks = List.copyOf(marks);
    }

    /** How many cells all rasters hold together. */
    public long cells() {
        return marks.stream()
                .filter(Mark.Cells.class::isInstance)
                .mapToLong(mark -> ((Mark.Cells) mark).raster().argb().length)
                .sum();
    }

    /** The texts of the picture in the order they were drawn. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Mark mark : marks) {
            if (mark instanceof Mark.Text text) {
                texts.add(text.content());
            }
        }
        return texts;
    }
}
