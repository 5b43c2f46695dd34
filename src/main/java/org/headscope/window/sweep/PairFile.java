package org.headscope.window.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.headscope.patching.PairSet;
import org.headscope.patching.PairSweep;
import org.headscope.patching.PairTable;
import org.headscope.patching.SweepKind;
import org.headscope.refusal.Refusal;
import org.headscope.session.OpenModel;

/**
 * A file of pairs that is open.
 *
 * @param model whose tokens they are
 */
record PairFile(Path file, PairTable table, OpenModel model) {

    /** What a row is worth in a sweep; a problem is one sentence, empty where there is none. */
    record Checked(PairTable.Row row, String problem) {

        /** Text of the clean prompt, the corrupt one, the answer or the wrong token. */
        String text(int column) {
            return row.texts().get(column);
        }

        boolean isUsable() {
            return problem.isEmpty();
        }
    }

    /**
     * Reads a file. May be called off the FX thread.
     *
     * @throws Refusal if it is no table of pairs
     */
    static PairFile read(Path file, OpenModel model, boolean bos) {
        return new PairFile(file, PairTable.read(file, text -> model.tokenizer().prompt(text, bos),
            model.tokenizer()::single), model);
    }

    /** Whether a row at least names an answer, or the wrong one too. */
    boolean hasAnswers(int count) {
        return table.rows().stream().flatMap(row -> row.pair().stream()).anyMatch(pair -> pair.answer().isPresent()
            && (count == 1 || pair.wrong().isPresent()));
    }

    /** All rows, and what keeps each from being swept. */
    List<Checked> check(SweepRequest request) {
        List<Checked> checked = new ArrayList<>();
        OptionalInt tokens = OptionalInt.empty();
        for (PairTable.Row row : table.rows()) {
            String problem = row.problem();
            if (row.pair().isPresent()) {
                problem = problem(row.pair().get(), request, tokens);
                if (problem.isEmpty() && tokens.isEmpty()) {
                    tokens = OptionalInt.of(row.pair().get().corrupt().size());
                }
            }
            checked.add(new Checked(row, problem));
        }
        return checked;
    }

    private String problem(PairSet.Pair pair, SweepRequest request, OptionalInt tokens) {
        int limit = model.folder().config().positions();
        int longest = Math.max(pair.clean().size(), pair.corrupt().size());
        if (longest > limit) {
            return "%,d tokens, but this model reads at most %,d; shorten the prompt.".formatted(longest, limit);
        }
        try {
            request.sweeps(pair);
            for (SweepKind kind : request.swept().kinds()) {
                PairSweep.checkPositions(kind, pair, tokens.orElse(pair.corrupt().size()));
            }
            return "";
        } catch (Refusal e) {
            return e.getMessage();
        }
    }

    /** The pairs that are swept, in their order. */
    List<PairSet.Pair> usable(SweepRequest request) {
        return check(request).stream().filter(Checked::isUsable).map(checked -> checked.row().pair().orElseThrow())
            .toList();
    }
}
