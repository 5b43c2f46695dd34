package org.headscope.window.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.model.OutOfMemory;
import org.headscope.model.Site;
import org.headscope.refusal.Refusal;
import org.headscope.session.Document;
import org.headscope.session.MetricChoice;
import org.headscope.session.code.SweepPlan;
import org.headscope.session.Sweeping;
import org.headscope.session.Swept;
import org.headscope.window.DocumentProperty;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.work.Lane;

/** The sweep of the pair that is open: what is swept, the maps as they fill, and what a cell of them does. */
public final class SweepViewModel {

    private final Workbench workbench;
    private final FileReading files;
    private final SubstitutionViewModel substitution;
    private final PairsViewModel pairs;
    private final ObjectProperty<Swept> swept;
    private final ReadOnlyObjectWrapper<List<Measure>> measures = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Measure> measure = new SimpleObjectProperty<>();
    private final BooleanProperty fit;
    private final ReadOnlyObjectWrapper<Optional<ShownSweep>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<Head>> end = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Head>> otherEnd = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper older = new ReadOnlyBooleanWrapper();
    private boolean wanted;
    private boolean offering;

    public SweepViewModel(Workbench workbench) {
        this.workbench = workbench;
        this.files = new FileReading(workbench);
        this.substitution = new SubstitutionViewModel(workbench, files, this::again);
        this.pairs = new PairsViewModel(workbench, files, this::takePairs, this::leavePairs);
        this.swept = DocumentProperty.of(workbench, "", document -> document.sweeping().swept(), Document::withSwept);
        this.fit = DocumentProperty.ofBoolean(workbench, document -> document.sweeping().fit(),
            (document, now) -> document.withSweeping(document.sweeping().withFit(now)));
        measure.addListener((observed, before, now) -> {
            if (!offering && now != null) {
                workbench.edit("", document -> document.withSweeping(document.sweeping()
                    .withMetric(now.metric(), now.tokens())));
            }
        });
        workbench.documentProperty().addListener((observed, before, now) -> follow(before, now));
        workbench.finishedProperty().addListener((observed, before, now) -> followPair());
        workbench.currentProperty().addListener((observed, before, now) -> {
            if (!now && pairs.file().isEmpty()) {
                // It is about prompts that are no longer there, and would keep the next run waiting.
                workbench.background().drop(Lane.SWEEP);
            }
            showAge();
        });
        showEnd();
        followPair();
    }

    // ---- what is asked ----

    /** What the cells replace. */
    public ObjectProperty<Swept> sweptProperty() {
        return swept;
    }

    /** What is put in, and into which run. */
    public SubstitutionViewModel substitution() {
        return substitution;
    }

    /** The pairs that are swept instead of the one that is open. */
    public PairsViewModel pairs() {
        return pairs;
    }

