package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;

/** The cells of one matrix over an area, with what is no value as patterns, and the frame. No labels. */
record Plot(Matrix matrix, Shading shading, Area area) {

    /** Pixels that a figure keeps to a unit, as many as a picture for print can show. */
    private static final double FINEST = 2;
    /** Cells smaller than this have no room for a cross, an outline or a step of their own. */
    private static final double ROOMY = 4;

    void draw(Sketch sketch) {
        sketch.add(new Mark.Cells(area, raster(), shading.map().zero()));
        pattern(sketch, CellState.NOT_COMPUTED);
        pattern(sketch, CellState.IDENTICAL);
        pattern(sketch, CellState.NO_PATH);
        if (isRoomy()) {
            pattern(sketch, CellState.NAN);
            outlineClipped(sketch);
        }
        frame(sketch);
    }

    /** Whether the cells are large enough for numbers in them. */
    boolean hasRoomForValues() {
        double widest = Typeface.width(Numbers.cell(-matrix.maxAbs()), Sketch.CELL);
        return cell(0, 0).width() >= widest + 2 && cell(0, 0).height() >= Sketch.CELL.size() + 2;
    }

    /** Writes each value into its cell, in black or white. */
    void writeValues(Sketch sketch) {
        for (int row = 0; row < matrix.rows(); row++) {
            float rowMax = matrix.rowMax(row);
            for (int column = 0; column < matrix.columns(); column++) {
                if (matrix.hasValue(row, column)) {
                    float value = matrix.value(row, column);
                    Area cell = cell(row, column);
                    sketch.centredText(cell.x() + cell.width() / 2, cell.y() + cell.height() / 2,
                            Numbers.cell(value), Sketch.CELL, Anchor.MIDDLE, Rgb.inkOn(shading.argb(value, rowMax)));
                }
            }
        }
    }

    /** Draws a line to a cell from each axis. */
    void leadTo(Sketch sketch, Cell selected) {
        Area cell = cell(selected.row(), selected.column());
        double middleX = cell.x() + cell.width() / 2;
        double middleY = cell.y() + cell.height() / 2;
        sketch.line(sketch.theme().accent(), new Point(area.x(), middleY), new Point(cell.x(), middleY));
        sketch.line(sketch.theme().accent(), new Point(middleX, cell.y() + cell.height()),
                new Point(middleX, bottom()));
    }

    /** Rings a cell. */
    void ring(Sketch sketch, Cell selected) {
        Area cell = cell(selected.row(), selected.column());
        // The ring between two lines of the background can be told from cells of any colour.
        sketch.frame(cell.grown(1.5), sketch.theme().background(), 1);
        sketch.frame(cell, sketch.theme().accent(), 2);
        if (Math.min(cell.width(), cell.height()) > 3 * ROOMY) {
            sketch.frame(cell.grown(-1.5), sketch.theme().background(), 1);
        }
    }

    /** Where a cell lies. */
    Area cell(int row, int column) {
        double width = area.width() / matrix.columns();
        double height = area.height() / matrix.rows();
        return new Area(area.x() + column * width, area.y() + row * height, width, height);
    }

    private Raster raster() {
        int finest = (int) Math.max(1, FINEST * Math.max(area.width(), area.height()));
        return Raster.pooled(matrix, shading, finest, isRoomy() ? Rgb.TRANSPARENT : Raster.NAN_COLOR);
    }

    private boolean isRoomy() {
        return Math.min(area.width() / matrix.columns(), area.height() / matrix.rows()) >= ROOMY;
    }

    private void pattern(Sketch sketch, CellState state) {
        Patterns.of(matrix, state, area, sketch.theme().pattern()).ifPresent(sketch::add);
    }

    private void outlineClipped(Sketch sketch) {
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                if (matrix.hasValue(row, column) && shading.scale().clips(matrix.value(row, column))) {
                    sketch.frame(cell(row, column).grown(-1), sketch.theme().ink(), 1.5);
                }
            }
        }
    }

    /** The frame lies around the cells, not over them: in a small plot it would hide the column of the first token. */
    private void frame(Sketch sketch) {
        double outside = Sketch.STROKE / 2;
        if (matrix.isCausal()) {
            List<Point> outline = staircase(outside);
            outline.add(new Point(right() + outside, bottom() + outside));
            outline.add(new Point(area.x() - outside, bottom() + outside));
            outline.add(outline.get(0));
            sketch.line(sketch.theme().axis(), outline.toArray(Point[]::new));
        } else {
            sketch.frame(area.grown(outside), sketch.theme().axis(), Sketch.STROKE);
        }
    }

    /** The line under the future, from the top left corner to the right edge; a straight one where steps are tiny. */
    private List<Point> staircase(double outside) {
        List<Point> line = new ArrayList<>();
        line.add(new Point(area.x() - outside, area.y() - outside));
        int steps = isRoomy() ? matrix.rows() : 1;
        for (int step = 0; step < steps; step++) {
            Area cell = cell(step, step);
            line.add(new Point(cell.x() + cell.width() + outside, cell.y() - outside));
            line.add(new Point(cell.x() + cell.width() + outside, cell.y() + cell.height() - outside));
        }
        line.add(new Point(right() + outside, bottom() - cell(0, 0).height() - outside));
        return line;
    }

    private double right() {
        return area.x() + area.width();
    }

    private double bottom() {
        return area.y() + area.height();
    }
}
