package org.headscope.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.headscope.analysis.RepeatedTokens;
import org.headscope.model.FixedAttention;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.RunOptions;
import org.headscope.model.Runtime;
import org.headscope.model.Site;
import org.headscope.patching.Experiment;
import org.headscope.patching.Patch;
import org.headscope.patching.Readout;
import org.headscope.patching.Source;
import org.headscope.refusal.Refusal;
import org.headscope.session.Document;
import org.headscope.session.History;
import org.headscope.session.OpenModel;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Tokenizer;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.work.Background;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;
import org.headscope.window.work.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the window shows and can do, without a screen: the document, the model, the runs of the document's prompts, and
 * the readouts of its patches. The regions' view models read it and call its commands. Belongs to the FX thread.
 */
public final class Workbench {

    private static final Logger LOG = LoggerFactory.getLogger(Workbench.class);

    /** After the last key, before the prompts are run. */
    private static final long TYPING_PAUSE = 300;

    /** Of random tokens; long enough to tell heads apart, short enough to pass unnoticed. */
    private static final int PROBE_PERIOD = 50;
    private static final int PROBE_ROWS = 2;

    private final Runtime runtime;
    private final Background background;
    private History history;
    private final ReadOnlyObjectWrapper<Document> document;
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<OpenModel>> model = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Reading> clean = new ReadOnlyObjectWrapper<>(Reading.NOTHING);
    private final ReadOnlyObjectWrapper<Reading> corrupt = new ReadOnlyObjectWrapper<>(Reading.NOTHING);
    private final ReadOnlyObjectWrapper<Optional<Pair>> pair = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Finished>> finished = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Readout>> readouts = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper current = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper engine = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<RepeatedTokens.Scores>> probe =
        new ReadOnlyObjectWrapper<>(Optional.empty());
    private final BooleanProperty auto = new SimpleBooleanProperty(true);
    private final ReadOnlyLongWrapper memory;

    /** What was closed for a model that is not open yet. */
    private Optional<Former> former = Optional.empty();
    /** What work that went well must not wipe out; empty once a person does something else. */
    private String standing = "";
    private Optional<Logits> patched = Optional.empty();
    private int runs;

    public Workbench(Runtime runtime, Background background, Document start) {
        this.runtime = runtime;
        this.background = background;
        this.history = new History(start);
        this.document = new ReadOnlyObjectWrapper<>(start);
        this.memory = new ReadOnlyLongWrapper(runtime.memory().bytes());
        auto.addListener((observed, before, now) -> {
            if (now && !current.get()) {
                run();
            }
        });
    }

    // ---- what there is ----

    public ReadOnlyObjectProperty<Document> documentProperty() {
        return document.getReadOnlyProperty();
    }

    public Document document() {
        return document.get();
    }

    /** Such as "PyTorch 2.7.1, 2 threads"; empty until it has been loaded. */
    public ReadOnlyStringProperty engineProperty() {
        return engine.getReadOnlyProperty();
    }

