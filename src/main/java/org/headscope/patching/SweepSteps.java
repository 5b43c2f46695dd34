package org.headscope.patching;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.headscope.model.Cancellation;

/**
 * A sweep of one pair that is computed batch by batch, whenever it is asked to, so that other work of the inference
 * thread can come between two batches. One thread at a time may use it.
 */
public final class SweepSteps {

    private final CellRun run;
    private final Iterator<List<Integer>> batches;

    SweepSteps(CellRun run, List<List<Integer>> batches) {
        this.run = run;
        this.batches = batches.iterator();
    }

    /** What there is so far. */
    public SweepResult result() {
        return run.result();
    }

    /**
     * Where numbers first become too large for single precision in the first of the cells so far that came to no
     * number; runs that cell once more. Must be called on the inference thread.
     *
     * @return the name of an activation, or {@code logits}; empty where every cell is a number
     */
    public Optional<String> overflow(Cancellation cancellation) {
        return run.overflow(cancellation);
    }

    /** Whether there are cells left. */
    public boolean hasNext() {
        return batches.hasNext();
    }

    /**
     * Computes the next batch. Must be called on the inference thread.
     *
     * @throws java.util.concurrent.CancellationException if the flag was raised; what was done before stays
     */
    public void next(Cancellation cancellation) {
        cancellation.throwIfRequested();
        run.compute(batches.next(), cancellation);
    }
}
