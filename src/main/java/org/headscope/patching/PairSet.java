package org.headscope.patching;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;

/**
 * Pairs of a clean and a corrupt prompt, and of each the tokens that tell them apart.
 *
 * @param name of the file, for refusals
 * @param pairs at least one
 */
public record PairSet(String name, List<Pair> pairs) {

    private static final List<String> COLUMNS = List.of("clean", "corrupt", "answer", "wrong");

    public PairSet {
        pairs = List.copyOf(pairs);
    }

    /**
     * One row of the file.
     *
     * @param line where it begins in the file, from 1
     * @param answer the token that the clean run should favour
     * @param wrong the token that the corrupt run should favour
     */
    public record Pair(int line, Prompt clean, Prompt corrupt, OptionalInt answer, OptionalInt wrong) {
    }

    /**
     * Reads comma-separated values in UTF-8 (RFC 4180): the columns clean, corrupt and, where there are such, answer
     * and wrong. A first row with these names may put them in another order, and others among them, which are left
     * out. Blanks count, since they belong to tokens; empty lines do not.
     *
     * @param prompt makes a prompt of the text of a field
     * @param token finds the one token that the text of a field names
     * @throws Refusal naming the line that is wrong, and how
     */
    public static PairSet read(Path file, Function<String, Prompt> prompt, ToIntFunction<String> token) {
        return PairTable.read(file, prompt, token).whole();
    }

    static PairTable table(String name, List<CsvRows.Row> rows, Function<String, Prompt> prompt,
                           ToIntFunction<String> token) {
        return new Reader(name, prompt, token).read(rows);
    }

    /** What is wrong with one pair. */
    Refusal refusal(Pair pair, Refusal cause) {
        return refusal(name, pair.line(), cause.getMessage(), cause);
    }

    static Refusal refusal(String name, int line, String sentence, Exception cause) {
        return new Refusal("%s, line %d: %s".formatted(name, line, sentence), cause);
    }

    /** Turns rows into pairs. */
    private record Reader(String name, Function<String, Prompt> prompt, ToIntFunction<String> token) {

        PairTable read(List<CsvRows.Row> rows) {
            boolean named = !rows.isEmpty() && isHeader(rows.get(0));
            List<String> columns = named ? header(rows.get(0)) : COLUMNS;
            List<PairTable.Row> read = rows.subList(named ? 1 : 0, rows.size()).stream()
                .map(row -> row(row, columns)).toList();
            if (read.isEmpty()) {
                throw new ExperimentRefusal("%s holds no pairs; write a clean and a corrupt prompt on each line."
                    .formatted(name));
            }
            return new PairTable(name, read);
        }

        private PairTable.Row row(CsvRows.Row row, List<String> columns) {
            List<String> texts = IntStream.range(0, COLUMNS.size()).mapToObj(which -> field(row, columns, which))
                .toList();
            try {
                return new PairTable.Row(row.line(), texts, Optional.of(pair(row, columns)), "");
            } catch (Refusal e) {
                return new PairTable.Row(row.line(), texts, Optional.empty(), e.getMessage());
            }
        }

        private static boolean isHeader(CsvRows.Row row) {
            List<String> names = header(row);
            return names.contains(COLUMNS.get(0)) && names.contains(COLUMNS.get(1));
        }

        private static List<String> header(CsvRows.Row row) {
            return row.fields().stream().map(field -> field.strip().toLowerCase(Locale.ROOT)).toList();
        }

        private Pair pair(CsvRows.Row row, List<String> columns) {
            if (row.fields().size() > columns.size()) {
                throw new ExperimentRefusal(("there are %d fields where %d are the most; put a prompt with a comma in "
                    + "quotes.").formatted(row.fields().size(), columns.size()));
            }
            return new Pair(row.line(), prompt(row, columns, 0), prompt(row, columns, 1), token(row, columns, 2),
                token(row, columns, 3));
        }

        private Prompt prompt(CsvRows.Row row, List<String> columns, int which) {
            String text = field(row, columns, which);
            if (text.isEmpty()) {
                throw new ExperimentRefusal("there is no %s prompt; write one.".formatted(COLUMNS.get(which)));
            }
            return prompt.apply(text);
        }

        private OptionalInt token(CsvRows.Row row, List<String> columns, int which) {
            String text = field(row, columns, which);
            return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(token.applyAsInt(text));
        }

        private static String field(CsvRows.Row row, List<String> columns, int which) {
            int place = columns.indexOf(COLUMNS.get(which));
            return place < 0 || place >= row.fields().size() ? "" : row.fields().get(place);
        }
    }
}
