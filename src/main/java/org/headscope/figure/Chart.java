package org.headscope.figure;

import java.util.Optional;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Font;
import org.headscope.figure.Mark.Weight;

/**
 * A picture that fits the room it is given: the window draws it as large as it has space for, an export at its own size
 * and under its title. What it is made of is seen as cells, so that one can be pointed at; lines and bars have one row
 * or one column of them. Immutable.
 */
public abstract sealed class Chart implements Picture permits TokenGrid, TokenStrip, RankLines, Bars {

    static final Font LABEL = new Font(11, Weight.REGULAR);
    static final Font STRONG = new Font(11, Weight.SEMI_BOLD);
    static final Font AXIS = new Font(11, Weight.MEDIUM);
    static final Font TICK = new Font(10, Weight.REGULAR);
    static final double GAP = 6;
    static final double AXIS_TITLE = 18;

    private final String title;
    private final String caption;

    Chart(String title, String caption) {
        this.title = title;
        this.caption = caption;
    }

    @Override
    public final String title() {
        return title;
    }

    /** As the window draws it: without its title, which stands beside it there. */
    public final Drawing draw(Theme theme, double width, double height) {
        Sketch sketch = new Sketch(theme);
        paint(sketch, new Area(0, 0, width, height));
        return sketch.finished(title, Math.max(1, width), Math.max(1, height));
    }

    /** As it is exported: under its title. */
    @Override
    public final Drawing draw(Page page) {
        Sketch sketch = new Sketch(page);
        double width = sketch.inner(ownWidth());
        double height = page.isFixed() ? heightFor(width) : ownHeight();
        double margin = sketch.margin();
        double top = sketch.heading(new Heading(title, caption), width);
        paint(sketch, new Area(margin, top, width, height));
        double below = page.shows(Page.Part.LEGEND) ? 0 : legendHeight();
        return sketch.finished(title, width + 2 * margin, top + height - below + margin);
    }

    /** How many rows of cells there are. */
    public abstract int rows();

    /** How many columns of cells there are. */
    public abstract int columns();

    /** The least height in which everything can be read. */
    public abstract double leastHeight();

    /** Where a cell lies in a drawing of this size. */
    public abstract Area area(Cell cell, double width, double height);

    /** The cell at a point of a drawing of this size. */
    public Optional<Cell> at(double x, double y, double width, double height) {
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns(); column++) {
                Cell cell = new Cell(row, column);
                if (area(cell, width, height).contains(new Mark.Point(x, y))) {
                    return Optional.of(cell);
                }
            }
        }
        return Optional.empty();
    }

    abstract double ownWidth();

    abstract double ownHeight();

    /** How high it likes to be in a width that is given. */
    double heightFor(double width) {
        return ownHeight();
    }

    /** How much of the height, at its lower end, a legend takes. */
    double legendHeight() {
        return 0;
    }

    abstract void paint(Sketch sketch, Area area);
}
