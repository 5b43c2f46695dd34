package org.headscope.window.control;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.figure.Raster;
import org.headscope.figure.Shading;

/**
 * A map, ready to be painted.
 *
 * @param raster the colours, one pixel a cell
 * @param words what is said of a cell
 */
public record HeatPicture(Matrix matrix, Shading shading, Raster raster, Axis rowAxis, Axis columnAxis,
                          Function<Cell, String> words) {

    /** A head's attention, queries down and keys across. */
    public static HeatPicture attention(Matrix matrix, Shading shading, List<String> tokens) {
        return new HeatPicture(matrix, shading, Raster.of(matrix, shading), Axis.queries(tokens), Axis.keys(tokens),
            cell -> "%s (%d)  →  %s (%d)   %s".formatted(tokens.get(cell.row()), cell.row(),
                tokens.get(cell.column()), cell.column(), value(matrix, cell)));
    }

    /** The number in a cell, or why there is none. */
    public static String value(Matrix matrix, Cell cell) {
        return switch (matrix.state(cell.row(), cell.column())) {
            case VALUE -> String.format(Locale.ROOT, "%.4f", matrix.value(cell.row(), cell.column()))
                .replace('-', '−');
            case NOT_COMPUTED -> "not computed yet";
            case NO_PATH -> "no path";
            case IDENTICAL -> "the same in both runs";
            case HIDDEN -> "hidden";
            case FUTURE -> "in the future";
            case NAN -> "not a number";
        };
    }

    public List<String> rows() {
        return rowAxis.labels();
    }

    public List<String> columns() {
        return columnAxis.labels();
    }
}
