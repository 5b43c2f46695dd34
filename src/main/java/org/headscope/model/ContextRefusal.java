package org.headscope.model;

import org.headscope.refusal.Refusal;

/** Why a model cannot read a prompt: it is too long, or its ids lie outside the embedding. */
public final class ContextRefusal extends Refusal {

    public ContextRefusal(String sentence) {
        super(sentence);
    }
}
