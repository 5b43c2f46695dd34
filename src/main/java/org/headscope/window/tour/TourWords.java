package org.headscope.window.tour;

import java.util.Locale;
import java.util.Optional;
import org.headscope.model.Head;
import org.headscope.model.Logits.Candidate;
import org.headscope.patching.Readout;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;
import org.headscope.weights.Tensor;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.control.Numerals;
import org.headscope.window.sweep.HeadRanking;

/** What the tour says of the model that is open, from its own numbers. */
final class TourWords {

    private static final String RUNNING = "The model is still running the prompts.";

    private final Workbench workbench;

    TourWords(Workbench workbench) {
        this.workbench = workbench;
    }

    String of(TourStep step, Optional<Head> guess, Optional<HeadRanking> ranking) {
        return switch (step) {
            case PROMPTS -> "In the clean prompt a name comes back: Tom … Tom. In the corrupt one another name stands "
                + "there, so nothing comes back. All else is the same, token by token.";
            case PREDICTIONS -> workbench.finishedProperty().get().map(this::predictions).orElse(RUNNING);
            case GUESS -> "Some head must have found what followed the first “Tom”. Point at heads to see where "
                + "they look, then click the one that you think it is. Arrow keys and Enter do the same.";
            case LOOK -> guess.map(this::look).orElse("You made no guess; go back to make one, or on to the test.");
            case SWEEP -> "Press S, or this button. Every head in turn is given its output from the clean run while "
                + "all else runs on the corrupt prompt. What brings the clean answer back carries it.";
            case RESULT -> ranking.map(found -> result(found, guess)).orElse("Sweep first: go back and press S.");
            case REASON -> ranking.map(found -> reason(found.best().head())).orElse("Sweep first: go back twice.");
            case END -> "You looked, guessed, patched and checked. Keep this to go on from here, or put everything "
                + "back as it was before. The book beside the corrupt prompt holds more examples.";
        };
    }

    private String predictions(Finished runs) {
        Candidate clean = runs.cleanLogits().top(1).get(0);
        String corrupt = runs.corruptLogits().map(logits -> logits.top(1).get(0)).map(top ->
            " After the corrupt one it expects %s (%s).".formatted(label(runs, top), Numerals.probability(top.prob())))
            .orElse("");
        return "After the clean prompt the model expects %s (%s).%s The readout follows both tokens from here on."
            .formatted(label(runs, clean), Numerals.probability(clean.prob()), corrupt);
    }

    private static String label(Finished runs, Candidate candidate) {
        return "“" + runs.model().tokenizer().token(candidate.id()).label() + "”";
    }

    // ---- where a head looks ----

    private String look(Head head) {
        return strongest(head).map(at -> (at.key() == 0
            ? "You chose %s. From the last token it looks mostly at “%s” (%s), the first one, where heads rest that "
                + "have nothing to say."
            : "You chose %s. From the last token, the lowest row, it looks mostly at “%s” (%s).")
            .formatted(head, at.label(), at.weight()) + " Whether that matters, only a test can tell.")
            .orElse(RUNNING);
    }

    private String reason(Head best) {
        String looks = strongest(best).map(at -> "From the last token %s looks mostly at “%s” (%s)%s. ".formatted(
            best, at.label(), at.weight(), at.follows() ? ", the token that followed the same name before: an "
                + "induction head" : "")).orElse("");
        return looks + patched();
    }

    private String patched() {
        Optional<Readout> first = workbench.readoutsProperty().get().stream().findFirst()
            .filter(readout -> readout.patched().isPresent());
        return first.map(readout -> "It is staged: with its output alone, “%s” goes from %s to %s in the corrupt run."
            .formatted(workbench.tokenizer().orElseThrow().token(readout.id()).label(),
                Numerals.probability(readout.corrupt().prob()),
                Numerals.probability(readout.patched().get().prob())))
            .orElse("Press P to stage it; the readout then shows the patched run.");
    }

    /**
     * The key that a head attends to most from the last token.
     *
     * @param follows whether it comes after a token that reads like the last one
     */
    private record Strongest(int key, String label, String weight, boolean follows) { }

    private Optional<Strongest> strongest(Head head) {
        return workbench.pairProperty().get().flatMap(pair -> pair.clean(head)
            .map(pattern -> strongest(pair.clean(), pattern)));
    }

    private static Strongest strongest(Prompt prompt, Tensor pattern) {
        int last = prompt.size() - 1;
        int key = 0;
        for (int i = 1; i <= last; i++) {
            key = pattern.get(last, i) > pattern.get(last, key) ? i : key;
        }
        int[] alike = prompt.idsOfAlike();
        Token token = prompt.tokens().get(key);
        return new Strongest(key, prompt.label(token), String.format(Locale.ROOT, "%.2f", pattern.get(last, key)),
            key > 0 && key < last && alike[key - 1] == alike[last]);
    }

    // ---- how good it was ----

    private static String result(HeadRanking ranking, Optional<Head> guess) {
        HeadRanking.Share best = ranking.best();
        if (!ranking.meaningful()) {
            return "On this model the two runs are too close to tell what a head recovers. Another model shows more.";
        }
        String look = " Click %s in this map to look at it and to stage it.".formatted(best.head());
        if (guess.isEmpty()) {
            return "%s recovers most of the difference, %s.".formatted(best.head(), share(best)) + look;
        }
        int rank = ranking.rank(guess.get());
        return (rank == 1 ? "You found it: %s recovers %s, more than any other.".formatted(best.head(), share(best))
            : "Your head %s recovers %s, number %d of %d. %s recovers most, %s.".formatted(guess.get(),
                share(ranking.of(guess.get())), rank, ranking.shares().size(), best.head(), share(best))) + look;
    }

    private static String share(HeadRanking.Share share) {
        return (Math.round(100 * share.recovered()) + " %").replace('-', '−');
    }
}
