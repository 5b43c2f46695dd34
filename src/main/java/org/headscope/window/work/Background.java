package org.headscope.window.work;

import java.util.function.Consumer;
import javafx.collections.ObservableList;

/** Takes work off the FX thread. All methods are called on the FX thread, and all answers arrive there. */
public interface Background {

    /**
     * Replaces whatever its lane is still doing or waiting for: that work is asked to stop, and its answer is never
     * delivered.
     *
     * @param what is being done, for the status bar
     * @param failed gets what was thrown; a {@link java.util.concurrent.CancellationException} where a person
     *     cancelled it
     */
    <T> void run(Lane lane, String what, Work<T> work, Consumer<T> done, Consumer<Throwable> failed);

    /** Stops what a lane is doing, whose answer is then never delivered, or waiting for. */
    void drop(Lane lane);

    /** Does something after a pause, unless the same lane is given something else before. */
    void later(Lane lane, long millis, Runnable action);

    /** What is being done now, oldest first. */
    ObservableList<Activity> activities();
}
