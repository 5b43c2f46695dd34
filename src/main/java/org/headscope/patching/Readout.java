package org.headscope.patching;

import java.util.Optional;
import java.util.OptionalDouble;
import org.headscope.model.Logits;

/**
 * What one token's logit, probability and rank are at the last position of each run.
 *
 * @param id the token
 * @param clean empty where there is no clean prompt
 * @param patched empty where nothing is patched
 */
public record Readout(int id, Optional<Value> clean, Value corrupt, Optional<Value> patched) {

    /** Clean and corrupt closer than this make a share of their difference meaningless. */
    public static final double SMALLEST_GAP = 0.1;

    /** @param rank 0 for the most likely token */
    public record Value(float logit, double prob, int rank) {

        static Value of(Logits logits, int id) {
            return new Value(logits.logit(id), logits.prob(id), logits.rank(id));
        }
    }

    public static Readout of(int id, Optional<Logits> clean, Logits corrupt, Optional<Logits> patched) {
        return new Readout(id, clean.map(logits -> Value.of(logits, id)), Value.of(corrupt, id),
            patched.map(logits -> Value.of(logits, id)));
    }

    /** Patched minus corrupt logit. */
    public OptionalDouble change() {
        return patched.isEmpty() ? OptionalDouble.empty()
            : OptionalDouble.of((double) patched.get().logit() - corrupt.logit());
    }

    /**
     * (patched − corrupt) / (clean − corrupt) of the logits, TransformerLens's normalisation: 0 where the patch does
     * nothing, 1 where it restores the clean run. Empty where a run is missing or clean and corrupt are equal.
     */
    public OptionalDouble recovered() {
        if (gap() == 0 || change().isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(change().getAsDouble() / gap());
    }

    /** Whether the clean and the corrupt logit lie far enough apart for {@link #recovered} to mean something. */
    public boolean isRecoveredMeaningful() {
        return Math.abs(gap()) >= SMALLEST_GAP;
    }

    private double gap() {
        return clean.map(value -> (double) value.logit() - corrupt.logit()).orElse(0.0);
    }
}
