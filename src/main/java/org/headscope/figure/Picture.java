package org.headscope.figure;

/** Something that can be drawn on a {@link Page}. */
public interface Picture {

    /** What it shows. */
    String title();

    /** The picture as a page wants it. */
    Drawing draw(Page page);

    /** The picture in a theme's colours, as large as it likes to be. */
    default Drawing draw(Theme theme) {
        return draw(Page.natural(theme));
    }
}
