package org.headscope.figure;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Values to draw: rows are queries (destinations), columns keys (sources), or layers and heads in a sweep. Some cells
 * are no values; see {@link CellState}. Immutable as long as nobody writes to the array it was made of, which is not
 * copied: the patterns of a long prompt are hundreds of megabytes.
 */
public final class Matrix {

    /** A choice of cells. */
    @FunctionalInterface
    public interface CellPredicate {
        /** Whether the cell is among them. */
        boolean test(int row, int column);
    }

    /** What the sum of a row may be off by, so that no value more is shown for the rounding of floats. */
    private static final double ROUNDING = 1e-6;

    private final int rows;
    private final int columns;
    private final float[] values;
    private final int offset;
    private final boolean causal;
    private final int hiddenColumns;
    private final BitSet notComputed;
    private final BitSet noPath;
    private final BitSet identical;
    private final BitSet leftOut;
    /** What scanning all cells finds, once: whoever draws asks again and again. */
    private volatile Set<CellState> states;
    private volatile Clipped clipped;
    private volatile float[] rowMaxima;

    /** How many values lie below and above the ends of a scale. */
    record Clipped(Scale scale, long below, long above) {
    }

    private Matrix(int rows, int columns, float[] values, int offset, boolean causal, int hiddenColumns,
                   BitSet notComputed, BitSet noPath, BitSet identical, BitSet leftOut) {
        if (rows < 1 || columns < 1 || offset < 0 || values.length - offset < (long) rows * columns) {
            throw new IllegalArgumentException("A matrix of " + rows + " x " + columns + " at " + offset
                    + " does not fit into " + values.length + " values.");
        }
        if (causal && rows != columns) {
            throw new IllegalArgumentException("A causal matrix is square, not " + rows + " x " + columns + ".");
        }
        this.rows = rows;
        this.columns = columns;
        this.values = values;
        this.offset = offset;
        this.causal = causal;
        this.hiddenColumns = hiddenColumns;
        this.notComputed = notComputed;
        this.noPath = noPath;
        this.identical = identical;
        this.leftOut = leftOut;
    }

    /** A matrix of {@code rows} x {@code columns} values, row by row from {@code offset}; the array is not copied. */
    public static Matrix of(int rows, int columns, float[] values, int offset) {
        return new Matrix(rows, columns, values, offset, false, 0, new BitSet(), new BitSet(),
            new BitSet(), new BitSet());
    }

    /** A matrix of {@code rows} x {@code columns} values, row by row; the array is not copied. */
    public static Matrix of(int rows, int columns, float[] values) {
        return of(rows, columns, values, 0);
    }

    /**
     * One head's attention: {@code tokens} x {@code tokens} values from {@code offset}, query by query, where the keys
     * after the query are masked whatever the array holds there. The array is not copied.
     */
    public static Matrix attention(int tokens, float[] values, int offset) {
        return new Matrix(tokens, tokens, values, offset, true, 0, new BitSet(), new BitSet(),
            new BitSet(), new BitSet());
    }

    /** A causal matrix of which nothing is computed yet; one can stand for every head that is still awaited. */
    public static Matrix pending(int tokens) {
        return attention(tokens, new float[tokens * tokens], 0).withNotComputed((row, column) -> true);
    }

    /** The same matrix, where the cells that are {@code missing} are not computed. */
    public Matrix withNotComputed(CellPredicate missing) {
        return new Matrix(rows, columns, values, offset, causal, hiddenColumns, cells(missing), noPath, identical,
            leftOut);
    }

    /** The same matrix, where some cells stand for nothing that there is. */
    public Matrix withNoPath(CellPredicate impossible) {
        return new Matrix(rows, columns, values, offset, causal, hiddenColumns, notComputed, cells(impossible),
            identical, leftOut);
    }

    /** The same matrix, where some cells are identical by causality. */
    public Matrix withIdentical(CellPredicate same) {
        return new Matrix(rows, columns, values, offset, causal, hiddenColumns, notComputed, noPath, cells(same),
            leftOut);
    }

