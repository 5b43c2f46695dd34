package org.headscope.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes tables as CSV (RFC 4180). Of a figure the first row holds the keys, the first column the queries, and numbers
 * have every digit. Several maps follow each other under one header, named in a column in front. Cells that are masked
 * or not computed are empty; NaN is {@code NaN}.
 */
public final class Csv {

    private static final String LINE_END = "\r\n";

    private Csv() {
    }

    /**
     * Writes a figure's maps as they are, whatever its scale.
     *
     * @throws IOException if the target cannot be written
     */
    public static void write(Figure figure, Appendable out) throws IOException {
        write(table(figure), out);
    }

    /**
     * Writes a table.
     *
     * @throws IOException if the target cannot be written
     */
    static void write(Table table, Appendable out) throws IOException {
        table.writeTo(row -> out.append(line(row)));
    }

    /** A figure's maps as they are, whatever its scale. */
    public static Table table(Figure figure) {
        return rows -> {
            boolean several = !figure.mapKey().isEmpty();
            List<String> header = new ArrayList<>();
            if (several) {
                header.add(figure.mapKey());
            }
            header.add(figure.rows().key());
            header.addAll(figure.columns().labels());
            rows.add(header);
            for (NamedMap map : figure.maps()) {
                write(map, several, figure.rows().labels(), rows);
            }
        };
    }

    private static void write(NamedMap map, boolean several, List<String> labels, Table.Rows rows)
            throws IOException {
        Matrix matrix = map.matrix();
        for (int row = 0; row < matrix.rows(); row++) {
            List<String> fields = new ArrayList<>();
            if (several) {
                fields.add(map.name());
            }
            fields.add(labels.get(row));
            for (int column = 0; column < matrix.columns(); column++) {
                fields.add(number(matrix, row, column));
            }
            rows.add(fields);
        }
    }

    private static String number(Matrix matrix, int row, int column) {
        return switch (matrix.state(row, column)) {
            case FUTURE, NOT_COMPUTED, NO_PATH -> "";
            // Hidden and identical are about pictures: there is a number, and tables hold numbers.
            case VALUE, NAN, IDENTICAL, HIDDEN -> Float.toString(matrix.value(row, column));
        };
    }

    /** Texts as the fields of a line. */
    private static String line(List<String> fields) {
        return fields.stream().map(Csv::text).collect(Collectors.joining(",", "", LINE_END));
    }

    /** A text as a field, unchanged, quoted where it must be. */
    static String text(String text) {
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
