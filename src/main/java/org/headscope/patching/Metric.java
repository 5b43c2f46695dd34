package org.headscope.patching;

import java.util.Optional;
import org.headscope.model.Logits;

/** One number that a run's logits at the last position come to. */
public sealed interface Metric {

    /** The logit of a token. */
    record Logit(int token) implements Metric {
    }

    /** The logit of one token minus that of another: what moves all logits alike cancels. */
    record Difference(int of, int versus) implements Metric {
    }

    /** The natural logarithm of a token's probability. */
    record LogProb(int token) implements Metric {
    }

    /** A token's probability. */
    record Prob(int token) implements Metric {
    }

    /** The Kullback–Leibler divergence from the clean run's distribution, in nats: 0 for the clean run itself. */
    record Divergence() implements Metric {
    }

    /** The tokens whose logits are enough to know the metric; empty where the whole vocabulary counts. */
    default int[] columns() {
        if (this instanceof Logit logit) {
            return new int[] {logit.token()};
        }
        return this instanceof Difference difference ? new int[] {difference.of(), difference.versus()} : new int[0];
    }

    /**
     * Of the logits of {@link #columns}, or of all where these are empty.
     *
     * @param clean the clean run's logits; needed for a divergence only
     */
    default double of(float[] logits, Optional<Logits> clean) {
        if (this instanceof Logit) {
            return logits[0];
        }
        if (this instanceof Difference) {
            return (double) logits[0] - logits[1];
        }
        Logits all = new Logits(logits);
        if (this instanceof LogProb logProb) {
            return all.logProb(logProb.token());
        }
        return this instanceof Prob prob ? all.prob(prob.token())
            : clean.orElseThrow(() -> new ExperimentRefusal("A divergence is measured from a clean run; give a clean "
                + "prompt.")).divergenceOf(all);
    }

    /** Of a run whose logits are all there. */
    default double of(Logits logits, Optional<Logits> clean) {
        int[] columns = columns();
        float[] values = new float[columns.length == 0 ? logits.vocabulary() : columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = logits.logit(columns.length == 0 ? i : columns[i]);
        }
        return of(values, clean);
    }
}
