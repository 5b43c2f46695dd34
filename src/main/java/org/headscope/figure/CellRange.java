package org.headscope.figure;

/** Neighbouring cells of a map: rows from top to bottom and columns from left to right, all four included. */
public record CellRange(int top, int bottom, int left, int right) {

    public CellRange {
        if (top < 0 || left < 0 || bottom < top || right < left) {
            throw new IllegalArgumentException("%d-%d, %d-%d".formatted(top, bottom, left, right));
        }
    }

    /** What two opposite corners enclose. */
    public static CellRange of(Cell one, Cell other) {
        return new CellRange(Math.min(one.row(), other.row()), Math.max(one.row(), other.row()),
            Math.min(one.column(), other.column()), Math.max(one.column(), other.column()));
    }

    public boolean contains(Cell cell) {
        return cell.row() >= top && cell.row() <= bottom && cell.column() >= left && cell.column() <= right;
    }
}
