package org.headscope.patching;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.headscope.model.Cancellation;
import org.headscope.model.Hook;

/** A sweep of one pair of prompts, whatever its cells replace. What computes must be called on the inference thread. */
public sealed interface CellSweep permits Sweep, PathSweep {

    /** What the runs that it starts from must have kept. */
    Predicate<Hook> needs();

    /** Runs both prompts, keeping what this sweep needs. */
    Sweep.Base base(Cancellation cancellation);

    /**
     * Computes every cell, in batches for which the machine has memory.
     *
     * @param rows about how many rows go into a batch, at most; any number gives the same values up to rounding
     * @param firstLayer whose cells come first
     * @param progress told of the result so far before the first batch, when only those cells are done that change
     *     nothing, and after each
     * @throws java.util.concurrent.CancellationException if the flag was raised; what was done has been reported
     */
    SweepResult run(Sweep.Base base, int rows, int firstLayer, Consumer<SweepResult> progress,
                    Cancellation cancellation);

    /** The same, to be computed batch by batch. */
    SweepSteps steps(Sweep.Base base, int firstLayer);

    /** Computes every cell in batches of the usual size. */
    default SweepResult run(Cancellation cancellation) {
        return run(base(cancellation), Sweep.ROWS, 0, result -> { }, cancellation);
    }
}
