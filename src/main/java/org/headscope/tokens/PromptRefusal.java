package org.headscope.tokens;

import org.headscope.refusal.Refusal;

/** A prompt that no model can run: no tokens at all, or an id that the vocabulary does not have. */
public final class PromptRefusal extends Refusal {

    private static final long serialVersionUID = 1L;

    PromptRefusal(String sentence) {
        super(sentence);
    }
}