    /** Why the last file could not be opened; empty where it could. */
    public ReadOnlyStringProperty fileProblemProperty() {
        return files.problemProperty();
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

    /** The head that all paths have in common; empty until paths are swept. */
    public ReadOnlyObjectProperty<Optional<Head>> endProperty() {
        return end.getReadOnlyProperty();
    }

    /** The head that is looked at, where it could take the place of {@link #endProperty}. */
    public ReadOnlyObjectProperty<Optional<Head>> otherEndProperty() {
        return otherEnd.getReadOnlyProperty();
    }

    /** Sweeps the paths of the head that is looked at. */
    public void takeEnd() {
        workbench.edit("", document -> document.withSweeping(document.sweeping().withEnd(document.focus())));
    }

    private void showEnd() {
        end.set(sweeping().end());
        otherEnd.set(workbench.document().focus().filter(head -> sweeping().swept().isOfPaths()
            && !end.get().equals(Optional.of(head))));
    }

    private Sweeping sweeping() {
        return workbench.document().sweeping();
    }

    // ---- what there is ----

    /** Empty until a sweep has been asked for. */
    public ReadOnlyObjectProperty<Optional<ShownSweep>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** What the sweep that is shown does, where it is of the open pair as it stands. */
    public Optional<SweepPlan> plan() {
        return shown.get().filter(sweep -> !sweep.isOfPairs() && !older.get()).map(ShownSweep::request)
            .map(request -> new SweepPlan(request.swept().kinds(), request.end().filter(
                head -> request.swept().isOfPaths()).map(head -> new SweepPlan.End(head,
                    request.swept().paths() == Swept.Paths.FROM)), request.substitution(), request.measure().of()));
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
        older.set(shown.get().filter(sweep -> !problemNow().isEmpty() || !isOfWhatIsOpen(sweep)).isPresent());
    }

    private boolean isOfWhatIsOpen(ShownSweep sweep) {
        return sweep.isOfPairs() ? pairs.file().equals(sweep.request().pairs()) : pairs.file().isEmpty()
            && workbench.currentProperty().get()
            && workbench.finishedProperty().get().filter(now -> now == sweep.runs()).isPresent();
    }

    // ---- offering what it is made of ----

    private void takePairs() {
        offerMeasures();
        sweep();
    }

    private void leavePairs() {
        workbench.background().drop(Lane.SWEEP);
        offerMeasures();
        again();
        showAge();
    }

    /** Goes back to the pair that is open, and sweeps again only once it is asked for. */
    public void waitToBeAsked() {
        wanted = false;
        pairs.close();
    }

    private void follow(Document before, Document now) {
        showEnd();
        Measure former = measure.get();
        boolean otherSource = substitution.follow(before, now);
        if (!now.pins().equals(before.pins()) || !now.sweeping().equals(before.sweeping())) {
            offerMeasures();
        }
        boolean isFitOnly = now.sweeping().withFit(before.sweeping().fit()).equals(before.sweeping());
        if (otherSource || !isFitOnly || !Objects.equals(former, measure.get())) {
            again();
        }
    }

    private void followPair() {
        if (workbench.finishedProperty().get().isEmpty()) {
            workbench.background().drop(Lane.SWEEP);
            shown.set(Optional.empty());
            substitution.forgetReferences();
            problem.set("");
        } else if (pairs.file().isEmpty()) {
            offerMeasures();
            again();
        } else {
            pairs.renew();
        }
        showAge();
    }

    /**
     * Of the tokens that are watched now. What was asked for stays; else the same is measured of the first of them, or
     * something else as long as they have none of it, such as a difference where both runs predict the same token.
     */
    private void offerMeasures() {
        Optional<Finished> runs = workbench.finishedProperty().get();
        if (runs.isEmpty()) {
            return;
        }
        List<Measure> offered = new ArrayList<>(pairs.file().map(SweepViewModel::ofEach).orElse(List.of()));
        offered.addAll(Measure.of(workbench.watched(), id -> runs.get().model().tokenizer().token(id).label()));
        List<Measure> fitting = offered.stream().filter(one -> one.metric() == sweeping().metric()).toList();
        Optional<Measure> asked = fitting.stream().filter(one -> one.tokens().equals(sweeping().tokens())).findFirst()
            .or(() -> fitting.stream().filter(one -> one.equals(measure.get())).findFirst())
            .or(() -> fitting.stream().findFirst());
        offering = true;
        measures.set(offered);
        measure.set(asked.orElse(offered.get(0)));
        offering = false;
    }

    private static List<Measure> ofEach(PairFile file) {
        return Stream.of(MetricChoice.values()).filter(metric -> metric.tokens() > 0
            && file.hasAnswers(metric.tokens())).map(Measure::ofEach).toList();
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

    /** Whether the open pair was swept, so that the sweep follows it. Pairs of a file are not the open pair. */
    public boolean isWanted() {
        return wanted && pairs.file().isEmpty();
    }

    /** Shows the sweep of the pair once it has run, or none until a person asks for one. A file of pairs stays. */
    public void want(boolean now) {
        if (pairs.file().isPresent()) {
            return;
        }
        wanted = now;
        if (!now) {
            workbench.background().drop(Lane.SWEEP);
            shown.set(Optional.empty());
            showAge();
        } else if (workbench.currentProperty().get()) {
            sweep();
        }
    }

    /** Sweeps the pair; the layer that is looked at comes first. */
    public void sweep() {
        wanted = true;
        checkRows();
        String why = problemNow();
        problem.set(why);
        if (!why.isEmpty()) {
            workbench.background().drop(Lane.SWEEP);
            showAge();
            return;
        }
        SweepRequest request = request();
        workbench.background().run(Lane.SWEEP, pairs.file().isPresent() ? "Sweeping pairs" : "Sweeping",
            job -> request.run(job, now -> job.showNewest(() -> show(now))), this::show, this::fail);
    }

    private SweepRequest request() {
        return new SweepRequest(workbench.finishedProperty().get().orElseThrow(), swept.get(), end.get(),
            substitution.of(swept.get()), measure.get(), workbench.document().focus().map(Head::layer).orElse(0),
            pairs.file());
    }

    private void checkRows() {
        if (workbench.finishedProperty().get().isPresent() && measure.get() != null
            && (end.get().isPresent() || !swept.get().isOfPaths())) {
            pairs.check(this::request);
        }
    }

    private String problemNow() {
        String none = substitution.problem(swept.get());
        if (!none.isEmpty()) {
            return none;
        }
        if (swept.get().isOfPaths() && end.get().isEmpty()) {
            return "Look at a head first; the paths that end or begin there are swept.";
        }
        if (workbench.finishedProperty().get().isPresent() && pairs.file().isPresent()) {
            return pairs.problem();
        }
        String why = workbench.patchProblem(substitution.of(swept.get()));
        if (!why.isEmpty() || measure.get() == null || !measure.get().needsOther()) {
            return why.isEmpty() && measure.get() != null ? problemOfPaths() : why;
        }
        Finished runs = workbench.finishedProperty().get().orElseThrow();
        return runs.run(substitution.intoProperty().get().other()).isPresent() ? ""
            : "KL is measured from the other run; add a corrupt prompt or measure a token.";
    }

    private String problemOfPaths() {
        try {
            request().check();
            return "";
        } catch (Refusal e) {
            return e.getMessage();
        }
    }

    private void show(ShownSweep now) {
        shown.set(Optional.of(now));
        problem.set(now.caution());
        showAge();
    }

    private void fail(Throwable error) {
        Optional<String> part = shown.get().filter(now -> !now.isComplete()).map(now -> now.isOfPairs()
            ? ": the mean of %s is shown.".formatted(now.progress())
            : ": %s cells are shown.".formatted(now.progress()));
        String what = part.orElse(" before the first cells.");
        if (error instanceof CancellationException) {
            problem.set("Cancelled" + what);
        } else {
            problem.set((OutOfMemory.is(error) ? "Memory ran out" : "Stopped by a failure") + what);
            workbench.fail(error);
        }
    }

    // ---- a cell ----

    /**
     * Looks at a cell's head and stages its place in the open pair, as the sweep replaced it. A path is no place, and
     * a position that the open pair does not have neither: then the head is looked at only.
     *
     * @param beside keeps what is staged already
     */
    public void choose(int map, Cell cell, boolean beside) {
        shown.get().filter(sweep -> !older.get()).ifPresent(sweep -> {
            if (sweep.swept().isOfPaths() || !sweep.fitsOpenPair()) {
                sweep.head(map, cell).ifPresent(head -> workbench.focus(head, true));
                return;
            }
            Site site = sweep.site(map, cell);
            workbench.edit("", document -> {
                Document bare = beside ? document : document.withoutPatches();
                Document staged = bare.isStaged(site) ? bare : bare.toggled(site);
                return sweep.head(map, cell).map(head -> staged.withFocus(head, true)).orElse(staged);
            });
        });
    }
}
