package org.headscope.model;

import java.util.Locale;
import org.headscope.weights.Tensor;

/**
 * How far logits in single precision are from those in double precision, at the place where they are furthest apart.
 *
 * @param position of the prompt
 * @param id of the token
 * @param allowed what rounding explains
 */
public record Accuracy(double difference, int position, int id, double allowed) {

    /** Of the largest logit. Rounding gives 1e-6 or so; a wrong kernel is off by far more. */
    private static final double ALLOWED = 2e-5;

    /**
     * Runs a prompt in both, on the inference thread.
     *
     * @param single judged by the other
     * @param precise the same model in double precision
     */
    public static Accuracy measure(Gpt2 single, Gpt2 precise, int[] ids) {
        return of(single.run(ids, RunOptions.plain()).output(), precise.run(ids, RunOptions.plain()).output());
    }

    static Accuracy of(Tensor single, Tensor precise) {
        int vocabulary = single.extent(2);
        int worst = 0;
        // Nothing is worse than a NaN, and nothing would be found to be worse than it.
        for (int i = 1; i < single.size() && !Double.isNaN(difference(single, precise, worst)); i++) {
            if (!(difference(single, precise, i) <= difference(single, precise, worst))) {
                worst = i;
            }
        }
        return new Accuracy(difference(single, precise, worst), worst / vocabulary, worst % vocabulary,
            ALLOWED * Math.max(1, precise.maxAbs()));
    }

    private static double difference(Tensor single, Tensor precise, int place) {
        return Math.abs((double) single.at(place) - precise.at(place));
    }

    /** Whether it is rounding. */
    public boolean isFine() {
        return difference <= allowed;
    }

    /** The difference and where it is. */
    public String sentence() {
        return String.format(Locale.ROOT, "largest difference of a logit %.2g, of token #%d at position %d; up to %.2g "
            + "is rounding", difference, id, position, allowed);
    }
}
