package org.headscope.window.detect;

import java.util.Optional;
import org.headscope.analysis.HeadDetector;

/** What heads are scored by. */
public enum ScoreKind {
    BEST("What each is best at", "", "Induction, previous or duplicate token on repeated random tokens, else first or same "
        + "token on this prompt, where that is 0.4 or more"),
    RANDOM_INDUCTION("Induction, random tokens", "ind", "Attention to the token after the same one, on repeated random "
        + "tokens"),
    RANDOM_PREVIOUS("Previous token, random tokens", "prev", "Attention to the token before, on repeated random tokens"),
    RANDOM_DUPLICATE("Duplicate token, random tokens", "dup", "Attention to the same token, on repeated random tokens"),
    INDUCTION("Induction", "ind", "What came after earlier occurrences of the same token, on this prompt"),
    PREVIOUS("Previous token", "prev", "The token before, on this prompt"),
    DUPLICATE("Duplicate token", "dup", "Earlier occurrences of the same token, on this prompt"),
    FIRST("First token", "first", "The first token, where heads rest that have nothing to do, on this prompt"),
    SELF("Same token", "self", "The token itself, on this prompt"),
    ENTROPY("Entropy", "ent", "How widely attention is spread: mean entropy of the rows, in nats, on this prompt"),
    CHANGE("Change, clean to corrupt", "chg", "Total variation between the two runs' rows, mean over the queries"),
    DRAWN("As drawn below", "drawn", "Attention to the places that are drawn below, on this prompt");

    private final String label;
    private final String brief;
    private final String meaning;

    ScoreKind(String label, String brief, String meaning) {
        this.label = label;
        this.brief = brief;
        this.meaning = meaning;
    }

    /** The words for a person. */
    public String label() {
        return label;
    }

    /** The word on a thumbnail. */
    public String brief() {
        return brief;
    }

    /** What the score is, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** The detector that gives it on the prompt; empty where it is none of those. */
    Optional<HeadDetector> detector() {
        return switch (this) {
            case INDUCTION -> Optional.of(HeadDetector.INDUCTION);
            case PREVIOUS -> Optional.of(HeadDetector.PREVIOUS);
            case DUPLICATE -> Optional.of(HeadDetector.DUPLICATE);
            case FIRST -> Optional.of(HeadDetector.FIRST);
            case SELF -> Optional.of(HeadDetector.SELF);
            default -> Optional.empty();
        };
    }

    /** Whether the detectors' measure and exclusions change it. */
    boolean isMeasured() {
        return this == DRAWN || detector().isPresent();
    }

    @Override
    public String toString() {
        return label;
    }
}
