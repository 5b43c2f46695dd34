package org.headscope.window.work;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/**
 * What other threads want to have shown, at most once a pulse: more often nobody could see it, and work that comes in
 * many small parts would keep the FX thread from everything else. Updates are asked for on any thread.
 */
final class Updates {

    /** In the order in which they were asked for; guarded by this. */
    private final Map<Object, Runnable> waiting = new LinkedHashMap<>();

    /** Whether the timer runs or is about to; guarded by this. */
    private boolean isComing;

    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            pulse();
        }
    };

    /**
     * Has something done on the FX thread with the next pulse.
     *
     * @param kind an update of the same kind that still waits is not made any more
     */
    synchronized void ask(Object kind, Runnable update) {
        waiting.remove(kind);
        waiting.put(kind, update);
        if (!isComing) {
            isComing = true;
            Platform.runLater(timer::start);
        }
    }

    /** Makes all that wait, at once. Belongs to the FX thread. */
    void make() {
        take().forEach(Updates::make);
    }

    private synchronized List<Runnable> take() {
        List<Runnable> all = List.copyOf(waiting.values());
        waiting.clear();
        return all;
    }

    /** One that fails takes none of the others with it, as if each had come by itself. */
    private static void make(Runnable update) {
        try {
            update.run();
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private void pulse() {
        synchronized (this) {
            if (waiting.isEmpty()) {
                isComing = false;
                timer.stop();
            }
        }
        make();
    }
}
