package org.headscope.analysis;

import org.headscope.refusal.Refusal;

/** Why something cannot be measured on these tokens. */
public final class AnalysisRefusal extends Refusal {

    public AnalysisRefusal(String sentence) {
        super(sentence);
    }
}
