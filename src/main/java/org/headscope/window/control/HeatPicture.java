package org.headscope.window.control;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.figure.Raster;
import org.headscope.figure.Shading;

/**
 * A map, ready to be painted: whatever takes a look at every cell has been done, so it is made in the background where
 * the map may be large.
 *
 * @param levels the colours, one pixel a cell, then made smaller by each of {@link #FACTORS} as long as that is of use
 * @param words what is said of a cell
 * @param spoken the same to screen readers, in whole words
 */
public record HeatPicture(Matrix matrix, Shading shading, List<Raster> levels, Axis rowAxis, Axis columnAxis,
                          Function<Cell, String> words, Function<Cell, String> spoken) {

    /**
     * By how much each level is smaller than the map; a pixel takes the strongest cell under it, so that none vanishes.
     */
    private static final int[] FACTORS = {1, 2, 3, 4, 6, 8, 12, 16};
    private static final double NEARLY_ONE = 0.999;
    /** Maps of fewer cells are never painted with more than one to a pixel. */
    private static final int SMALL = 64;

    /** Made ready to be painted. */
    public static HeatPicture of(Matrix matrix, Shading shading, Axis rowAxis, Axis columnAxis,
                                 Function<Cell, String> words) {
        return of(matrix, shading, rowAxis, columnAxis, words, words);
    }

    private static HeatPicture of(Matrix matrix, Shading shading, Axis rowAxis, Axis columnAxis,
                                  Function<Cell, String> words, Function<Cell, String> spoken) {
        matrix.survey(shading.scale());
        int side = Math.max(matrix.rows(), matrix.columns());
        List<Raster> levels = IntStream.of(FACTORS).filter(factor -> factor == 1 || side / factor >= SMALL)
            .mapToObj(factor -> Raster.pooled(matrix, shading, (side + factor - 1) / factor)).toList();
        return new HeatPicture(matrix, shading, levels, rowAxis, columnAxis, words, spoken);
    }

    /**
     * The level to paint with.
     *
     * @param pixels a cell's side; below 1 where several share a pixel
     */
    int level(double pixels) {
        int level = 0;
        while (level + 1 < levels.size() && FACTORS[level] * pixels < NEARLY_ONE) {
            level++;
        }
        return level;
    }

    /** A head's attention, queries down and keys across. */
    public static HeatPicture attention(Matrix matrix, Shading shading, List<String> tokens) {
        return of(matrix, shading, Axis.queries(tokens), Axis.keys(tokens),
            cell -> "%s (%d)  →  %s (%d)   %s".formatted(tokens.get(cell.row()), cell.row(),
                tokens.get(cell.column()), cell.column(), value(matrix, cell)),
            cell -> "query %s %d, key %s %d, %s".formatted(plain(tokens.get(cell.row())), cell.row(),
                plain(tokens.get(cell.column())), cell.column(), value(matrix, cell)));
    }

    /** Without the dot that stands for a space, which would be read out. */
    private static String plain(String token) {
        return token.startsWith("·") && token.length() > 1 ? token.substring(1) : token;
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

    /** Whether it takes as much room as another, and for the same labels. */
    boolean isLaidOutLike(HeatPicture other) {
        return rows().equals(other.rows()) && columns().equals(other.columns())
            && matrix.isCausal() == other.matrix.isCausal();
    }

    public List<String> rows() {
        return rowAxis.labels();
    }

    public List<String> columns() {
        return columnAxis.labels();
    }
}
