package org.headscope.command;

import java.util.ArrayList;
import java.util.List;

/** Rows of text under headings, in aligned columns. */
final class Table {

    private static final String GAP = "  ";

    /** Whether a column's text stands at its left or, as numbers do, at its right. */
    enum Align {
        LEFT, RIGHT
    }

    private final List<Align> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    Table() {
        rows.add(new ArrayList<>());
    }

    Table column(String heading, Align align) {
        columns.add(align);
        rows.get(0).add(heading);
        return this;
    }

    /** @param cells one a column */
    Table row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(cells);
        return this;
    }

    Table row(String... cells) {
        return row(List.of(cells));
    }

    List<String> lines() {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - width(cell));
            line.append(column == 0 ? "" : GAP)
                .append(columns.get(column) == Align.LEFT ? cell + padding : padding + cell);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
