package org.headscope.window.sweep;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Source;
import org.headscope.refusal.Refusal;
import org.headscope.session.Document;
import org.headscope.session.HeadPath;
import org.headscope.session.Substitution;
import org.headscope.session.Swept;
import org.headscope.session.code.PathPlan;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;

/**
 * The one path from a head to a later one that a person draws: while it is drawn, and what it does to the metric that
 * sweeps measure. Belongs to the FX thread.
 */
public final class PathViewModel {

    /**
     * A path that is being drawn.
     *
     * @param at the head that it would lead to now; empty for none
     * @param dropped whether it leads there, so that only the part that reads it is left to choose
     */
    public record Draft(Head sender, Optional<Head> at, boolean dropped) {
    }

    /** All that an effect depends on. */
    private record Wanted(Finished runs, HeadPath path, Substitution substitution, Measure measure) {
    }

    private final Workbench workbench;
    private final SweepViewModel sweep;
    private final ReadOnlyObjectWrapper<Optional<Draft>> draft = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<HeadPath>> path = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<ShownPath>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Optional<Wanted> current = Optional.empty();
    /** Whether the problem is that of a path which was drawn in vain. */
    private boolean vain;

    /** @param sweep whose metric is measured */
    public PathViewModel(Workbench workbench, SweepViewModel sweep) {
        this.workbench = workbench;
        this.sweep = sweep;
        Stream.of(workbench.documentProperty(), workbench.finishedProperty(), workbench.currentProperty(),
            sweep.measureProperty()).forEach(cause -> cause.addListener((observed, before, now) -> follow()));
        workbench.modelProperty().addListener((observed, before, now) -> cancel());
        follow();
    }

    /** Empty while none is drawn. */
    public ReadOnlyObjectProperty<Optional<Draft>> draftProperty() {
        return draft.getReadOnlyProperty();
    }

    /** The path that was drawn; its effect may not be known yet. */
    public ReadOnlyObjectProperty<Optional<HeadPath>> pathProperty() {
        return path.getReadOnlyProperty();
    }

    /** What it does; empty until that has been computed for the prompts as they stand. */
    public ReadOnlyObjectProperty<Optional<ShownPath>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** Why no path can be drawn, or the one that was drawn has no effect to show; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    // ---- drawing ----

    /** Begins a path, unless none can begin there. */
    public void begin(Head sender) {
        int layers = workbench.modelProperty().get().map(model -> model.folder().config().layers()).orElse(0);
        String why = workbench.patchProblem(substitution());
        if (why.isEmpty() && sender.layer() >= layers - 1) {
            why = "%s lies in the last layer, so no head reads what it writes; begin at a head of an earlier layer."
                .formatted(sender);
        }
        problem.set(why);
        vain = !why.isEmpty();
        draft.set(why.isEmpty() ? Optional.of(new Draft(sender, Optional.empty(), false)) : Optional.empty());
    }

    /** Lets the path that is drawn lead to a head, or to none. */
    public void pointAt(Optional<Head> head) {
        draft.get().filter(now -> !now.dropped()).ifPresent(now -> draft.set(Optional.of(new Draft(now.sender(), head,
            false))));
    }

    /** Ends the path where it leads now, or says why it cannot end there. */
    public void drop() {
        draft.get().filter(now -> !now.dropped()).ifPresent(now -> {
            Optional<String> why = now.at().flatMap(head -> HeadPath.whyNot(now.sender(), head));
            problem.set(why.orElse(""));
            vain = why.isPresent();
            draft.set(now.at().filter(head -> why.isEmpty()).map(head -> new Draft(now.sender(), now.at(), true)));
        });
    }

    /** Takes the path that was dropped. */
    public void take(HookPoint part) {
        draft.get().filter(Draft::dropped).ifPresent(now -> {
            draft.set(Optional.empty());
            workbench.edit("", document -> document.withPath(Optional.of(new HeadPath(now.sender(),
                now.at().orElseThrow(), part))));
        });
    }

    /** Gives up the path that is drawn; false where none is. */
    public boolean cancel() {
        boolean is = draft.get().isPresent();
        draft.set(Optional.empty());
        forgive();
        return is;
    }