    private BitSet cells(CellPredicate chosen) {
        BitSet cells = new BitSet();
        for (int cell = 0; cell < rows * columns; cell++) {
            cells.set(cell, chosen.test(cell / columns, cell % columns));
        }
        return cells;
    }

    /** The same matrix, where the rows before {@code row} are identical by causality. */
    public Matrix withIdenticalRowsBefore(int row) {
        BitSet before = new BitSet();
        before.set(0, Math.max(0, Math.min(row, rows)) * columns);
        return new Matrix(rows, columns, values, offset, causal, hiddenColumns, notComputed, noPath, before,
            leftOut);
    }

    /** The same matrix without its first {@code count} columns in pictures; the rest keeps its values and its place. */
    public Matrix withHiddenColumns(int count) {
        return new Matrix(rows, columns, values, offset, causal, count, notComputed, noPath, identical,
            leftOut);
    }

    /**
     * The same matrix, showing of each row only the largest values, as many as it takes for a share of the sum of all
     * that the row shows; the others are left out without changing these. Values of equal size are shown together.
     *
     * @param share 0 to 1; of values that are not negative
     */
    public Matrix withTopOfRows(double share) {
        BitSet small = (BitSet) leftOut.clone();
        for (int row = 0; row < rows; row++) {
            float least = leastOfTop(row, share);
            for (int column = 0; column < end(row); column++) {
                if (value(row, column) < least && hasValue(row, column)) {
                    small.set(row * columns + column);
                }
            }
        }
        return new Matrix(rows, columns, values, offset, causal, hiddenColumns, notComputed, noPath, identical, small);
    }

    private float leastOfTop(int row, double share) {
        float[] shown = new float[end(row)];
        int count = 0;
        double sum = 0;
        for (int column = 0; column < end(row); column++) {
            if (hasValue(row, column)) {
                shown[count++] = value(row, column);
                sum += value(row, column);
            }
        }
        Arrays.sort(shown, 0, count);
        double held = 0;
        int at = count;
        while (at > 0 && held < share * sum * (1 - ROUNDING)) {
            held += shown[--at];
        }
        return at == count ? Float.NEGATIVE_INFINITY : shown[at];
    }

    /**
     * This minus another of the same shape, cell by cell. A cell that is not computed in either is not computed; one
     * that both leave out is left out.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public Matrix minus(Matrix other) {
        if (rows != other.rows || columns != other.columns) {
            throw new IllegalArgumentException("Cannot take " + other.rows + " x " + other.columns + " from "
                    + rows + " x " + columns + ".");
        }
        float[] difference = new float[rows * columns];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = values[offset + i] - other.values[other.offset + i];
        }
        BitSet missing = (BitSet) notComputed.clone();
        missing.or(other.notComputed);
        BitSet inNeither = (BitSet) leftOut.clone();
        inNeither.and(other.leftOut);
        return new Matrix(rows, columns, difference, 0, causal, Math.max(hiddenColumns, other.hiddenColumns), missing,
                noPath, identical, inNeither);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /** Whether the cells above the diagonal are masked. */
    public boolean isCausal() {
        return causal;
    }

    /** The number at a cell, whatever its state. */
    public float value(int row, int column) {
        return values[offset + row * columns + column];
    }

    /** What a cell holds. */
    public CellState state(int row, int column) {
        int cell = row * columns + column;
        if (causal && column > row) {
            return CellState.FUTURE;
        } else if (column < hiddenColumns) {
            return CellState.HIDDEN;
        } else if (noPath.get(cell)) {
            return CellState.NO_PATH;
        } else if (notComputed.get(cell)) {
            return CellState.NOT_COMPUTED;
        } else if (identical.get(cell)) {
            return CellState.IDENTICAL;
        } else if (leftOut.get(cell)) {
            return CellState.HIDDEN;
        }
        return Float.isNaN(values[offset + cell]) ? CellState.NAN : CellState.VALUE;
    }

