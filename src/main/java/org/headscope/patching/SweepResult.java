package org.headscope.patching;

import java.util.BitSet;
import java.util.OptionalDouble;

/**
 * The metric of every cell of a sweep, as far as it has been computed.
 *
 * @param values the metric itself, in row order of {@code shape}; NaN where it has not been computed
 * @param done which cells have been computed
 * @param impossible which cells stand for nothing that could be computed, such as a path to an earlier layer
 * @param identical which cells change nothing, since nothing before them differs between the prompts; they are done
 * @param clean the clean run's metric; empty where there is no clean prompt
 * @param corrupt the corrupt run's metric, which a cell has that changes nothing
 * @param worked the share of the computing that is done, 0 to 1; cells take the longer the more layers and positions
 *     can change
 */
public record SweepResult(int[] shape, double[] values, BitSet done, BitSet impossible, BitSet identical,
                          OptionalDouble clean, double corrupt, double worked) {

    /** Of a sweep whose every cell can be computed and takes as long. */
    public SweepResult(int[] shape, double[] values, BitSet done, OptionalDouble clean, double corrupt) {
        this(shape, values, done, new BitSet(), new BitSet(), clean, corrupt,
            (double) done.cardinality() / values.length);
    }

    /** All places of the map, those included that stand for nothing. */
    public int cells() {
        return values.length;
    }

    /** How many cells there are to compute. */
    public int possible() {
        return values.length - impossible.cardinality();
    }

    public boolean isComplete() {
        return done.cardinality() == possible();
    }

    /** The metric at one index an axis. */
    public double get(int... index) {
        int flat = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            flat = flat * shape[axis] + index[axis];
        }
        return values[flat];
    }

    /**
     * (value − corrupt) / (clean − corrupt): TransformerLens's normalisation. NaN where clean and corrupt are equal.
     */
    public double recovered(double value) {
        return clean.isEmpty() || clean.getAsDouble() == corrupt ? Double.NaN
            : (value - corrupt) / (clean.getAsDouble() - corrupt);
    }

    /** Whether clean and corrupt lie far enough apart for {@link #recovered} to mean something. */
    public boolean isRecoveredMeaningful() {
        return clean.isPresent() && Math.abs(clean.getAsDouble() - corrupt) >= Readout.SMALLEST_GAP;
    }
}
