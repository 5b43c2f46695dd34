package org.headscope.window.work;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import org.headscope.model.Cancellation;

/** One piece of background work as a person sees it. Belongs to the FX thread. */
public final class Activity {

    /** The progress of work that cannot say how far it is. */
    public static final double UNKNOWN = -1;

    private final Lane lane;
    private final String what;
    private final long started = System.nanoTime();
    private final Cancellation cancellation = new Cancellation();
    private String count = "";
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(UNKNOWN);

    public Activity(Lane lane, String what) {
        this.lane = lane;
        this.what = what;
    }

    public Lane lane() {
        return lane;
    }

    public String what() {
        return what;
    }

    /** Since it was asked for. */
    public double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** Asks the work to stop; it does so at its next look at the flag. */
    public void cancel() {
        cancellation.request();
    }

    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** Such as "57 of 144"; empty for work that does not come in parts. */
    public String count() {
        return count;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    void setProgress(double share) {
        progress.set(share);
    }

    void setProgress(int done, int of) {
        count = "%,d of %,d".formatted(done, of);
        progress.set((double) done / of);
    }
}
