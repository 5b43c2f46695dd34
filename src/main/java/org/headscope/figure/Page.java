package org.headscope.figure;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a picture is fitted to. Text keeps its size whatever the width: what no longer fits is left out or put below.
 *
 * @param theme     the colours
 * @param width     in units of 1/96 inch, or 0 for as wide as the picture likes to be
 * @param textScale the size of text and of what stands around it, 1 for labels of 7.5 points
 * @param slant     how labels under columns are turned
 * @param parts     what is shown beside the values
 */
public record Page(Theme theme, double width, double textScale, Slant slant, Set<Part> parts) {

    /** What can be left out of a picture. */
    public enum Part {
        /** The title, the prompts and the model. */
        HEADING,
        /** What the colours mean. */
        LEGEND,
        /** The ring around the chosen cell or head. */
        RING,
        /** Lines from the chosen cell to both axes. */
        CROSSHAIR
    }

    /** How labels under columns are turned. */
    public enum Slant {
        /** Level where they fit, else upright. */
        FITTING,
        /** Level; of labels that would touch fewer are shown. */
        LEVEL,
        /** Rising at 45 degrees. */
        RISING,
        /** Upright, read upwards. */
        UPRIGHT
    }

    /** The least width in which anything can be read, in units of text at scale 1. */
    private static final double LEAST_WIDTH = 120;

    public Page {
        parts = parts.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(parts);
        if (!(width >= 0) || !(textScale > 0) || width > 0 && width / textScale < LEAST_WIDTH) {
            throw new IllegalArgumentException("No page is %s units wide with text at %s.".formatted(width, textScale));
        }
    }

    /** Everything, at the sizes that a picture likes. */
    public static Page natural(Theme theme) {
        return new Page(theme, 0, 1, Slant.FITTING, EnumSet.allOf(Part.class));
    }

    /** The same page in other colours. */
    Page with(Theme other) {
        return new Page(other, width, textScale, slant, parts);
    }

    /** Whether text of this size leaves room for a picture in this width. */
    static boolean holds(double width, double textScale) {
        return width == 0 || width / textScale >= LEAST_WIDTH;
    }

    /** Whether a part is shown. */
    public boolean shows(Part part) {
        return parts.contains(part);
    }

    /** Whether the width is given. */
    boolean isFixed() {
        return width > 0;
    }

    /** The cell that is marked, or null where neither ring nor lines are shown. */
    Cell marked(Cell selected) {
        return shows(Part.RING) || shows(Part.CROSSHAIR) ? selected : null;
    }
}
