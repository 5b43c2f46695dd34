package org.headscope.model;

import java.util.concurrent.CancellationException;

/** A flag by which any thread asks a run to stop; the run looks at it between layers and between batches. */
public final class Cancellation {

    private volatile boolean requested;

    public void request() {
        requested = true;
    }

    public boolean isRequested() {
        return requested;
    }

    /**
     * Called by the work itself.
     *
     * @throws CancellationException if somebody asked for it
     */
    public void throwIfRequested() {
        if (requested) {
            throw new CancellationException("cancelled");
        }
    }
}