    /** Empty until the first model is loaded. */
    public ReadOnlyObjectProperty<Optional<OpenModel>> modelProperty() {
        return model.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Reading> cleanProperty() {
        return clean.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Reading> corruptProperty() {
        return corrupt.getReadOnlyProperty();
    }

    /** The newest pair, which fills layer by layer. */
    public ReadOnlyObjectProperty<Optional<Pair>> pairProperty() {
        return pair.getReadOnlyProperty();
    }

    /** The newest pair that has been run to its end. */
    public ReadOnlyObjectProperty<Optional<Finished>> finishedProperty() {
        return finished.getReadOnlyProperty();
    }

    /** One for each watched token, in the order of the pins. */
    public ReadOnlyObjectProperty<List<Readout>> readoutsProperty() {
        return readouts.getReadOnlyProperty();
    }

    /** Whether what is shown belongs to the prompts as they stand; if not it must be marked as older. */
    public ReadOnlyBooleanProperty currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** Why the last model could not be loaded or the last run did not end; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What every head does on repeated random tokens; empty until it has been measured. */
    public ReadOnlyObjectProperty<Optional<RepeatedTokens.Scores>> probeProperty() {
        return probe.getReadOnlyProperty();
    }

    /** Whether prompts run by themselves after the last key. */
    public BooleanProperty autoProperty() {
        return auto;
    }

    public ReadOnlyBooleanProperty canUndoProperty() {
        return canUndo.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canRedoProperty() {
        return canRedo.getReadOnlyProperty();
    }

    /** What weights and runs may take together, in bytes. */
    public ReadOnlyLongProperty memoryProperty() {
        return memory.getReadOnlyProperty();
    }

    /** What they may take at most, unless a person says otherwise. */
    public long usualMemory() {
        return runtime.memory().usual();
    }

    /** Lets them take so much from now on. What has been run is run again, since it may keep more now, or less. */
    public void setMemory(long bytes) {
        if (memory.get() != bytes) {
            runtime.memory().set(bytes);
            memory.set(bytes);
            run();
        }
    }

    /** The most tokens that the model reads and that there is memory for. */
    public int limit() {
        return model.get().map(opened -> PairPlan.longest(opened.folder().config(), runtime.memory(),
            !document().corrupt().isEmpty())).orElse(Integer.MAX_VALUE);
    }

    /** What the prompts take, as they were read last; empty where nothing can be run. */
    public Optional<PairPlan> plan() {
        return model.get().filter(opened -> clean.get().isReadable()).map(opened -> PairPlan.of(
            opened.folder().config(), runtime.memory(), clean.get().size(),
            corrupt.get().isReadable() ? corrupt.get().size() : 0));
    }

    public Background background() {
        return background;
    }

    public Optional<Tokenizer> tokenizer() {
        return model.get().map(OpenModel::tokenizer);
    }

    // ---- models ----

    /**
     * Loads a model in the background. The one before is closed for it, so that never both are in memory, but only once
     * nothing can be found wrong with the new one; if that cannot be loaded all the same, the one before is loaded again.
     */
    public void open(String name, Processing processing) {
        open("Loading " + name, loading(name, processing));
    }

    /** The same of a model that is being loaded already. */
    public void open(String what, ModelSource source) {
        Optional<ModelFolder> before = model.get().map(OpenModel::folder).or(() -> former.map(Former::folder));
        swap(what, source, opened -> {
            if (before.filter(old -> !old.equals(opened.folder())).isPresent()) {
                history.revise(Document::forAnotherModel);
                publish();
            }
            begin(opened);
        }, error -> fail(error, "Loading was cancelled."));
    }

    /**
     * Loads a model and starts anew in it: nothing of before can be undone.
     *
     * @param start what to start with in this model
     * @param opened told of the model once the document is there
     */
    public void openWith(String what, ModelSource source, Function<OpenModel, Document> start,
                         Consumer<OpenModel> opened, Consumer<Throwable> failed) {
        swap(what, source, loaded -> {
            history = new History(start.apply(loaded));
            publish();
            begin(loaded);
            opened.accept(loaded);
        }, failed);
    }

    /** What a model of this name comes from. */
    public ModelSource loading(String name, Processing processing) {
        return ModelSource.of(name, processing, runtime);
    }

    /** Nothing of the model itself, whose memory is to be had. */
    private record Former(ModelFolder folder, ModelSource source) {
    }

    private void swap(String what, ModelSource source, Consumer<OpenModel> done, Consumer<Throwable> failed) {
        standing = "";
        background.run(Lane.MODEL, what, job -> {
            source.check();
            return source;
        }, checked -> {
            model.get().ifPresent(this::letGo);
            background.run(Lane.MODEL, what, job -> load(source, job), opened -> {
                take(opened);
                done.accept(opened);
            }, error -> bringBack(error, failed));
        }, error -> bringBack(error, failed));
    }

    private void letGo(OpenModel old) {
        former = Optional.of(new Former(old.folder(), ModelSource.again(old)));
        background.drop(Lane.RUNS);
        background.drop(Lane.PROBE);
        forgetRuns();
        model.set(Optional.empty());
        old.close();
    }

    private void take(OpenModel opened) {
        former = Optional.empty();
        forgetRuns();
        model.set(Optional.of(opened));
    }

    /** Opens the model again that was closed for one that could not be loaded, and says why that could not. */
    private void bringBack(Throwable error, Consumer<Throwable> failed) {
        if (former.isEmpty()) {
            failed.accept(error);
            return;
        }
        ModelSource source = former.get().source();
        background.run(Lane.MODEL, "Going back to " + former.get().folder().name(), job -> load(source, job), opened -> {
            take(opened);
            begin(opened);
            failed.accept(error);
            standing = problem.get();
        }, second -> {
            former = Optional.empty();
            failed.accept(error);
        });
    }

    private void begin(OpenModel opened) {
        run();
        probe(opened);
        nameEngine();
    }

    private static OpenModel load(ModelSource source, Job job) {
        OpenModel opened = source.load();
        if (job.cancellation().isRequested()) {
            // Nobody will take it, so nobody else would close it.
            opened.close();
            job.cancellation().throwIfRequested();
        }
        return opened;
    }

    private void forgetRuns() {
        background.drop(Lane.PATCH);
        pair.set(Optional.empty());
        finished.set(Optional.empty());
        patched = Optional.empty();
        readouts.set(List.of());
        probe.set(Optional.empty());
        current.set(false);
        problem.set("");
    }

    private void nameEngine() {
        background.run(Lane.ENGINE, "Asking the engine", job -> {
            int threads = runtime.threads();
            return "%s, %d thread%s".formatted(runtime.engine(), threads, threads == 1 ? "" : "s");
        }, engine::set, this::fail);
    }

    /** Measures all heads on repeated random tokens, and looks at the strongest induction head if at none yet. */
    private void probe(OpenModel opened) {
        background.run(Lane.PROBE, "Looking for induction heads", job -> {
            int period = Math.min(PROBE_PERIOD, opened.folder().config().positions() / 2);
            return RepeatedTokens.random(opened.tokenizer().size(), opened.tokenizer().findBos(), period,
                PROBE_ROWS, 0).scores(opened.gpt2(), job.cancellation());
        }, scores -> {
            probe.set(Optional.of(scores));
            focusFirst(scores.induction().strongest());
        }, error -> focusFirst(new Head(0, 0)));
    }

    private void focusFirst(Head head) {
        if (document().focus().isEmpty()) {
            history.revise(document -> document.focus().isPresent() ? document
                : document.withFocus(head, false).toggled(head, HookPoint.Z));
            publish();
            repatch();
        }
    }

    // ---- the document ----

    /**
     * Changes the document, and runs what the change asks for.
     *
     * @param kind changes of one kind in a row are undone together; empty for one that stands alone
     */
    public void edit(String kind, UnaryOperator<Document> change) {
        standing = "";
        Document before = document();
        history.change(change.apply(before), kind);
        publish();
        follow(before);
    }

    /** Starts anew in the model that is open: nothing of before can be undone. */
    public void restart(Document start) {
        history = new History(start);
        publish();
        current.set(false);
        probe.get().ifPresent(scores -> focusFirst(scores.induction().strongest()));
        run();
    }

    public void undo() {
        Document before = document();
        history.undo();
        publish();
        follow(before);
    }

    public void redo() {
        Document before = document();
        history.redo();
        publish();
        follow(before);
    }

    private void publish() {
        canUndo.set(history.canUndo());
        canRedo.set(history.canRedo());
        document.set(history.present());
    }

    private void follow(Document before) {
        Document now = document();
        if (!now.hasSamePrompts(before)) {
            current.set(false);
            if (auto.get()) {
                background.later(Lane.RUNS, TYPING_PAUSE, this::run);
            } else {
                background.later(Lane.COUNT, TYPING_PAUSE, this::count);
            }
        } else if (!now.patches().equals(before.patches()) || !now.substitution().equals(before.substitution())) {
            repatch();
        } else if (!now.pins().equals(before.pins())) {
            read();
        }
    }

    /** Looks at a head, and keeps looking at it when {@code lock} is set. */
    public void focus(Head head, boolean lock) {
        edit("focus", document -> document.withFocus(head, lock));
    }

    public void unlock() {
        edit("focus", Document::unlocked);
    }

    /** Stages the focused head's chosen part, or takes it away again. */
    public void toggleFocusedPatch() {
        document().focus().ifPresent(head -> edit("", document -> document.toggled(head, document.part())));
    }

    /** Sets attention of a head to 0, or leaves it again. */
    public void toggleCut(Site edges) {
        edit("", document -> intoRunThatThereIs(document).toggledCut(edges));
    }

    /** Lets the focused head attend by a rule, or by itself again. */
    public void toggleAttention(FixedAttention rule) {
        document().focus().map(head -> new StagedPatch(head, HookPoint.PATTERN, true)
            .with(Optional.of(new Source.Attention(rule)))).ifPresent(patch -> edit("", document ->
                document.attendsBy(rule) ? document.without(patch) : intoRunThatThereIs(document).staged(patch)));
    }

    /** What needs nothing of the other run is put into the clean one where it is the only one. */
    private static Document intoRunThatThereIs(Document document) {
        return document.corrupt().isEmpty() ? document.withSubstitution(document.substitution().into(Side.CLEAN))
            : document;
    }

    /** Watches one token more. */
    public void pin(int id) {
        List<Integer> pins = new ArrayList<>(watched());
        if (!pins.contains(id)) {
            pins.add(id);
            edit("", document -> document.withPins(pins));
        }
    }

    public void unpin(int id) {
        List<Integer> pins = new ArrayList<>(watched());
        pins.remove((Integer) id);
        edit("", document -> document.withPins(pins));
    }

    /** The pinned tokens, or where there are none the first prediction of each run of the newest pair. */
    public List<Integer> watched() {
        if (!document().pins().isEmpty() || finished.get().isEmpty()) {
            return document().pins();
        }
        Finished last = finished.get().get();
        return Stream.concat(Stream.of(last.cleanLogits()), last.corruptLogits().stream())
            .map(logits -> logits.top(1).get(0).id()).distinct().toList();
    }

    // ---- runs ----

    /** Runs the prompts as they stand. What ran before is stopped. */
    public void run() {
        if (model.get().isEmpty()) {
            return;
        }
        OpenModel opened = model.get().get();
        Document wanted = document();
        int number = ++runs;
        background.drop(Lane.COUNT);
        List<RunOptions.Earlier> earlier = finished.get().filter(last -> last.model() == opened)
            .map(Finished::earlier).orElse(List.of());
        Work<Optional<Finished>> work = job -> runPair(opened, wanted, number, earlier, job);
        background.run(Lane.RUNS, "Running the prompts", work, result -> {
            problem.set(standing);
            result.ifPresent(made -> accept(made, wanted));
        }, error -> fail(error, "The run was cancelled; what had been computed is shown."));
    }

    /** Reads the prompts without running them, so that a person sees what a run would need. */
    private void count() {
        Document wanted = document();
        model.get().ifPresent(opened -> background.run(Lane.COUNT, "Counting tokens",
            job -> List.of(reading(opened, wanted, Side.CLEAN), reading(opened, wanted, Side.CORRUPT)), read -> {
                clean.set(read.get(0));
                corrupt.set(read.get(1));
            }, this::fail));
    }

    private Optional<Finished> runPair(OpenModel opened, Document wanted, int number,
                                       List<RunOptions.Earlier> earlier, Job job) {
        Reading cleanReading = reading(opened, wanted, Side.CLEAN);
        Reading corruptReading = reading(opened, wanted, Side.CORRUPT);
        job.show(() -> {
            clean.set(cleanReading);
            corrupt.set(corruptReading);
        });
        if (!cleanReading.isReadable()) {
            return Optional.empty();
        }
        return Optional.of(new PairRunner(opened, job, number, cleanReading.prompt().orElseThrow(),
            corruptReading.isReadable() ? corruptReading.prompt() : Optional.empty(), earlier,
            soFar -> pair.set(Optional.of(soFar))).run());
    }

    private Reading reading(OpenModel opened, Document wanted, Side side) {
        if (side == Side.CORRUPT && wanted.corrupt().isEmpty()) {
            return Reading.NOTHING;
        }
        Gpt2Config config = opened.folder().config();
        return Reading.of(opened.tokenizer(), side == Side.CLEAN ? wanted.clean() : wanted.corrupt(), wanted.bos(),
            config.positions(), PairPlan.longest(config, runtime.memory(), !wanted.corrupt().isEmpty()));
    }

    private void accept(Finished result, Document wanted) {
        patched = Optional.empty();
        finished.set(Optional.of(result));
        pair.set(Optional.of(result.pair()));
        // Somebody may have typed on since; the next run is then on its way.
        current.set(document().hasSamePrompts(wanted));
        repatch();
    }

    /** Why nothing can be patched now, in one sentence; empty where it can. */
    public String patchProblem() {
        Substitution substitution = document().substitution();
        List<Patch> patches = patches();
        if (patches.stream().anyMatch(patch -> patch.source() instanceof Source.ReferenceMean
            && patch.site().hook().point().hasKeys())) {
            return "A pattern has no mean over reference prompts, since its values belong to pairs of positions; "
                + "unstage it or put something else in.";
        }
        return patches.isEmpty() ? patchProblem(substitution) : patches.stream()
            .map(patch -> patchProblem(substitution.with(patch.source()))).filter(why -> !why.isEmpty()).findFirst()
            .orElse("");
    }

    /** Those that take part. */
    private List<Patch> patches() {
        return document().patches().stream().filter(StagedPatch::on)
            .map(staged -> staged.patch(document().substitution().source())).toList();
    }

    /** The same of another substitution than the document's. */
    public String patchProblem(Substitution substitution) {
        if (finished.get().isEmpty()) {
            return "Run a prompt first.";
        }
        Finished last = finished.get().get();
        if (last.corruptRun().isEmpty() && (substitution.needsBoth() || substitution.into() == Side.CORRUPT)) {
            return corrupt.get().problem().isEmpty() ? whatToAdd(substitution)
                : "The corrupt prompt cannot be read: " + corrupt.get().problem();
        }
        if (!substitution.needsBoth()) {
            return "";
        }
        try {
            Experiment.checkPair(last.pair().clean(), last.pair().corrupt().orElseThrow());
            return "";
        } catch (Refusal e) {
            return e.getMessage();
        }
    }

    private static String whatToAdd(Substitution substitution) {
        if (!substitution.needsBoth()) {
            return "Add a corrupt prompt to put %s into, or put it into the clean run.".formatted(substitution.what());
        }
        return substitution.into() == Side.CORRUPT ? "Add a corrupt prompt to patch the clean run into."
            : "Add a corrupt prompt to patch into the clean run.";
    }

    private void repatch() {
        Substitution substitution = document().substitution();
        List<Patch> patches = patches();
        if (patches.isEmpty() || !patchProblem().isEmpty()) {
            background.drop(Lane.PATCH);
            accept(Optional.empty());
            return;
        }
        Finished last = finished.get().orElseThrow();
        background.run(Lane.PATCH, "Patching", job -> Optional.of(experiment(last, substitution.into())
            .patched(patches, job.cancellation())), made -> {
                problem.set(standing);
                accept(made);
            }, this::failPatch);
    }

    /** What is put in comes from the other run; where there is none nothing is taken from it, and one is enough. */
    private static Experiment experiment(Finished last, Side into) {
        Side from = last.run(into.other()).isPresent() ? into.other() : into;
        return Experiment.of(last.model().gpt2(), last.prompt(from).orElseThrow(), last.run(from).orElseThrow(),
            last.prompt(into).orElseThrow(), last.run(into).orElseThrow());
    }

    /** What an earlier patch gave must not stand for this one. */
    private void failPatch(Throwable error) {
        accept(Optional.empty());
        fail(error, "Patching was cancelled.");
    }

    private void accept(Optional<Logits> logits) {
        patched = logits;
        read();
    }

    private void read() {
        readouts.set(finished.get().map(last -> watched().stream().map(id -> Readout.of(id,
            Optional.of(last.cleanLogits()), last.corruptLogits().orElse(last.cleanLogits()), patched)).toList())
            .orElse(List.of()));
    }

    /** Says one sentence to the person; empty takes the last one back. */
    public void report(String sentence) {
        problem.set(sentence);
    }

    /** Says in one sentence why background work came to nothing. */
    public void fail(Throwable error) {
        fail(error, "This was cancelled.");
    }

    private void fail(Throwable error, String cancelled) {
        if (error instanceof Refusal refusal) {
            problem.set(refusal.getMessage());
        } else if (error instanceof CancellationException) {
            problem.set(cancelled);
        } else if (error instanceof OutOfMemoryError) {
            LOG.error("Out of memory", error);
            problem.set("There is not enough memory for this prompt; shorten it.");
        } else {
            LOG.error("Background work failed", error);
            problem.set("This failed for a reason that Headscope did not expect; the log says more.");
        }
    }
}
