package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;

/** Finds the cells of one state and joins them into rectangles, on a grid that is no finer than can be seen. */
final class Regions {

    private final Matrix matrix;
    private final int gridRows;
    private final int gridColumns;

    /** A grid of at most {@code finest} rows and columns. */
    Regions(Matrix matrix, int finest) {
        this.matrix = matrix;
        this.gridRows = Math.min(matrix.rows(), Math.max(1, finest));
        this.gridColumns = Math.min(matrix.columns(), Math.max(1, finest));
    }

    /** The rectangles of a state over {@code plot}, which the whole matrix fills. */
    List<Mark.Area> of(CellState state, Mark.Area plot) {
        List<Mark.Area> areas = new ArrayList<>();
        List<int[]> open = List.of();
        for (int y = 0; y <= gridRows; y++) {
            List<int[]> runs = y < gridRows ? runs(state, y) : List.of();
            List<int[]> next = new ArrayList<>();
            for (int[] run : runs) {
                int[] above = open.stream().filter(o -> o[0] == run[0] && o[1] == run[1]).findAny().orElse(null);
                next.add(new int[] {run[0], run[1], above == null ? y : above[2]});
            }
            for (int[] ended : open) {
                if (next.stream().noneMatch(n -> n[0] == ended[0] && n[1] == ended[1] && n[2] == ended[2])) {
                    areas.add(area(ended[0], ended[1], ended[2], y, plot));
                }
            }
            open = next;
        }
        return areas;
    }

    /** Every place of the grid in a state, by itself. */
    List<Mark.Area> cells(CellState state, Mark.Area plot) {
        List<Mark.Area> cells = new ArrayList<>();
        for (int y = 0; y < gridRows; y++) {
            for (int[] run : runs(state, y)) {
                for (int x = run[0]; x < run[1]; x++) {
                    cells.add(area(x, x + 1, y, y + 1, plot));
                }
            }
        }
        return cells;
    }

    /** The runs of the state in a row of the grid, as first and end column. */
    private List<int[]> runs(CellState state, int y) {
        List<int[]> runs = new ArrayList<>();
        int row = Raster.edge(y, matrix.rows(), gridRows);
        int start = -1;
        for (int x = 0; x <= gridColumns; x++) {
            boolean inside = x < gridColumns
                    && matrix.state(row, Raster.edge(x, matrix.columns(), gridColumns)) == state;
            if (inside && start < 0) {
                start = x;
            } else if (!inside && start >= 0) {
                runs.add(new int[] {start, x});
                start = -1;
            }
        }
        return runs;
    }

    private Mark.Area area(int left, int right, int top, int bottom, Mark.Area plot) {
        double width = plot.width() / gridColumns;
        double height = plot.height() / gridRows;
        return new Mark.Area(plot.x() + left * width, plot.y() + top * height,
                (right - left) * width, (bottom - top) * height);
    }
}
