package org.headscope.figure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;
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
        write(figure, out, ",", LINE_END, Csv::text);
    }

    /** The same as tab-separated text, for spreadsheets to be pasted into. */
    public static String tabbed(Figure figure) {
        StringBuilder text = new StringBuilder();
        try {
            write(figure, text, "\t", "\n", field -> field.replace('\t', ' ').replace('\n', ' '));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(Figure figure, Appendable out, String between, String end, UnaryOperator<String> text)
            throws IOException {
        boolean several = !figure.mapKey().isEmpty();
        out.append(several ? text.apply(figure.mapKey()) + between : "").append(text.apply(figure.rows().key()));
        for (String key : figure.columns().labels()) {
            out.append(between).append(text.apply(key));
        }
        out.append(end);
        for (NamedMap map : figure.maps()) {
            for (int row = 0; row < map.matrix().rows(); row++) {
                out.append(several ? text.apply(map.name()) + between : "")
                        .append(text.apply(figure.rows().labels().get(row)));
                for (int column = 0; column < map.matrix().columns(); column++) {
                    out.append(between).append(number(map.matrix(), row, column));
                }
                out.append(end);
            }
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
