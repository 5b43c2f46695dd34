package org.headscope.window.work;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javafx.collections.ObservableList;
import org.headscope.model.Cancellation;

/** A real background whose work can be made to stand still, half-way, until somebody cancels it, or to fail there. */
public final class GatedBackground implements Background {

    private static final long A_MOMENT = 1_000_000;

    private final Background background;
    private final Set<Lane> waiting = EnumSet.noneOf(Lane.class);
    private volatile Lane held;
    private volatile Error failure;
    private volatile int reports;

    public GatedBackground(Background background) {
        this.background = background;
    }

    /** Stops the next work of a lane once it has shown something for the given time. */
    public void holdAfter(int numberOfReports, Lane lane) {
        reports = numberOfReports;
        held = lane;
    }

    /** Has the next work of a lane fail once it has shown something for the given time. */
    public void failAfter(int numberOfReports, Lane lane, Error error) {
        failure = error;
        holdAfter(numberOfReports, lane);
    }

    /** Whether nothing is being done or about to be done after a pause. Belongs to the FX thread. */
    public boolean isIdle() {
        return waiting.isEmpty() && activities().isEmpty();
    }

    @Override
    public <T> void run(Lane lane, String what, Work<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        waiting.remove(lane);
        if (lane == held) {
            held = null;
            background.run(lane, what, job -> work.run(new GatedJob(job)), done, failed);
        } else {
            background.run(lane, what, work, done, failed);
        }
    }

    @Override
    public void drop(Lane lane) {
        waiting.remove(lane);
        background.drop(lane);
    }

    @Override
    public void later(Lane lane, long millis, Runnable action) {
        waiting.add(lane);
        background.later(lane, millis, () -> {
            waiting.remove(lane);
            action.run();
        });
    }

    @Override
    public ObservableList<Activity> activities() {
        return background.activities();
    }

    private final class GatedJob implements Job {

        private final Job job;
        private int shown;

        GatedJob(Job job) {
            this.job = job;
        }

        @Override
        public Cancellation cancellation() {
            return job.cancellation();
        }

        @Override
        public void progress(double share) {
            job.progress(share);
        }

        @Override
        public void progress(int done, int of) {
            job.progress(done, of);
        }

        @Override
        public void show(Runnable update) {
            job.show(update);
            count();
        }

        @Override
        public void showNewest(Runnable update) {
            job.showNewest(update);
            count();
        }

        private void count() {
            shown++;
            Error error = failure;
            if (shown == reports && error != null) {
                failure = null;
                throw error;
            }
            while (shown == reports && !cancellation().isRequested()) {
                LockSupport.parkNanos(A_MOMENT);
            }
        }
    }
}
