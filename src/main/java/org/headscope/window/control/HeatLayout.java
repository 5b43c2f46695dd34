package org.headscope.window.control;

import java.util.List;
import java.util.Optional;
import javafx.scene.text.Font;
import org.headscope.figure.Cell;

/**
 * Where a map and its labels lie on a canvas: queries down the left side, keys along the lower one.
 *
 * @param left of the map
 * @param top of the map
 * @param cell side of a cell; whole pixels where there is room for them
 * @param turned whether the keys' labels read upwards
 * @param rowLabels width of the longest label of a query
 * @param columnLabels height that the keys' labels take
 * @param every how many rows or columns there are to one label
 */
record HeatLayout(double left, double top, double cell, int rows, int columns, boolean turned,
                  double rowLabels, double columnLabels, int every) {

    static final double LABEL_GAP = 6;
    static final double AXIS_TITLE = 20;
    private static final double LONGEST_LABEL = 120;
    private static final double LABEL_PITCH = 15;
    private static final double LARGEST_CELL = 56;

    static HeatLayout of(HeatPicture picture, double width, double height, Font font) {
        int rows = picture.matrix().rows();
        int columns = picture.matrix().columns();
        double rowLabels = widest(picture.rows(), font);
        double columnLabels = widest(picture.columns(), font);
        double left = AXIS_TITLE + rowLabels + LABEL_GAP;
        double across = cell(width - left - 1, columns);
        boolean turned = columnLabels > across - LABEL_GAP;
        double below = AXIS_TITLE + LABEL_GAP + (turned ? columnLabels : LABEL_PITCH);
        double cell = Math.max(0.01, Math.min(across, cell(height - below - 1, rows)));
        turned |= columnLabels > cell - LABEL_GAP;
        int every = Math.max(1, (int) Math.ceil(LABEL_PITCH / cell));
        return new HeatLayout(Math.floor(left + Math.max(0, (width - left - 1 - cell * columns) / 2)), 1, cell, rows,
            columns, turned, rowLabels, turned ? columnLabels : LABEL_PITCH, every);
    }

    private static double cell(double room, int count) {
        double cell = Math.min(LARGEST_CELL, room / count);
        return cell >= 2 ? Math.floor(cell) : cell;
    }

    /** Long prompts are measured by a sample, since measuring takes longer than painting. */
    private static double widest(List<String> labels, Font font) {
        int step = Math.max(1, labels.size() / 64);
        double widest = 0;
        for (int i = 0; i < labels.size(); i += step) {
            widest = Math.max(widest, Painter.width(labels.get(i), font));
        }
        return Math.min(LONGEST_LABEL, Math.ceil(widest));
    }

    static double longestLabel() {
        return LONGEST_LABEL;
    }

    double width() {
        return cell * columns;
    }

    double height() {
        return cell * rows;
    }

    double x(int column) {
        return left + column * cell;
    }

    double y(int row) {
        return top + row * cell;
    }

    /** The cell at a point of the canvas that can hold a value. */
    Optional<Cell> at(double x, double y) {
        int column = (int) Math.floor((x - left) / cell);
        int row = (int) Math.floor((y - top) / cell);
        boolean inside = row >= 0 && row < rows && column >= 0 && column < columns;
        return inside ? Optional.of(new Cell(row, column)) : Optional.empty();
    }
}
