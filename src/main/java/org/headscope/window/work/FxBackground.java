package org.headscope.window.work;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Duration;
import org.headscope.model.Cancellation;
import org.headscope.model.Runtime;

/** The window's background: the inference thread of a runtime, and threads beside it that draw,
 * load and write. Those never compute with the engine. */
public final class FxBackground implements Background, AutoCloseable {

    private final Runtime runtime;
    private final Map<Lane, Activity> newest = new EnumMap<>(Lane.class);
    private final Map<Lane, PauseTransition> waiting = new EnumMap<>(Lane.class);
    private final ObservableList<Activity> activities = FXCollections.observableArrayList();
    private final Updates updates = new Updates();
    private final ExecutorService beside = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "headscope-background");
        thread.setDaemon(true);
        return thread;
    });

    public FxBackground(Runtime runtime) {
        this.runtime = runtime;
    }

    @Override
    public <T> void run(Lane lane, String what, Work<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        if (beside.isShutdown()) {
            // Asked for by a result that was on its way as the window was closed.
            return;
        }
        drop(lane);
        Activity activity = new Activity(lane, what);
        newest.put(lane, activity);
        activities.add(activity);
        Job job = new FxJob(activity);
        submit(lane, () -> {
            activity.cancellation().throwIfRequested();
            return work.run(job);
        }).whenComplete((result, error) -> Platform.runLater(() -> {
            // What the work has shown comes before what came of it.
            updates.make();
            activities.remove(activity);
            if (!newest.remove(lane, activity)) {
                return;
            }
            if (error == null) {
                done.accept(result);
            } else {
                failed.accept(error instanceof CompletionException && error.getCause() != null
                    ? error.getCause() : error);
            }
        }));
    }

    @Override
    public void drop(Lane lane) {
        Activity former = newest.remove(lane);
        if (former != null) {
            former.cancel();
        }
        if (waiting.containsKey(lane)) {
            waiting.get(lane).stop();
        }
    }

    private <T> CompletableFuture<T> submit(Lane lane, Callable<T> work) {
        if (lane.usesEngine()) {
            return runtime.submit(work);
        }
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }, beside);
    }

    @Override
    public void later(Lane lane, long millis, Runnable action) {
        PauseTransition pause = waiting.computeIfAbsent(lane, l -> new PauseTransition());
        pause.stop();
        pause.setDuration(Duration.millis(millis));
        pause.setOnFinished(event -> action.run());
        pause.play();
    }

    @Override
    public ObservableList<Activity> activities() {
        return activities;
    }

    /** Stops what is going on and takes no more. */
    @Override
    public void close() {
        newest.values().forEach(Activity::cancel);
        waiting.values().forEach(PauseTransition::stop);
        beside.shutdown();
    }

    private final class FxJob implements Job {

        private final Activity activity;
        /** Of these two one does not replace the other, since only the second tells a count. */
        private final Object share = new Object();
        private final Object parts = new Object();
        private final Object newestShown = new Object();

        FxJob(Activity activity) {
            this.activity = activity;
        }

        @Override
        public Cancellation cancellation() {
            return activity.cancellation();
        }

        @Override
        public void progress(double share) {
            updates.ask(this.share, () -> activity.setProgress(share));
        }

        @Override
        public void progress(int done, int of) {
            updates.ask(parts, () -> activity.setProgress(done, of));
        }

        @Override
        public void show(Runnable update) {
            ask(new Object(), update);
        }

        @Override
        public void showNewest(Runnable update) {
            ask(newestShown, update);
        }

        private void ask(Object kind, Runnable update) {
            updates.ask(kind, () -> {
                if (newest.get(activity.lane()) == activity && !activity.cancellation().isRequested()) {
                    update.run();
                }
            });
        }
    }
}
