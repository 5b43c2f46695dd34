package org.headscope.window.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;

/**
 * A background for tests without a screen, by the rules of the real one: work is done before {@link #run} returns,
 * unless its lane is held. Pauses last until a test ends them.
 */
public final class TestBackground implements Background {

    private final ObservableList<Activity> activities = FXCollections.observableArrayList();
    private final Map<Lane, Activity> newest = new EnumMap<>(Lane.class);
    private final Map<Lane, Runnable> waiting = new EnumMap<>(Lane.class);
    private final Set<Lane> held = EnumSet.noneOf(Lane.class);
    private final Deque<Runnable> kept = new ArrayDeque<>();
    private final Map<Lane, Throwable> failing = new EnumMap<>(Lane.class);

    /** Keeps back what these lanes are given from now on. */
    public void hold(Lane... lanes) {
        held.addAll(List.of(lanes));
    }

    /** Has the next work of a lane do what it does and then come to nothing. */
    public void failNext(Lane lane, Throwable error) {
        failing.put(lane, error);
    }

    /** Does what was kept back, oldest first, and keeps nothing back any more. */
    public void release() {
        held.clear();
        while (!kept.isEmpty()) {
            kept.poll().run();
        }
    }

    /** Ends every pause. */
    public void endPauses() {
        List<Runnable> actions = List.copyOf(waiting.values());
        waiting.clear();
        actions.forEach(Runnable::run);
    }

    /** Asks the work that a lane is doing, or keeps back, to stop. */
    public void cancel(Lane lane) {
        newest.get(lane).cancel();
    }

    @Override
    public <T> void run(Lane lane, String what, Work<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        drop(lane);
        Activity activity = new Activity(lane, what);
        newest.put(lane, activity);
        activities.add(activity);
        if (held.contains(lane)) {
            kept.add(() -> perform(activity, work, done, failed));
        } else {
            perform(activity, work, done, failed);
        }
    }

    @Override
    public void drop(Lane lane) {
        Activity former = newest.remove(lane);
        if (former != null) {
            former.cancel();
        }
        waiting.remove(lane);
    }

    private <T> void perform(Activity activity, Work<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        Runnable answer;
        try {
            // The caller waits, so it is all as if done on one thread.
            T result = activity.lane().usesEngine() ? TestModels.RUNTIME.call(() -> begin(activity, work))
                : begin(activity, work);
            answer = () -> done.accept(result);
        } catch (Exception | Error e) {
            answer = () -> failed.accept(e);
        }
        activities.remove(activity);
        if (newest.remove(activity.lane(), activity)) {
            answer.run();
        }
    }

    private <T> T begin(Activity activity, Work<T> work) throws Exception {
        activity.cancellation().throwIfRequested();
        T result = work.run(new TestJob(activity));
        Throwable failure = failing.remove(activity.lane());
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (Exception) failure;
        }
        return result;
    }

    @Override
    public void later(Lane lane, long millis, Runnable action) {
        waiting.put(lane, action);
    }

    @Override
    public ObservableList<Activity> activities() {
        return activities;
    }

    private final class TestJob implements Job {

        private final Activity activity;

        TestJob(Activity activity) {
            this.activity = activity;
        }

        @Override
        public Cancellation cancellation() {
            return activity.cancellation();
        }

        @Override
        public void progress(double share) {
            activity.setProgress(share);
        }

        @Override
        public void progress(int done, int of) {
            activity.setProgress(done, of);
        }

        @Override
        public void showNewest(Runnable update) {
            show(update);
        }

        @Override
        public void show(Runnable update) {
            if (newest.get(activity.lane()) == activity && !activity.cancellation().isRequested()) {
                update.run();
            }
        }
    }
}
