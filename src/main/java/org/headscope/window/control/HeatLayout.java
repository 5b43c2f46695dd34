package org.headscope.window.control;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.scene.text.Font;
import org.headscope.figure.Cell;
import org.headscope.figure.Mark;

/**
 * Where a map and its labels lie on a canvas: queries, or whatever the rows are, down the left side, keys along the
 * lower one.
 *
 * @param axisTitle room for the rows' axis title; none where the map is narrow
 * @param left of the map
 * @param top of the map
 * @param width of the map
 * @param height of the map
 * @param cellWidth of a cell; whole pixels where there is room for them and all of the map is seen
 * @param cellHeight the same as the width in attention maps
 * @param firstRow where the part that is seen begins, in rows
 * @param firstColumn where it begins, in columns
 * @param turned whether the columns' labels read upwards
 * @param rowLabels width of the longest label of a row
 * @param columnLabels height that the columns' labels take
 * @param titleBelow room for the axis title under them
 */
record HeatLayout(double axisTitle, double left, double top, double width, double height, double cellWidth,
                  double cellHeight, double firstRow, double firstColumn, int rows, int columns, boolean turned,
                  double rowLabels, double columnLabels, double titleBelow) {

    static final double LABEL_GAP = 6;
    static final double AXIS_TITLE = 20;
    private static final double NARROWEST_WRITTEN = 32;
    private static final double LOWEST_WRITTEN = 18;
    /** What rounding may add to a row or column that only touches the edge. */
    private static final double EDGE = 1e-6;
    /** Between two labels that lie side by side. */
    private static final double LABEL_SPACE = 4;
    private static final double LABEL_PITCH = 14;
    /** The first row's label may be higher than its cell. */
    static final double TOP = 6;
    private static final double FRAME = 2;
    private static final int MEASURED = 6;
    private static final double NARROW = 216;
    private static final double LARGEST_SHARE_OF_LABELS = 0.32;
    /** Of the room without the labels of rows that several maps share. */
    private static final double LARGEST_SHARE_WITHOUT_ROWS = 0.4;
    /** Cells of a sweep may be this much wider than high, or higher than wide, to fill their room. */
    private static final double LARGEST_RATIO = 3;

    /**
     * How densely a map is labelled.
     *
     * @param longest label that is not cut
     * @param largestCell that a small map grows to
     * @param titled whether its axes have titles, and attention maps labels below
     */
    enum Density {
        ROOMY(12, 120, 56, true), COMPACT(11, 72, 36, true), DENSE(10, 56, 36, false);

        private final Font font;
        private final Font strong;
        private final double longest;
        private final double largestCell;
        private final boolean titled;

        Density(double size, double longest, double largestCell, boolean titled) {
            this.largestCell = largestCell;
            this.titled = titled;
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

        boolean isTitled() {
            return titled;
        }
    }

    /**
     * @param labelledLike another picture, for whose labels room is kept as well, so that maps side by side are equal
     * @param rowLabelled where the labels of the rows stand
     */
    static HeatLayout of(HeatPicture picture, HeatPicture labelledLike, RowLabels rowLabelled, double width,
                         double height, Density density, Zoom zoom) {
        int rows = picture.matrix().rows();
        int columns = picture.matrix().columns();
        boolean alone = rowLabelled == RowLabels.OWN;
        double axisTitle = width < NARROW || !density.titled || !alone ? 0 : AXIS_TITLE;
        double titleBelow = density.titled ? AXIS_TITLE : 0;
        double rowRoom = rowLabelled == RowLabels.NONE ? 0 : roomOfRows(List.of(picture, labelledLike), density);
        double rowLabels = alone ? Math.min(width * LARGEST_SHARE_OF_LABELS, rowRoom) : rowRoom;
        boolean square = picture.matrix().isCausal();
        // The tokens beside a small attention map are those below it.
        boolean under = density.titled || !square;
        double columnLabels = !under ? 0 : Math.min(alone ? width * LARGEST_SHARE_OF_LABELS
            : (width - rowLabels) * LARGEST_SHARE_WITHOUT_ROWS,
            Math.max(widest(picture.columns(), density), widest(labelledLike.columns(), density)));
        double pitch = under ? LABEL_PITCH : 0;
        double before = axisTitle + rowLabels + LABEL_GAP;
        double across = cell(width - before - FRAME, columns, density);
        double room = height - LABEL_GAP - titleBelow - TOP - FRAME;
        double level = cell(room - pitch, rows, density);
        double ratio = square ? 1 : LARGEST_RATIO;
        boolean turned = under && columnLabels > Math.min(across, ratio * level) - LABEL_SPACE;
        double down = turned ? cell(room - columnLabels, rows, density) : level;
        double cellWidth = Math.max(0.01, Math.min(across, ratio * down));
        double cellHeight = Math.max(0.01, Math.min(down, ratio * across));
        double left = before + Math.max(0, (width - before - FRAME - cellWidth * columns) / 2);
        // Nearer, the map fills the room that all of it takes.
        return new HeatLayout(axisTitle, Math.floor(left), TOP, cellWidth * columns, cellHeight * rows,
            cellWidth / zoom.side(), cellHeight / zoom.side(), zoom.top() * rows, zoom.left() * columns, rows, columns,
            turned, rowLabels, turned ? columnLabels : pitch, titleBelow);
    }

    /** What the labels of the rows of all of them take. */
    static double roomOfRows(List<HeatPicture> pictures, Density density) {
        return pictures.stream().distinct().mapToDouble(picture -> widest(picture.rows(), density)).max().orElse(0);
    }

    private static double cell(double room, int count, Density density) {
        double cell = Math.min(density.largestCell, room / count);
        return cell >= 2 ? Math.floor(cell) : cell;
    }

    /** Only those of most letters are measured, since measuring takes longer than painting. */
    private static double widest(List<String> labels, Density density) {
        double widest = labels.stream().sorted(Comparator.comparingInt(String::length).reversed()).limit(MEASURED)
            .mapToDouble(label -> Painter.width(label, density.strong())).max().orElse(0);
        return Math.min(density.longest(), Math.ceil(widest));
    }

    /** The shorter side of a cell. */
    double cell() {
        return Math.min(cellWidth, cellHeight);
    }

    /** How many rows there are to one label. */
    int everyRow() {
        return every(cellHeight);
    }

    /** How many columns there are to one label. */
    int everyColumn() {
        return every(cellWidth);
    }

    private static int every(double side) {
        return Math.max(1, (int) Math.ceil(LABEL_PITCH / side));
    }

    /** Where the map is. */
    Mark.Area area() {
        return new Mark.Area(left, top, width, height);
    }

    /** Where all of the map would be if it did not end at its edges. */
    Mark.Area whole() {
        return new Mark.Area(x(0), y(0), cellWidth * columns, cellHeight * rows);
    }

    /** The first row that is seen, be it in part. */
    int fromRow() {
        return (int) Math.max(0, Math.floor(firstRow + EDGE));
    }

    /** The row after the last that is seen. */
    int toRow() {
        return (int) Math.min(rows, Math.ceil(firstRow + height / cellHeight - EDGE));
    }

    int fromColumn() {
        return (int) Math.max(0, Math.floor(firstColumn + EDGE));
    }

    int toColumn() {
        return (int) Math.min(columns, Math.ceil(firstColumn + width / cellWidth - EDGE));
    }

    /** Whether any of a cell is seen. */
    boolean isSeen(Cell cell) {
        return seesRow(cell.row()) && seesColumn(cell.column());
    }

    /** Whether the middle of a row is seen, so that its label has a place. */
    boolean seesRow(int row) {
        return row < rows && middleY(row) > top && middleY(row) < top + height;
    }

    boolean seesColumn(int column) {
        return column < columns && middleX(column) > left && middleX(column) < left + width;
    }

    /** From the top of the control to the end of what lies under the map. */
    double totalHeight() {
        return top + height + LABEL_GAP + columnLabels + titleBelow;
    }

    double x(int column) {
        return left + (column - firstColumn) * cellWidth;
    }

    double y(int row) {
        return top + (row - firstRow) * cellHeight;
    }

    /** Where the middle of a column lies. */
    double middleX(int column) {
        return x(column) + cellWidth / 2;
    }

    /** Where the middle of a row lies. */
    double middleY(int row) {
        return y(row) + cellHeight / 2;
    }

    /** The cell at a point of the canvas. */
    Optional<Cell> at(double x, double y) {
        int column = (int) Math.floor((x - left) / cellWidth + firstColumn);
        int row = (int) Math.floor((y - top) / cellHeight + firstRow);
        boolean inside = x >= left && x < left + width && y >= top && y < top + height
            && row >= 0 && row < rows && column >= 0 && column < columns;
        return inside ? Optional.of(new Cell(row, column)) : Optional.empty();
    }

    /** Whether cells are large enough for their values to be written into them. */
    boolean isWritten() {
        return cellWidth() >= NARROWEST_WRITTEN && cellHeight() >= LOWEST_WRITTEN;
    }
}
