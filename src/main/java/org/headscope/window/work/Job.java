package org.headscope.window.work;

import org.headscope.model.Cancellation;

/** What a piece of background work knows of its own request. */
public interface Job {

    /** Raised when a newer request replaces this one, or a person cancels it. */
    Cancellation cancellation();

    /** Says how far the work is, 0 to 1. May be called from the working thread. */
    void progress(double share);

    /** Says how many of how many parts are done. May be called from the working thread. */
    void progress(int done, int of);

    /** Runs something on the FX thread with the next pulse, unless this request has been replaced by then. */
    void show(Runnable update);

    /** The same of what holds all that was shown before: one that has not been run yet gives way to a newer one. */
    void showNewest(Runnable update);
}
