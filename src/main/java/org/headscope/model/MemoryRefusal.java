package org.headscope.model;

import org.headscope.refusal.Refusal;

/** Why a model or a run is too large for the memory that may be used. */
public final class MemoryRefusal extends Refusal {

    public MemoryRefusal(String sentence) {
        super(sentence);
    }
}
