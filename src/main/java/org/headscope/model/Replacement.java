package org.headscope.model;

import org.headscope.weights.Tensor;

/** What stands at a {@link Site} instead of the run's own values. */
public sealed interface Replacement {

    /** The values that another run had at the same place. */
    record FromRun(ActivationCache run) implements Replacement {
    }

    /** Values of the whole activation's shape, of which the site's part is taken. */
    record Values(Tensor activation) implements Replacement {
    }

    /** One number everywhere; 0 is zero ablation. */
    record Constant(float value) implements Replacement {
    }

    /** The mean over all positions of the prompt, for each head and component: mean ablation. */
    record Mean() implements Replacement {
    }

    /** The run's own values times a factor. */
    record Scale(float factor) implements Replacement {
    }

    /** Attention by a rule; of patterns only. */
    record Fixed(FixedAttention attention) implements Replacement {
    }

    /**
     * A part of the way from the run's own values to another replacement: (1 − strength)·own + strength·other, in
     * single precision.
     *
     * @param strength 0 for the own values, 1 for the other ones; more goes beyond them, less than 0 away from them
     */
    record Blend(Replacement other, float strength) implements Replacement {
    }

    /** Whether what is put in depends on positions outside the site. */
    default boolean readsAllPositions() {
        return this instanceof Mean || this instanceof Blend blend && blend.other().readsAllPositions();
    }

    /** Whether it can be put in at patterns only. */
    default boolean isOfPatterns() {
        return this instanceof Fixed || this instanceof Blend blend && blend.other().isOfPatterns();
    }
}
