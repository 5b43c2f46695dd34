package org.headscope.model;

import org.headscope.refusal.Refusal;

/** Why a hook point, layer, head or position cannot be used; the sentence lists what there is. */
public final class SiteRefusal extends Refusal {

    public SiteRefusal(String sentence) {
        super(sentence);
    }
}
