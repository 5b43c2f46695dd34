package org.headscope.tokens;

import org.headscope.refusal.Refusal;

/** A folder whose tokenizer files are missing, broken or of a kind that GPT-2 does not use. */
public final class TokenizerRefusal extends Refusal {

    private static final long serialVersionUID = 1L;

    TokenizerRefusal(String sentence) {
        super(sentence);
    }

    TokenizerRefusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
