package org.headscope.patching;

import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated text, RFC 4180, with lines that end as on any system. */
final class CsvRows {

    private static final int END = -1;

    private final String text;
    private int place;
    private int line = 1;

    private CsvRows(String text) {
        this.text = text;
    }

    /** @param line the one on which the row begins, from 1 */
    record Row(int line, List<String> fields) {

        boolean isBlank() {
            return fields.size() == 1 && fields.get(0).isBlank();
        }
    }

    /** A quote in the wrong place. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        Malformed(int line, String what) {
            super(what);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /** All rows but those with nothing in them. */
    static List<Row> of(String text) throws Malformed {
        // Spreadsheets begin UTF-8 with a mark that belongs to no field.
        CsvRows reader = new CsvRows(text.startsWith("\uFEFF") ? text.substring(1) : text);
        List<Row> rows = new ArrayList<>();
        while (reader.peek() != END) {
            Row row = reader.row();
            if (!row.isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private Row row() throws Malformed {
        int first = line;
        List<String> fields = new ArrayList<>(List.of(field()));
        while (peek() == ',') {
            place++;
            fields.add(field());
        }
        if (peek() == '\r') {
            place++;
        }
        if (peek() == '\n') {
            place++;
        }
        line++;
        return new Row(first, fields);
    }

    private String field() throws Malformed {
        if (peek() == '"') {
            return quoted();
        }
        int start = place;
        while (!endsField(peek())) {
            if (peek() == '"') {
                throw new Malformed(line, "there is a quote in a field that does not begin with one; put the whole "
                    + "field in quotes, with no blank before, and write quotes in it twice (\"\")");
            }
            place++;
        }
        return text.substring(start, place);
    }

    private String quoted() throws Malformed {
        int first = line;
        StringBuilder field = new StringBuilder();
        place++;
        while (peek() != '"' || next() == '"') {
            if (peek() == END) {
                throw new Malformed(first, "a quoted field begins here and never ends; close its quotes");
            }
            if (peek() == '\n' || peek() == '\r' && next() != '\n') {
                line++;
            }
            place += peek() == '"' ? 1 : 0;
            field.append(text.charAt(place++));
        }
        place++;
        if (!endsField(peek())) {
            throw new Malformed(line, "there is text behind a quoted field; write quotes in a field twice (\"\")");
        }
        return field.toString();
    }

    private static boolean endsField(int character) {
        return character == ',' || character == '\r' || character == '\n' || character == END;
    }

    private int peek() {
        return place < text.length() ? text.charAt(place) : END;
    }

    private int next() {
        return place + 1 < text.length() ? text.charAt(place + 1) : END;
    }
}
