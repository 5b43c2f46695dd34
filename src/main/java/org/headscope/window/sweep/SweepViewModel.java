package org.headscope.window.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.model.Site;
import org.headscope.patching.Source;
import org.headscope.refusal.Refusal;
import org.headscope.session.Document;
import org.headscope.session.MetricChoice;
import org.headscope.session.OpenModel;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.session.code.SweepPlan;
import org.headscope.session.Sweeping;
import org.headscope.session.Swept;
import org.headscope.window.DocumentProperty;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.sweep.PairFile.Checked;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;

/** The sweep of the pair that is open: what is swept, the maps as they fill, and what a cell of them does. */
public final class SweepViewModel {

    private static final String FIRST_NUMBER = "1";

    private final Workbench workbench;
    private final ObjectProperty<Swept> swept;
    private final ObjectProperty<SourceChoice> source = new SimpleObjectProperty<>(SourceChoice.OTHER);
    private final StringProperty number = new SimpleStringProperty(FIRST_NUMBER);
    private final ObjectProperty<Side> into = new SimpleObjectProperty<>(Side.CORRUPT);
    private final ReadOnlyObjectWrapper<List<Measure>> measures = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Measure> measure = new SimpleObjectProperty<>();
    private final BooleanProperty fit;
    private final ReadOnlyObjectWrapper<Optional<ShownSweep>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<Head>> end = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Head>> otherEnd = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<PairFile>> pairs = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Checked>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper fileProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper older = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<References>> references =
        new ReadOnlyObjectWrapper<>(Optional.empty());
    /** All that were opened, since undo brings back what they gave. */
    private final List<References> opened = new ArrayList<>();
    private Supplier<Optional<Path>> askForPairs = Optional::empty;
    private Supplier<Optional<Path>> askForReferences = Optional::empty;
    private boolean wanted;
    private boolean following;

