package org.headscope.weights;

import org.headscope.refusal.Refusal;

/** Why a model folder cannot be loaded. */
public final class ModelRefusal extends Refusal {

    public ModelRefusal(String sentence) {
        super(sentence);
    }

    public ModelRefusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
