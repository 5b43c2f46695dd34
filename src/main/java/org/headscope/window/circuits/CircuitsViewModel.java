package org.headscope.window.circuits;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.session.OpenModel;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Which;
import org.headscope.session.code.CircuitPlan;
import org.headscope.tokens.Prompt;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.work.Lane;

/** What the weights say about heads, read in the background while the view is open. */
public final class CircuitsViewModel {

    /** All that a result depends on, but for the model; what is the same is read once. */
    private record Wanted(CircuitKind kind, Optional<Head> head, Optional<Prompt> prompt, Optional<Extreme> extreme) {
    }

    private final Workbench workbench;
    private final ViewState view;
    private final ObjectProperty<CircuitKind> kind = new SimpleObjectProperty<>(CircuitKind.COPYING);
    private final ObjectProperty<Extreme> extreme = new SimpleObjectProperty<>(Extreme.LARGEST);
    private final ReadOnlyObjectWrapper<Optional<ShownCircuit>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper stopped = new ReadOnlyBooleanWrapper();
    private final Map<Wanted, ShownCircuit> known = new HashMap<>();
    private Optional<Wanted> current = Optional.empty();

    public CircuitsViewModel(Workbench workbench, ViewState view) {
        this.workbench = workbench;
        this.view = view;
        workbench.modelProperty().addListener((observed, before, now) -> {
            known.clear();
            current = Optional.empty();
            shown.set(Optional.empty());
        });
        Stream.of(workbench.modelProperty(), workbench.documentProperty(), workbench.finishedProperty(),
            view.whichProperty(), view.tabProperty(), kind, extreme)
            .forEach(cause -> cause.addListener((observed, before, now) -> follow()));
    }

    public ObjectProperty<CircuitKind> kindProperty() {
        return kind;
    }

    /** Which end of the pairs. */
    public ObjectProperty<Extreme> extremeProperty() {
        return extreme;
    }

    public ReadOnlyObjectProperty<Optional<ShownCircuit>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** Why nothing is shown yet, or what would fill the view; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether reading was cancelled, so that it can be taken up again. */
    public ReadOnlyBooleanProperty stoppedProperty() {
        return stopped.getReadOnlyProperty();
    }

    /** Reads what was cancelled. */
    public void again() {
        current = Optional.empty();
        follow();
    }

    /** Looks at the head that a cell stands for. */
    public void choose(Cell cell) {
        shown.get().flatMap(now -> now.head(cell)).ifPresent(head -> workbench.focus(head, true));
    }

    /** What code has to read; empty while nothing is shown. */
    public Optional<CircuitPlan> plan() {
        return shown.get().flatMap(read -> current)
            .map(wanted -> wanted.kind().plan(wanted.head(), wanted.extreme(), side()));
    }

    private Side side() {
        return view.whichProperty().get() == Which.CORRUPT ? Side.CORRUPT : Side.CLEAN;
    }

    private void follow() {
        if (view.tabProperty().get() != ViewState.Tab.CIRCUITS) {
            return;
        }
        Optional<OpenModel> model = workbench.modelProperty().get();
        Optional<Wanted> wanted = model.flatMap(opened -> wanted());
        if (wanted.isEmpty()) {
            problem.set(whatIsMissing(model));
            stopped.set(false);
            workbench.background().drop(Lane.CIRCUITS);
            current = Optional.empty();
            shown.set(Optional.empty());
        } else if (!wanted.equals(current)) {
            current = wanted;
            stopped.set(false);
            show(model.orElseThrow(), wanted.get());
        }
    }

    private String whatIsMissing(Optional<OpenModel> model) {
        if (model.isEmpty()) {
            return "The model is being loaded.";
        }
        if (kind.get().isOfHead() && workbench.document().focus().isEmpty()) {
            return "Choose a head on the head map.";
        }
        return kind.get().isOfPrompt() && prompt().isEmpty() ? "Run a prompt to see this between its tokens." : "";
    }

    private Optional<Wanted> wanted() {
        CircuitKind now = kind.get();
        Optional<Head> head = now.isOfHead() ? workbench.document().focus() : Optional.empty();
        Optional<Prompt> prompt = now.isOfPrompt() ? prompt() : Optional.empty();
        boolean isComplete = (!now.isOfHead() || head.isPresent()) && (!now.isOfPrompt() || prompt.isPresent());
        return isComplete ? Optional.of(new Wanted(now, head, prompt,
            now.isPairs() ? Optional.of(extreme.get()) : Optional.empty())) : Optional.empty();
    }

    private Optional<Prompt> prompt() {
        return workbench.finishedProperty().get().flatMap(runs -> runs.prompt(side()));
    }

    private void show(OpenModel model, Wanted wanted) {
        if (known.containsKey(wanted)) {
            workbench.background().drop(Lane.CIRCUITS);
            problem.set("");
            shown.set(Optional.of(known.get(wanted)));
            return;
        }
        CircuitReader reader = new CircuitReader(model, wanted.kind(), wanted.head().orElse(new Head(0, 0)),
            wanted.prompt(), extreme.get());
        shown.set(Optional.empty());
        problem.set("Reading the weights…");
        workbench.background().run(Lane.CIRCUITS, wanted.kind().toString(), reader::read, read -> {
            if (!wanted.kind().isOfPrompt()) {
                known.put(wanted, read);
            }
            problem.set("");
            shown.set(Optional.of(read));
        }, error -> {
            problem.set("This was not read to its end.");
            stopped.set(true);
            if (!(error instanceof CancellationException)) {
                workbench.fail(error);
            }
        });
    }
}
