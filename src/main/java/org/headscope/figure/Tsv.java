package org.headscope.figure;

import java.io.IOException;
import java.util.stream.Collectors;
import org.headscope.refusal.Refusal;

/** Tables as tab-separated text, for the clipboard. */
public final class Tsv {

    /** Clipboards and spreadsheets choke on more. */
    private static final int MOST_CHARACTERS = 50_000_000;

    private Tsv() {
    }

    /**
     * The whole table.
     *
     * @throws Refusal if it is too large for a clipboard
     */
    public static String text(Table table) {
        StringBuilder text = new StringBuilder();
        try {
            table.writeTo(row -> {
                text.append(row.stream().map(Tsv::field).collect(Collectors.joining("\t", "", "\n")));
                if (text.length() > MOST_CHARACTERS) {
                    throw new Refusal("This table is too large for the clipboard; export it as CSV.");
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("Memory refused a row", e);
        }
        return text.toString();
    }

    private static String field(String field) {
        return field.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
    }
}
