package org.headscope.weights.hub;

import org.headscope.refusal.Refusal;

/** Why a model cannot be found, fetched or removed. */
public final class HubRefusal extends Refusal {

    public HubRefusal(String sentence) {
        super(sentence);
    }

    public HubRefusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
