package org.headscope.window.control;

import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;

/** The words of the window that a newcomer may not know, each explained once. */
public enum Term {
    HEAD("Head", "One of the parts of a layer that move information between tokens. L4H1 is head 1 of layer 4; both "
        + "are counted from zero."),
    PATTERN("Attention pattern", "How much each token (a row, the query) looks at each earlier one (a column, the "
        + "key). Every row adds up to 1."),
    BOS("BOS", "The token <|endoftext|>, put before a prompt as TransformerLens does. Heads that have nothing to say "
        + "rest on it."),
    CLEAN("Clean run", "The prompt in which the model does what is studied."),
    CORRUPT("Corrupt run", "A prompt as like the clean one as possible, in which the model does not do it."),
    PATCHED("Patched run", "One of the two runs, in which what is staged was replaced while all else goes on from "
        + "there."),
    Z("z", "What a head has read from the tokens that it looks at, before its output matrix (hook_z)."),
    LOGIT("Logit", "What the model gives a token before all of them become probabilities. With TransformerLens's "
        + "processing the mean over the vocabulary is 0."),
    PROBABILITY("Probability", "How likely the model holds this token to be the next one."),
    RANK("Rank", "How many tokens are likelier: 0 is the likeliest."),
    DIFFERENCE("Logit difference", "The logit of the first watched token minus that of the second. What moves all "
        + "logits alike cancels."),
    RECOVERED("Recovered", "(patched − corrupt) / (clean − corrupt): how much of the way from the corrupt run to the "
        + "clean one a patch goes. 100 % is all of it."),
    LOST("Lost", "(clean − patched) / (clean − corrupt): how much of the way from the clean run to the corrupt one a "
        + "patch goes. 100 % is all of it."),
    INDUCTION("Induction", "A head that looks at the token after the last time that the present one stood there. Its "
        + "score is the mean attention to that place on repeated random tokens."),
    PREVIOUS("Previous token", "A head that looks at the token just before. Its score is the mean attention to it."),
    DUPLICATE("Duplicate token", "A head that looks at an earlier place of the present token. Its score is the mean "
        + "attention to that place on repeated random tokens.");

    private static final double WIDTH = 320;
    private static final Duration PAUSE = Duration.millis(400);

    private final String word;
    private final String meaning;

    Term(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** As it is headed in a glossary. */
    public String word() {
        return word;
    }

    public String meaning() {
        return meaning;
    }

    /** The term that is headed so; empty for a word that needs no explanation. */
    public static Optional<Term> of(String word) {
        return Stream.of(values()).filter(term -> term.word.equals(word)).findFirst();
    }

    /** Explains the term where it stands: on a card under the pointer, and to screen readers. */
    public <T extends Control> T on(T place) {
        return on(place, "");
    }

    /** @param more what is said of it there besides; empty for nothing */
    public <T extends Control> T on(T place, String more) {
        Tips.on(place, () -> card(more));
        place.setAccessibleHelp(meaning);
        return place;
    }

    private Tooltip card(String more) {
        Tooltip card = new Tooltip(word + "\n" + meaning + (more.isEmpty() ? "" : "\n" + more));
        card.setWrapText(true);
        card.setMaxWidth(WIDTH);
        card.setShowDelay(PAUSE);
        // As long as the pointer stays: it is more than a name.
        card.setShowDuration(Duration.INDEFINITE);
        return card;
    }
}
