package org.headscope.patching;

import org.headscope.refusal.Refusal;

/** Why two prompts cannot be patched into one another. */
public final class ExperimentRefusal extends Refusal {

    public ExperimentRefusal(String sentence) {
        super(sentence);
    }
}
