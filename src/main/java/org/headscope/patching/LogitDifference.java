package org.headscope.patching;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The difference of two tokens' logits in each run: the usual metric, since a constant that moves all logits cancels.
 *
 * @param of the token that the clean run should favour
 * @param versus the token that the corrupt run should favour
 */
public record LogitDifference(Readout of, Readout versus) {

    public OptionalDouble clean() {
        return difference(of.clean(), versus.clean());
    }

    public double corrupt() {
        return (double) of.corrupt().logit() - versus.corrupt().logit();
    }

    public OptionalDouble patched() {
        return difference(of.patched(), versus.patched());
    }

    /** (patched − corrupt) / (clean − corrupt); empty where a run is missing or the two are equal. */
    public OptionalDouble recovered() {
        if (clean().isEmpty() || patched().isEmpty() || clean().getAsDouble() == corrupt()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((patched().getAsDouble() - corrupt()) / (clean().getAsDouble() - corrupt()));
    }

    /** Whether clean and corrupt lie far enough apart for {@link #recovered} to mean something. */
    public boolean isRecoveredMeaningful() {
        return clean().isPresent() && Math.abs(clean().getAsDouble() - corrupt()) >= Readout.SMALLEST_GAP;
    }

    private static OptionalDouble difference(Optional<Readout.Value> of, Optional<Readout.Value> versus) {
        return of.isEmpty() || versus.isEmpty() ? OptionalDouble.empty()
            : OptionalDouble.of((double) of.get().logit() - versus.get().logit());
    }
}
