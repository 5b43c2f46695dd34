package org.headscope.window.lens;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.headscope.session.Substitution.Side;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.work.Lane;
import org.headscope.window.work.Work;

/**
 * What is read from a run in the background, and read anew whenever what it is made of changes, while somebody looks at
 * it. What is there stays until the next is.
 *
 * @param <R> all that the result depends on; what was asked for already is not read again
 * @param <S> the result
 */
public abstract class FollowedViewModel<R, S> {

    private final Workbench workbench;
    private final Lane lane;
    private final String whenCancelled;
    private final BooleanProperty watched = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<S>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper cancelled = new ReadOnlyBooleanWrapper();
    private Optional<R> asked = Optional.empty();

    /**
     * @param requestOf what a result was made of
     * @param whenCancelled what is said when a person stopped it
     */
    FollowedViewModel(Workbench workbench, Lane lane, Function<S, R> requestOf, String whenCancelled) {
        this.workbench = workbench;
        this.lane = lane;
        this.whenCancelled = whenCancelled;
        workbench.currentProperty().addListener((observed, before, now) -> {
            if (!now) {
                // It would keep the next run waiting.
                workbench.background().drop(lane);
                asked = shown.get().map(requestOf);
            }
        });
    }

    /** Whether somebody looks at it; else nothing is read. */
    public BooleanProperty watchedProperty() {
        return watched;
    }

    /** Empty until it has been read. */
    public ReadOnlyObjectProperty<Optional<S>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** Why there is nothing to see, or nothing new; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether a person stopped the reading, so that it can be begun again. */
    public ReadOnlyBooleanProperty cancelledProperty() {
        return cancelled.getReadOnlyProperty();
    }

    /** Reads again what was cancelled. */
    public void again() {
        asked = Optional.empty();
        follow();
    }

    /** Asks for what is to be read now. */
    abstract void follow();

    /** The runs, if they hold this one; if not, lets everything go and says what would fill the view. */
    Optional<Finished> runsWith(Side side) {
        Optional<Finished> runs = workbench.finishedProperty().get();
        if (runs.isPresent() && runs.get().run(side).isPresent()) {
            return runs;
        }
        workbench.background().drop(lane);
        asked = Optional.empty();
        shown.set(Optional.empty());
        problem.set(runs.isEmpty() ? "" : "Add a corrupt prompt that can be read to look into its run.");
        return Optional.empty();
    }

    /**
     * Reads something, if somebody looks and it is not what was asked for last.
     *
     * @param what is being done, such as "Reading every half-layer"
     * @param then hears of the result before it is shown
     */
    void ask(R request, String what, Work<S> work, Consumer<S> then) {
        if (!watched.get() || asked.equals(Optional.of(request))) {
            return;
        }
        asked = Optional.of(request);
        cancelled.set(false);
        workbench.background().run(lane, what, work, made -> {
            problem.set("");
            then.accept(made);
            shown.set(Optional.of(made));
        }, this::fail);
    }

    /** Says why there is nothing new. */
    void fail(Throwable error) {
        cancelled.set(error instanceof CancellationException);
        if (cancelled.get()) {
            problem.set(whenCancelled);
        } else {
            workbench.fail(error);
        }
    }
}
