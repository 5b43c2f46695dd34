package org.headscope.window.inspector;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;

/**
 * The two readings of one cell: where its query looks, and from where its key is looked at.
 *
 * @param attendsTo keys of the query, most attention first
 * @param attendedBy queries of the key, most attention first
 */
record AttentionLists(Cell cell, List<Entry> attendsTo, List<Entry> attendedBy) {

    /** @param position of the other token */
    record Entry(int position, double attention) {
    }

    static AttentionLists of(Matrix matrix, Cell cell, int limit) {
        return new AttentionLists(cell,
            top(IntStream.rangeClosed(0, cell.row()).mapToObj(key -> new Entry(key, matrix.value(cell.row(), key)))
                .toList(), limit),
            top(IntStream.range(cell.column(), matrix.rows())
                .mapToObj(query -> new Entry(query, matrix.value(query, cell.column()))).toList(), limit));
    }

    /** The strongest edge of the last query, which is what predicts: shown while no cell is pointed at. */
    static Cell lastQuery(Matrix matrix) {
        int query = matrix.rows() - 1;
        int strongest = IntStream.range(0, matrix.columns()).boxed()
            .max(Comparator.comparingDouble(key -> matrix.value(query, key))).orElse(0);
        return new Cell(query, strongest);
    }

    private static List<Entry> top(List<Entry> entries, int limit) {
        return entries.stream().sorted(Comparator.comparingDouble(Entry::attention).reversed()).limit(limit).toList();
    }
}
