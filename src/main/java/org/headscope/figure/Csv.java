package org.headscope.figure;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a figure's values as CSV (RFC 4180): the first row holds the keys, the first column the queries, and numbers
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
        boolean several = !figure.mapKey().isEmpty();
        if (several) {
            out.append(text(figure.mapKey())).append(',');
        }
        out.append(text(figure.rows().key()));
        for (String key : figure.columns().labels()) {
            out.append(',').append(text(key));
        }
        out.append(LINE_END);
        for (NamedMap map : figure.maps()) {
            write(map, several, figure.rows().labels(), out);
        }
    }

    private static void write(NamedMap map, boolean several, List<String> labels, Appendable out) throws IOException {
        Matrix matrix = map.matrix();
        for (int row = 0; row < matrix.rows(); row++) {
            if (several) {
                out.append(text(map.name())).append(',');
            }
            out.append(text(labels.get(row)));
            for (int column = 0; column < matrix.columns(); column++) {
                out.append(',').append(number(matrix, row, column));
            }
            out.append(LINE_END);
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
    static String line(List<String> fields) {
        return fields.stream().map(Csv::text).collect(Collectors.joining(",", "", LINE_END));
    }

    /** A text as a field, unchanged, quoted where it must be. */
    static String text(String text) {
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
