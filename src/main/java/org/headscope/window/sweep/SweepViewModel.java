package org.headscope.window.sweep;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.model.Site;
import org.headscope.patching.Source;
import org.headscope.session.Document;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.work.Lane;

/** The sweep of the pair that is open: what is swept, the maps as they fill, and what a cell of them does. */
public final class SweepViewModel {

    private static final String FIRST_NUMBER = "1";

    private final Workbench workbench;
    private final ObjectProperty<Swept> swept = new SimpleObjectProperty<>(Swept.Z_BY_HEAD);
    private final ObjectProperty<SourceChoice> source = new SimpleObjectProperty<>(SourceChoice.OTHER);
    private final StringProperty number = new SimpleStringProperty(FIRST_NUMBER);
    private final ObjectProperty<Side> into = new SimpleObjectProperty<>(Side.CORRUPT);
    private final ReadOnlyObjectWrapper<List<Measure>> measures = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Measure> measure = new SimpleObjectProperty<>();
    private final BooleanProperty fit = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<ShownSweep>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper older = new ReadOnlyBooleanWrapper();
    /** What a person chose to measure; pairs that predict one token only have no difference for a while. */
    private MetricChoice preferred = MetricChoice.DIFFERENCE;
    private boolean wanted;
    private boolean following;

    public SweepViewModel(Workbench workbench) {
        this.workbench = workbench;
        swept.addListener((observed, before, now) -> again());
        source.addListener((observed, before, now) -> substitute());
        number.addListener((observed, before, now) -> substitute());
        into.addListener((observed, before, now) -> substitute());
        measure.addListener((observed, before, now) -> {
            if (!following) {
                preferred = now.metric();
                again();
            }
        });
        workbench.documentProperty().addListener((observed, before, now) -> follow(before, now));
        workbench.finishedProperty().addListener((observed, before, now) -> followPair());
        workbench.currentProperty().addListener((observed, before, now) -> {
            if (!now) {
                // It is about prompts that are no longer there, and would keep the next run waiting.
                workbench.background().drop(Lane.SWEEP);
            }
            showAge();
        });
        followPair();
    }

    // ---- what is asked ----

    /** What the cells replace. */
    public ObjectProperty<Swept> sweptProperty() {
        return swept;
    }

    /** What is put in. */
    public ObjectProperty<SourceChoice> sourceProperty() {
        return source;
    }

    /** What a person typed as the number to put in. */
    public StringProperty numberProperty() {
        return number;
    }

    /** The run that is changed. */
    public ObjectProperty<Side> intoProperty() {
        return into;
    }

    /** What can be measured of the watched tokens. */
    public ReadOnlyObjectProperty<List<Measure>> measuresProperty() {
        return measures.getReadOnlyProperty();
    }

    /** One of {@link #measuresProperty}; null before the first run. */
    public ObjectProperty<Measure> measureProperty() {
        return measure;
    }

    /** Whether the scale ends at the largest values instead of at ±1. */
    public BooleanProperty fitProperty() {
        return fit;
    }

    // ---- what there is ----

    /** Empty until a sweep has been asked for. */
    public ReadOnlyObjectProperty<Optional<ShownSweep>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** Why there is no sweep, or its share is hidden; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether the sweep that is shown is of prompts or settings that have been changed since. */
    public ReadOnlyBooleanProperty olderProperty() {
        return older.getReadOnlyProperty();
    }

    private void showAge() {
        older.set(shown.get().isPresent() && (!workbench.currentProperty().get() || !problemNow().isEmpty()
            || workbench.finishedProperty().get().filter(now -> now == shown.get().get().runs()).isEmpty()));
    }

    // ---- following what it is made of ----

    /** Puts what is chosen here into the document, where undo finds it. */
    private void substitute() {
        if (following) {
            return;
        }
        Optional<Source> chosen = chosenSource();
        Substitution substitution = new Substitution(chosen.orElse(Source.ZERO), into.get());
        if (chosen.isEmpty() || substitution.equals(workbench.document().substitution())) {
            again();
        } else {
            workbench.edit(source.get() == SourceChoice.NUMBER ? "number" : "",
                document -> document.withSubstitution(substitution));
        }
    }

    private Optional<Source> chosenSource() {
        return switch (source.get()) {
            case OTHER -> Optional.of(Source.CLEAN);
            case ZERO -> Optional.of(Source.ZERO);
            case MEAN -> Optional.of(Source.MEAN);
            case NUMBER -> Source.parse(number.get().strip()).filter(Source.Number.class::isInstance);
        };
    }