    public SweepViewModel(Workbench workbench) {
        this.workbench = workbench;
        this.swept = DocumentProperty.of(workbench, "", document -> document.sweeping().swept(), Document::withSwept);
        this.fit = DocumentProperty.ofBoolean(workbench, document -> document.sweeping().fit(),
            (document, now) -> document.withSweeping(document.sweeping().withFit(now)));
        source.addListener((observed, before, now) -> substitute());
        number.addListener((observed, before, now) -> substitute());
        into.addListener((observed, before, now) -> substitute());
        measure.addListener((observed, before, now) -> {
            if (!following && now != null) {
                workbench.edit("", document -> document.withSweeping(document.sweeping()
                    .withMetric(now.metric(), now.tokens())));
            }
        });
        workbench.documentProperty().addListener((observed, before, now) -> follow(before, now));
        workbench.finishedProperty().addListener((observed, before, now) -> followPair());
        workbench.currentProperty().addListener((observed, before, now) -> {
            if (!now && pairs.get().isEmpty()) {
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

    // ---- reference prompts ----

    /** The reference prompts whose mean is put in, where that is chosen. */
    ReadOnlyObjectProperty<Optional<References>> referencesProperty() {
        return references.getReadOnlyProperty();
    }

    /** The file of the reference prompts whose mean is put in; empty where something else is. */
    public Optional<Path> referencesFile() {
        return references.get().filter(read -> read.source().equals(workbench.document().substitution().source()))
            .map(References::file);
    }

    /** @param question which file holds reference prompts; empty when a person thinks better of it */
    public void askForReferencesWith(Supplier<Optional<Path>> question) {
        askForReferences = question;
    }

    /** Asks which file of reference prompts to take the mean over. */
    public void chooseReferences() {
        askForReferences.get().ifPresent(this::openReferences);
    }

    /** Puts in the mean over the prompts in a text file. One that cannot be read leaves all as it is. */
    public void openReferences(Path file) {
        boolean bos = workbench.document().bos();
        open(file, (model, job) -> References.read(file, model, bos, job.cancellation()),
            (References read) -> {
                opened.add(read);
                references.set(Optional.of(read));
                if (source.get() == SourceChoice.REFERENCE) {
                    substitute();
                } else {
                    source.set(SourceChoice.REFERENCE);
                }
            });
    }

    /** Reads a file beside the FX thread. */
    private <T> void open(Path file, BiFunction<OpenModel, Job, T> read, Consumer<T> taken) {
        Optional<OpenModel> model = workbench.modelProperty().get();
        if (model.isEmpty()) {
            fileProblem.set("Open a model first; its tokenizer reads the file.");
            return;
        }
        workbench.background().run(Lane.READ, "Reading " + file.getFileName(), job -> read.apply(model.get(), job),
            made -> {
                fileProblem.set("");
                taken.accept(made);
            }, error -> {
                if (error instanceof Refusal refusal) {
                    fileProblem.set(refusal.getMessage());
                } else {
                    workbench.fail(error);
                }
            });
    }

    // ---- many pairs ----

    /** The file of pairs that are swept instead of the one that is open. */
    ReadOnlyObjectProperty<Optional<PairFile>> pairsProperty() {
        return pairs.getReadOnlyProperty();
    }

    /** Its rows, and what keeps some of them from being swept. */
    ReadOnlyObjectProperty<List<Checked>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** Why the last file could not be opened; empty where it could. */
    public ReadOnlyStringProperty fileProblemProperty() {
        return fileProblem.getReadOnlyProperty();
    }

    /** @param question which file holds pairs; empty when a person thinks better of it */
    public void askForPairsWith(Supplier<Optional<Path>> question) {
        askForPairs = question;
    }

    /** Asks which file of pairs to sweep, and sweeps it. */
    public void choosePairs() {
        askForPairs.get().ifPresent(this::openPairs);
    }

    /** Sweeps the pairs in a CSV file. One that cannot be read leaves all as it is. */
    public void openPairs(Path file) {
        boolean bos = workbench.document().bos();
        open(file, (model, job) -> PairFile.read(file, model, bos), this::take);
    }

    private void take(PairFile file) {
        boolean isReadAgain = pairs.get().filter(now -> now.file().equals(file.file())).isPresent();
        pairs.set(Optional.of(file));
        if (!isReadAgain && file.hasAnswers(1)) {
            MetricChoice answered = file.hasAnswers(2) ? MetricChoice.DIFFERENCE : MetricChoice.LOGIT;
            workbench.edit("", document -> document.withSweeping(document.sweeping()
                .withMetric(answered, List.of())));
        }
        offerMeasures();
        sweep();
    }

    /** Goes back to the pair that is open. */
    public void closePairs() {
        fileProblem.set("");
        pairs.set(Optional.empty());
        rows.set(List.of());
        workbench.background().drop(Lane.SWEEP);
        offerMeasures();
        again();
        showAge();
    }

    /** Goes back to the pair that is open, and sweeps again only once it is asked for. */
    public void waitToBeAsked() {
        wanted = false;
        closePairs();
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
        return sweep.isOfPairs() ? pairs.get().equals(sweep.request().pairs()) : pairs.get().isEmpty()
            && workbench.currentProperty().get()
            && workbench.finishedProperty().get().filter(now -> now == sweep.runs()).isPresent();
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
            case REFERENCE -> references.get().map(References::source);
            case NUMBER -> Source.parse(number.get().strip()).filter(Source.Number.class::isInstance);
        };
    }

    private void follow(Document before, Document now) {
        showEnd();
        Measure former = measure.get();
        boolean otherSource = !now.substitution().equals(before.substitution());
        if (otherSource) {
            take(now.substitution());
        }
        if (!now.pins().equals(before.pins()) || !now.sweeping().equals(before.sweeping())) {
            offerMeasures();
        }
        boolean isFitOnly = now.sweeping().withFit(before.sweeping().fit()).equals(before.sweeping());
        if (otherSource || !isFitOnly || !Objects.equals(former, measure.get())) {
            again();
        }
    }

    private void take(Substitution substitution) {
        following = true;
        into.set(substitution.into());
        opened.stream().filter(read -> read.source().equals(substitution.source())).findFirst()
            .ifPresent(read -> references.set(Optional.of(read)));
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
            // Another model makes other means of them.
            references.set(Optional.empty());
            opened.clear();
            problem.set("");
        } else if (pairs.get().isEmpty()) {
            offerMeasures();
            again();
        } else if (pairs.get().get().model() != workbench.modelProperty().get().orElseThrow()) {
            // Another model has other tokens.
            openPairs(pairs.get().get().file());
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
        List<Measure> offered = new ArrayList<>(pairs.get().map(SweepViewModel::ofEach).orElse(List.of()));
        offered.addAll(Measure.of(workbench.watched(), id -> runs.get().model().tokenizer().token(id).label()));
        List<Measure> fitting = offered.stream().filter(one -> one.metric() == sweeping().metric()).toList();
        Optional<Measure> asked = fitting.stream().filter(one -> one.tokens().equals(sweeping().tokens())).findFirst()
            .or(() -> fitting.stream().filter(one -> one.equals(measure.get())).findFirst())
            .or(() -> fitting.stream().findFirst());
        following = true;
        measures.set(offered);
        measure.set(asked.orElse(offered.get(0)));
        following = false;
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
        workbench.background().run(Lane.SWEEP, pairs.get().isPresent() ? "Sweeping pairs" : "Sweeping",
            job -> request.run(job, now -> job.show(() -> show(now))), this::show, this::fail);
    }

    private SweepRequest request() {
        return new SweepRequest(workbench.finishedProperty().get().orElseThrow(), swept.get(), end.get(),
            substitution(), measure.get(), workbench.document().focus().map(Head::layer).orElse(0), pairs.get());
    }

    /** A path carries what its sender writes in the other run, whatever else is put in elsewhere. */
    private Substitution substitution() {
        Substitution chosen = workbench.document().substitution();
        return swept.get().isOfPaths() ? chosen.with(Source.CLEAN) : chosen;
    }

    private void checkRows() {
        if (workbench.finishedProperty().get().isPresent() && measure.get() != null
            && (end.get().isPresent() || !swept.get().isOfPaths())) {
            rows.set(pairs.get().map(file -> file.check(request())).orElse(List.of()));
        }
    }

    private String problemNow() {
        if (!swept.get().isOfPaths() && source.get() == SourceChoice.REFERENCE) {
            String none = problemOfReferences();
            if (!none.isEmpty()) {
                return none;
            }
        }
        if (!swept.get().isOfPaths() && chosenSource().isEmpty()) {
            return "“%s” is not a number; write one such as 0.5.".formatted(number.get());
        }
        if (swept.get().isOfPaths() && end.get().isEmpty()) {
            return "Look at a head first; the paths that end or begin there are swept.";
        }
        if (workbench.finishedProperty().get().isPresent() && pairs.get().isPresent()) {
            return problemOfPairs(pairs.get().get());
        }
        String why = workbench.patchProblem(substitution());
        if (!why.isEmpty() || measure.get() == null || !measure.get().needsOther()) {
            return why.isEmpty() && measure.get() != null ? problemOfPaths() : why;
        }
        Finished runs = workbench.finishedProperty().get().orElseThrow();
        return runs.run(into.get().other()).isPresent() ? ""
            : "KL is measured from the other run; add a corrupt prompt or measure a token.";
    }

    private String problemOfReferences() {
        if (references.get().isEmpty()) {
            return "Choose a text file of reference prompts, one a line, to put their mean in.";
        }
        return swept.get().kinds().stream().anyMatch(kind -> kind.point().hasKeys()) ? "A pattern has no mean over "
            + "reference prompts, since its values belong to pairs of positions; sweep z, q, k, v or a part of layers."
            : "";
    }

    private String problemOfPaths() {
        try {
            request().check();
            return "";
        } catch (Refusal e) {
            return e.getMessage();
        }
    }

    /** None while there is a row that can be swept; the others say themselves what keeps them away. */
    private String problemOfPairs(PairFile file) {
        return rows.get().stream().anyMatch(Checked::isUsable) ? "" : rows.get().stream().findFirst()
            .map(row -> "%s, line %d: %s".formatted(file.table().name(), row.row().line(), row.problem())).orElse("");
    }

    private void show(ShownSweep now) {
        shown.set(Optional.of(now));
        problem.set(now.whyNoShare());
        showAge();
    }

    private void fail(Throwable error) {
        if (error instanceof CancellationException) {
            problem.set(shown.get().filter(now -> !now.isComplete()).map(now -> now.isOfPairs()
                    ? "Cancelled: the mean of %s is shown.".formatted(now.progress())
                    : "Cancelled: %s cells are shown.".formatted(now.progress()))
                .orElse("Cancelled before the first cells."));
        } else {
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
