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

    /** Runs something on the FX thread, unless this request has been replaced by then. */
    void show(Runnable update);
}