    private void follow(Document before, Document now) {
        if (!now.substitution().equals(before.substitution())) {
            take(now.substitution());
            again();
        }
        if (!now.pins().equals(before.pins())) {
            Measure former = measure.get();
            offerMeasures();
            if (!Objects.equals(former, measure.get())) {
                again();
            }
        }
    }

    private void take(Substitution substitution) {
        following = true;
        into.set(substitution.into());
        if (!chosenSource().equals(Optional.of(substitution.source()))) {
            source.set(SourceChoice.of(substitution.source()));
            if (source.get() == SourceChoice.NUMBER) {
                number.set(substitution.source().toString());
            }
        }
        following = false;
    }

    private void followPair() {
        if (workbench.finishedProperty().get().isEmpty()) {
            workbench.background().drop(Lane.SWEEP);
            shown.set(Optional.empty());
            problem.set("");
        } else {
            offerMeasures();
            again();
        }
        showAge();
    }

    /** Of the tokens that are watched now. What was chosen stays; else the same is measured of the first of them. */
    private void offerMeasures() {
        Optional<Finished> runs = workbench.finishedProperty().get();
        if (runs.isEmpty()) {
            return;
        }
        List<Measure> offered = Measure.of(workbench.watched(),
            id -> runs.get().model().tokenizer().token(id).label());
        Optional<Measure> same = offered.stream().filter(one -> one.equals(measure.get())
            && one.metric() == preferred).findFirst();
        following = true;
        measures.set(offered);
        measure.set(same.or(() -> offered.stream().filter(one -> one.metric() == preferred).findFirst())
            .orElse(offered.get(0)));
        following = false;
    }

    /** A sweep that is shown follows what it was made of, and comes back once what kept it away is gone. */
    private void again() {
        if (wanted) {
            sweep();
        } else {
            problem.set(workbench.finishedProperty().get().isEmpty() ? "" : problemNow());
        }
    }

    // ---- sweeping ----

    /** Sweeps the pair; the layer that is looked at comes first. */
    public void sweep() {
        wanted = true;
        String why = problemNow();
        problem.set(why);
        if (!why.isEmpty()) {
            workbench.background().drop(Lane.SWEEP);
            showAge();
            return;
        }
        Finished runs = workbench.finishedProperty().get().orElseThrow();
        SweepRequest request = new SweepRequest(runs, swept.get(), workbench.document().substitution(), measure.get(),
            workbench.document().focus().map(Head::layer).orElse(0));
        workbench.background().run(Lane.SWEEP, "Sweeping", job -> request.run(job, now -> job.show(() -> show(now))),
            this::show, this::fail);
    }

    private String problemNow() {
        if (chosenSource().isEmpty()) {
            return "“%s” is not a number; write one such as 0.5.".formatted(number.get());
        }
        String why = workbench.patchProblem();
        if (!why.isEmpty() || measure.get() == null || !measure.get().needsOther()) {
            return why;
        }
        Finished runs = workbench.finishedProperty().get().orElseThrow();
        return runs.run(into.get().other()).isPresent() ? ""
            : "KL is measured from the other run; add a corrupt prompt or measure a token.";
    }

    private void show(ShownSweep now) {
        shown.set(Optional.of(now));
        problem.set(now.whyNoShare());
        showAge();
    }

    private void fail(Throwable error) {
        if (error instanceof CancellationException) {
            problem.set(shown.get().filter(now -> !now.isComplete())
                .map(now -> "Cancelled: %s cells are shown.".formatted(now.progress()))
                .orElse("Cancelled before the first cells."));
        } else {
            workbench.fail(error);
        }
    }

    // ---- a cell ----

    /**
     * Looks at a cell's head and stages its place, as the sweep replaced it.
     *
     * @param beside keeps what is staged already
     */
    public void choose(int map, Cell cell, boolean beside) {
        shown.get().filter(sweep -> !older.get()).ifPresent(sweep -> {
            Site site = sweep.site(map, cell);
            workbench.edit("", document -> {
                Document bare = beside ? document : document.withoutPatches();
                Document staged = bare.isStaged(site) ? bare : bare.toggled(site);
                return sweep.head(map, cell).map(head -> staged.withFocus(head, true)).orElse(staged);
            });
        });
    }
}
