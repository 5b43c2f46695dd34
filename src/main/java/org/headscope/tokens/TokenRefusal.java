package org.headscope.tokens;

import java.util.List;
import org.headscope.refusal.Refusal;

/** Something that was to name one token and does not: text of several tokens, or an id that does not exist. */
public final class TokenRefusal extends Refusal {

    private static final long serialVersionUID = 1L;

    /** Not part of the serial form: a refusal is shown, never stored. */
    private final transient List<Token> pieces;

    TokenRefusal(String sentence, List<Token> pieces) {
        super(sentence);
        this.pieces = List.copyOf(pieces);
    }

    /** The tokens that the text splits into, so that a window can offer the first; empty if the text was an id. */
    public List<Token> pieces() {
        return pieces == null ? List.of() : pieces;
    }
}
