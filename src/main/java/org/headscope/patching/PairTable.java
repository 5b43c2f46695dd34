package org.headscope.patching;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;

/**
 * A file of pairs as it was read: those that are of use, and what is wrong with the others.
 *
 * @param name of the file
 * @param rows at least one
 */
public record PairTable(String name, List<Row> rows) {

    public PairTable {
        rows = List.copyOf(rows);
    }

    /**
     * One row.
     *
     * @param line where it begins in the file, from 1
     * @param texts of the clean and the corrupt prompt, the answer and the wrong token; empty where there is none
     * @param pair empty where the row is of no use
     * @param problem why it is not, in one sentence
     */
    public record Row(int line, List<String> texts, Optional<PairSet.Pair> pair, String problem) {

        public Row {
            texts = List.copyOf(texts);
        }
    }

    /**
     * Reads what {@link PairSet#read} reads, but goes on after a row that is of no use.
     *
     * @throws Refusal if the file cannot be read, holds no pairs, or a quote in it leaves open where its rows end
     */
    public static PairTable read(Path file, Function<String, Prompt> prompt, ToIntFunction<String> token) {
        String name = String.valueOf(file.getFileName());
        try {
            return PairSet.table(name, CsvRows.of(Files.readString(file)), prompt, token);
        } catch (CsvRows.Malformed e) {
            throw PairSet.refusal(name, e.line(), e.getMessage() + ".", e);
        } catch (CharacterCodingException e) {
            throw new ExperimentRefusal("%s is no text in UTF-8; save it as that.".formatted(file));
        } catch (IOException e) {
            throw new ExperimentRefusal("%s cannot be read; name a CSV file with the columns clean and corrupt."
                .formatted(file));
        }
    }

    /** @throws Refusal naming the first line that is wrong, and how */
    PairSet whole() {
        rows.stream().filter(row -> row.pair().isEmpty()).findFirst().ifPresent(row -> {
            throw PairSet.refusal(name, row.line(), row.problem(), null);
        });
        return new PairSet(name, rows.stream().map(row -> row.pair().orElseThrow()).toList());
    }
}
