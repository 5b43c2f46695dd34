package org.headscope.window.control;

import java.util.List;
import java.util.Optional;
import javafx.scene.text.Font;
import org.headscope.figure.Cell;
import org.headscope.figure.Mark;

/**
 * Where a map and its labels lie on a canvas: queries down the left side, keys along the lower one.
 *
 * @param axisTitle room for the queries' axis title; none where the map is narrow
 * @param left of the map
 * @param top of the map
 * @param cell side of a cell; whole pixels where there is room for them
 * @param turned whether the keys' labels read upwards
 * @param rowLabels width of the longest label of a query
 * @param columnLabels height that the keys' labels take
 * @param every how many rows or columns there are to one label
 */
record HeatLayout(double axisTitle, double left, double top, double cell, int rows, int columns, boolean turned,
                  double rowLabels, double columnLabels, int every) {

    static final double LABEL_GAP = 6;
    static final double AXIS_TITLE = 20;
    /** Between two labels that lie side by side. */
    private static final double LABEL_SPACE = 4;
    private static final double LABEL_PITCH = 14;
    /** The first row's label may be higher than its cell. */
    private static final double TOP = 6;
    private static final double FRAME = 2;
    private static final double NARROW = 200;
    private static final double LARGEST_SHARE_OF_LABELS = 0.32;

    /**
     * How densely a map is labelled.
     *
     * @param longest label that is not cut
     * @param largestCell that a small map grows to
     */
    enum Density {
        ROOMY(12, 120, 56), COMPACT(11, 72, 36);

        private final Font font;
        private final Font strong;
        private final double longest;
        private final double largestCell;

        Density(double size, double longest, double largestCell) {
            this.largestCell = largestCell;
            this.font = Painter.font(size, 0);
            this.strong = Painter.font(size, 2);
            this.longest = longest;
        }

        Font font() {
            return font;
        }

        Font strong() {
            return strong;
        }

        double longest() {
            return longest;
        }
    }

    /** @param labelledLike another picture, for whose labels room is kept as well, so that maps side by side are equal */
    static HeatLayout of(HeatPicture picture, HeatPicture labelledLike, double width, double height, Density density) {
        int rows = picture.matrix().rows();
        int columns = picture.matrix().columns();
        double axisTitle = width < NARROW ? 0 : AXIS_TITLE;
        double rowLabels = Math.min(width * LARGEST_SHARE_OF_LABELS,
            Math.max(widest(picture.rows(), density), widest(labelledLike.rows(), density)));
        double columnLabels = Math.min(width * LARGEST_SHARE_OF_LABELS,
            Math.max(widest(picture.columns(), density), widest(labelledLike.columns(), density)));
        double before = axisTitle + rowLabels + LABEL_GAP;
        double across = cell(width - before - FRAME, columns, density);
        double level = cell(height - below(false, columnLabels) - TOP - FRAME, rows, density);
        boolean turned = columnLabels > Math.min(across, level) - LABEL_SPACE;
        double down = turned ? cell(height - below(true, columnLabels) - TOP - FRAME, rows, density) : level;
        double cell = Math.max(0.01, Math.min(across, down));
        double left = before + Math.max(0, (width - before - FRAME - cell * columns) / 2);
        return new HeatLayout(axisTitle, Math.floor(left), TOP, cell, rows, columns, turned, rowLabels,
            turned ? columnLabels : LABEL_PITCH, Math.max(1, (int) Math.ceil(LABEL_PITCH / cell)));
    }

    /** What lies under the map. */
    private static double below(boolean turned, double columnLabels) {
        return LABEL_GAP + (turned ? columnLabels : LABEL_PITCH) + AXIS_TITLE;
    }

    private static double cell(double room, int count, Density density) {
        double cell = Math.min(density.largestCell, room / count);
        return cell >= 2 ? Math.floor(cell) : cell;
    }

    /** Long prompts are measured by a sample, since measuring takes longer than painting. */
    private static double widest(List<String> labels, Density density) {
        int step = Math.max(1, labels.size() / 64);
        double widest = 0;
        for (int i = 0; i < labels.size(); i += step) {
            widest = Math.max(widest, Painter.width(labels.get(i), density.strong()));
        }
        return Math.min(density.longest(), Math.ceil(widest));
    }

    double width() {
        return cell * columns;
    }

    double height() {
        return cell * rows;
    }

    Mark.Area area() {
        return new Mark.Area(left, top, width(), height());
    }

    /** From the top of the control to the end of the keys' axis title. */
    double totalHeight() {
        return top + height() + below(turned, columnLabels);
    }

    double x(int column) {
        return left + column * cell;
    }

    double y(int row) {
        return top + row * cell;
    }

    /** The cell at a point of the canvas. */
    Optional<Cell> at(double x, double y) {
        int column = (int) Math.floor((x - left) / cell);
        int row = (int) Math.floor((y - top) / cell);
        boolean inside = row >= 0 && row < rows && column >= 0 && column < columns;
        return inside ? Optional.of(new Cell(row, column)) : Optional.empty();
    }
}
