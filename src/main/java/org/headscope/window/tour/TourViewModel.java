package org.headscope.window.tour;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.Document;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.sweep.HeadRanking;
import org.headscope.window.sweep.ShownSweep;
import org.headscope.window.sweep.SweepViewModel;

/**
 * The founding notebook's experiment on the model that is open, step by step: a person guesses the head before the
 * sweep tells. A step goes on by itself once the person has done what it asks for. Belongs to the FX thread.
 */
public final class TourViewModel {

    private final Workbench workbench;
    private final ViewState view;
    private final SweepViewModel sweep;
    private final TourWords words;
    private final ReadOnlyObjectWrapper<Optional<TourStep>> step = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private Optional<Before> before = Optional.empty();
    private Optional<Head> guess = Optional.empty();
    /** The sweep that was there before this one was asked for. */
    private Optional<ShownSweep> earlier = Optional.empty();

    /** What the tour changes and may put back. */
    private record Before(Document document, ViewState.Tab tab) { }

    public TourViewModel(Workbench workbench, ViewState view, SweepViewModel sweep) {
        this.workbench = workbench;
        this.view = view;
        this.sweep = sweep;
        this.words = new TourWords(workbench);
        workbench.documentProperty().addListener((observed, last, now) -> follow(last, now));
        List.<Observable>of(workbench.finishedProperty(), workbench.pairProperty(), workbench.readoutsProperty(),
            sweep.shownProperty()).forEach(cause -> cause.addListener(changed -> tell()));
    }

    /** Where the tour is; empty while there is none. */
    public ReadOnlyObjectProperty<Optional<TourStep>> stepProperty() {
        return step.getReadOnlyProperty();
    }

    /** What is to be seen and done there, in the numbers of the model that is open. */
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    public boolean isRunning() {
        return step.get().isPresent();
    }

    /** Whether it lets a person find the head, which nothing in the window may name until then. */
    public ObservableValue<Boolean> guessingProperty() {
        return step.map(now -> now.filter(TourStep::isBeforeAnswer).isPresent());
    }

    // ---- going on ----

    /** Sets the notebook's experiment up, from its beginning. */
    public void start() {
        if (!isRunning()) {
            before = Optional.of(new Before(workbench.document(), view.tabProperty().get()));
        }
        guess = Optional.empty();
        Document notebook = Document.notebook();
        // The head that the window proposes by itself would give the answer away.
        workbench.edit("", document -> notebook.withFocus(new Head(0, 0), false));
        sweep.waitToBeAsked();
        if (!workbench.currentProperty().get()) {
            workbench.run();
        }
        go(TourStep.PROMPTS);
    }

    public void next() {
        step.get().filter(now -> !now.isLast()).ifPresent(now -> go(now.next()));
    }

    public void back() {
        step.get().filter(now -> !now.isFirst()).ifPresent(now -> go(now.previous()));
    }

    /** Ends the tour. @param keep whether what was made stays; otherwise all is put back, in one step of undo */
    public void leave(boolean keep) {
        if (!isRunning()) {
            return;
        }
        step.set(Optional.empty());
        if (!keep) {
            before.ifPresent(was -> {
                workbench.edit("", document -> was.document());
                view.tabProperty().set(was.tab());
            });
        }
        before = Optional.empty();
    }

    private void go(TourStep next) {
        if (next == TourStep.GUESS) {
            guess = Optional.empty();
            workbench.unlock();
        }
        if (next == TourStep.SWEEP) {
            earlier = sweep.shownProperty().get();
        }
        view.tabProperty().set(next.tab());
        step.set(Optional.of(next));
        if (next == TourStep.REASON) {
            ranking().map(found -> found.best().head()).ifPresent(best -> workbench.focus(best, true));
        }
        tell();
    }

    /** Goes on where the document says that a person has done what was asked for. */
    private void follow(Document last, Document now) {
        when(TourStep.GUESS, at -> {
            if (now.locked() && now.focus().isPresent()) {
                guess = now.focus();
                go(TourStep.LOOK);
            }
        });
        when(TourStep.RESULT, at -> ranking().map(found -> found.best().head())
            .filter(best -> now.focus().equals(Optional.of(best)) && now.isStaged(best, HookPoint.Z)
                && !now.equals(last)).ifPresent(best -> go(TourStep.REASON)));
    }

    private void tell() {
        when(TourStep.SWEEP, at -> {
            if (ranking().isPresent() && !sweep.shownProperty().get().equals(earlier)) {
                go(TourStep.RESULT);
            }
        });
        text.set(step.get().map(now -> words.of(now, guess, ranking())).orElse(""));
    }

    private void when(TourStep wanted, Consumer<TourStep> action) {
        step.get().filter(now -> now == wanted).ifPresent(action);
    }

    private Optional<HeadRanking> ranking() {
        return sweep.shownProperty().get().filter(shown -> !sweep.olderProperty().get()).flatMap(HeadRanking::of);
    }
}
