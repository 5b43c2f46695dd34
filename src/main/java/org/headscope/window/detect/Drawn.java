package org.headscope.window.detect;

import java.util.Optional;
import org.headscope.analysis.HeadDetector;
import org.headscope.analysis.TargetPattern;

/**
 * Where somebody expects a head to look: cells of a triangle of queries and keys. Immutable.
 *
 * @param cells [query][key], keys up to the query
 * @param start what it was started from and has not been changed since
 */
public record Drawn(boolean[][] cells, Optional<HeadDetector> start) {

    public Drawn {
        cells = copy(cells);
    }

    /** With nothing marked. */
    public static Drawn empty(int tokens) {
        boolean[][] cells = new boolean[tokens][];
        for (int query = 0; query < tokens; query++) {
            cells[query] = new boolean[query + 1];
        }
        return new Drawn(cells, Optional.empty());
    }

    /** Where a head of a known kind looks on these tokens. */
    public static Drawn of(HeadDetector detector, int[] ids) {
        TargetPattern target = detector.target(ids);
        boolean[][] cells = empty(ids.length).cells;
        for (int query = 0; query < ids.length; query++) {
            for (int key = 0; key <= query; key++) {
                cells[query][key] = target.expected(query, key) > 0;
            }
        }
        return new Drawn(cells, Optional.of(detector));
    }

    private static boolean[][] copy(boolean[][] cells) {
        boolean[][] copy = new boolean[cells.length][];
        for (int query = 0; query < cells.length; query++) {
            copy[query] = cells[query].clone();
        }
        return copy;
    }

    /** A copy. */
    @Override
    public boolean[][] cells() {
        return copy(cells);
    }

    public int size() {
        return cells.length;
    }

    /** Whether a cell is marked; nothing in the future is. */
    public boolean isMarked(int query, int key) {
        return key <= query && cells[query][key];
    }

    public boolean isEmpty() {
        return count() == 0;
    }

    /** How many cells are marked. */
    public int count() {
        int count = 0;
        for (boolean[] row : cells) {
            for (boolean cell : row) {
                count += cell ? 1 : 0;
            }
        }
        return count;
    }

    /** With a square of cells marked or not; what lies in the future stays as it is. */
    public Drawn with(int query, int key, int side, boolean marked) {
        boolean[][] changed = copy(cells);
        for (int row = query; row < Math.min(query + side, cells.length); row++) {
            for (int column = key; column < Math.min(key + side, row + 1); column++) {
                changed[row][column] = marked;
            }
        }
        return new Drawn(changed, Optional.empty());
    }

    /** What heads are compared with; not to be asked for while nothing is marked. */
    TargetPattern target() {
        double[][] values = new double[cells.length][cells.length];
        for (int query = 0; query < cells.length; query++) {
            for (int key = 0; key <= query; key++) {
                values[query][key] = cells[query][key] ? 1 : 0;
            }
        }
        return TargetPattern.drawn(values);
    }
}