    /** Whether a cell holds a number to draw. */
    public boolean hasValue(int row, int column) {
        return state(row, column) == CellState.VALUE;
    }

    /**
     * Scans all cells for what drawing them by a scale asks for, so that it need not be done while somebody waits for
     * the picture.
     */
    public void survey(Scale scale) {
        states();
        clipped(scale);
        rowMax(0);
    }

    /** Which states occur. */
    public Set<CellState> states() {
        Set<CellState> known = states;
        if (known == null) {
            known = Collections.unmodifiableSet(findStates());
            states = known;
        }
        return known;
    }

    private Set<CellState> findStates() {
        Set<CellState> found = EnumSet.noneOf(CellState.class);
        if (causal && rows > 1) {
            found.add(CellState.FUTURE);
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < end(row); column++) {
                found.add(state(row, column));
            }
        }
        return found;
    }

    /** The largest value of a row, 0 where it has none. */
    public float rowMax(int row) {
        float[] known = rowMaxima;
        if (known == null) {
            known = new float[rows];
            for (int at = 0; at < rows; at++) {
                known[at] = findRowMax(at);
            }
            rowMaxima = known;
        }
        return known[row];
    }

    private float findRowMax(int row) {
        float max = Float.NEGATIVE_INFINITY;
        for (int column = 0; column < end(row); column++) {
            if (value(row, column) > max && hasValue(row, column)) {
                max = value(row, column);
            }
        }
        return max == Float.NEGATIVE_INFINITY ? 0 : max;
    }

    /** How many values the ends of a scale clip. */
    Clipped clipped(Scale scale) {
        Clipped known = clipped;
        if (known == null || !known.scale().equals(scale)) {
            known = new Clipped(scale, count(scale::isBelow), count(scale::isAbove));
            clipped = known;
        }
        return known;
    }

    /** The largest size of a value, 0 where there is none. */
    public double maxAbs() {
        return sizes().max().orElse(0);
    }

    /** How many values fulfil a condition. */
    long count(DoublePredicate condition) {
        return IntStream.range(0, rows * columns)
                .filter(cell -> condition.test(values[offset + cell]) && hasValue(cell / columns, cell % columns))
                .count();
    }

    /** The sizes of all finite values. */
    DoubleStream sizes() {
        return IntStream.range(0, rows * columns)
                .filter(cell -> Float.isFinite(values[offset + cell]) && hasValue(cell / columns, cell % columns))
                .mapToDouble(cell -> Math.abs(values[offset + cell]));
    }

    /** The column after the last that a row can see. */
    int end(int row) {
        return causal ? row + 1 : columns;
    }

    /** The first column that is not hidden. */
    int start() {
        return hiddenColumns;
    }

    /** Whether every cell that is neither future nor hidden holds a number or NaN, so no state need be asked for. */
    boolean isPlain() {
        return notComputed.isEmpty() && noPath.isEmpty() && identical.isEmpty() && leftOut.isEmpty();
    }

    /** A cell in words: its number in short, or what it holds instead. */
    String described(int row, int column) {
        return hasValue(row, column) ? Numbers.brief(value(row, column)) : state(row, column).legend();
    }

    /** @throws IllegalArgumentException if there is not one label a row and one a column */
    void requireLabels(Axis rowAxis, Axis columnAxis) {
        if (rowAxis.size() != rows || columnAxis.size() != columns) {
            throw new IllegalArgumentException(rowAxis.size() + " x " + columnAxis.size()
                    + " labels do not fit a matrix of " + rows + " x " + columns + ".");
        }
    }

    /** All numbers, to be read only at {@link #place}. */
    float[] values() {
        return values;
    }

    /** Where a cell's number lies in {@link #values}. */
    int place(int row, int column) {
        return offset + row * columns + column;
    }
}
