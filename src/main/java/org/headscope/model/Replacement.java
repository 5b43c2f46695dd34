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
}