    /** Says no longer why a path could not be drawn. */
    private void forgive() {
        if (vain) {
            vain = false;
            problem.set("");
        }
    }

    /** Takes the path away. */
    public void remove() {
        problem.set("");
        if (path.get().isPresent()) {
            workbench.edit("", document -> document.withPath(Optional.empty()));
        }
    }

    /** Sweeps all paths from the same sender into the same part of later heads. */
    public void sweepReceivers() {
        path.get().ifPresent(one -> {
            workbench.edit("", document -> {
                Document swept = document.withSwept(Swept.paths(one.part(), Swept.Paths.FROM));
                return swept.withSweeping(swept.sweeping().withEnd(Optional.of(one.sender())));
            });
            sweep.sweep();
        });
    }

    // ---- its effect ----

    /** What goes along a path is the other run's, whatever else is put in elsewhere. */
    private Substitution substitution() {
        return workbench.document().substitution().with(Source.CLEAN);
    }

    private void follow() {
        forgive();
        path.set(workbench.document().path());
        Optional<Wanted> wanted = wanted();
        if (wanted.equals(current)) {
            return;
        }
        current = wanted;
        problem.set("");
        shown.set(Optional.empty());
        workbench.background().drop(Lane.PATH);
        wanted.ifPresent(this::ask);
    }

    /** None while the prompts are not those that were run. */
    private Optional<Wanted> wanted() {
        Optional<Measure> measure = measure();
        return measure.isEmpty() || !workbench.currentProperty().get() ? Optional.empty()
            : workbench.finishedProperty().get().flatMap(runs -> path.get().map(one ->
                new Wanted(runs, one, substitution(), measure.get())));
    }

    /** What sweeps measure; the pair's first measure where they measure what each of many pairs brings along. */
    private Optional<Measure> measure() {
        Optional<Measure> chosen = Optional.ofNullable(sweep.measureProperty().get());
        return chosen.filter(measure -> measure.tokens().size() == measure.metric().tokens()).or(() ->
            workbench.tokenizer().flatMap(tokenizer -> Measure.of(workbench.watched(),
                id -> tokenizer.token(id).label()).stream().findFirst()));
    }

    private void ask(Wanted wanted) {
        SweepRequest request = new SweepRequest(wanted.runs(), Swept.paths(wanted.path().part(), Swept.Paths.FROM),
            Optional.of(wanted.path().sender()), wanted.substitution(), wanted.measure(),
            wanted.path().receiver().layer(), Optional.empty());
        String why = problemOf(wanted, request);
        problem.set(why);
        if (why.isEmpty()) {
            workbench.background().run(Lane.PATH, "Following " + wanted.path(), job -> compute(wanted, request, job),
                made -> shown.set(Optional.of(made)), this::fail);
        }
    }

    private String problemOf(Wanted wanted, SweepRequest request) {
        String why = workbench.patchProblem(wanted.substitution());
        if (!why.isEmpty()) {
            return "%s has no effect to show: %s".formatted(wanted.path(), why);
        }
        try {
            request.path(wanted.path().receiver());
            return "";
        } catch (Refusal e) {
            return e.getMessage();
        }
    }

    private static ShownPath compute(Wanted wanted, SweepRequest request, Job job) {
        return new ShownPath(wanted.path(), request.only(wanted.path().receiver(), job));
    }

    private void fail(Throwable error) {
        // So that it is computed once something changes, or somebody asks for it again.
        current = Optional.empty();
        if (error instanceof CancellationException) {
            problem.set("Following the path was cancelled.");
        } else {
            workbench.fail(error);
        }
    }

    // ---- taking it away ----

    /** What code has to compute; empty while no effect is shown. */
    public Optional<PathPlan> plan() {
        return shown.get().map(made -> new PathPlan(made.path(), made.sweep().substitution(),
            made.sweep().measure().of()));
    }

    /** The effect as tab-separated text with every digit; empty while none is shown. */
    public Optional<String> text() {
        return shown.get().map(made -> String.join("\n", made.table().stream().map(row -> String.join("\t", row))
            .toList()) + "\n");
    }
}
