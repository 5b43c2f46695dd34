package org.headscope.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.headscope.analysis.RepeatedTokens;
import org.headscope.model.FixedAttention;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Runtime;
import org.headscope.model.Site;
import org.headscope.model.Wish;
import org.headscope.patching.Readout;
import org.headscope.patching.Source;
import org.headscope.session.Document;
import org.headscope.session.OpenModel;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Tokenizer;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.work.Background;
import org.headscope.window.work.Lane;

/**
 * What the window shows and can do, without a screen: the document, the model, the runs of the document's prompts, and
 * the readouts of its patches. The regions' view models read it and call its commands. Belongs to the FX thread.
 */
public final class Workbench {

    private final Runtime runtime;
    private final Background background;
    private final Problem problem = new Problem();
    private final Edits edits;
    private final ModelSlot model;
    private final PairRuns runs;
    private final PatchReadouts patches;
    private final HeadProbe probe;
    private final ReadOnlyStringWrapper engine = new ReadOnlyStringWrapper("");
    private final BooleanProperty auto = new SimpleBooleanProperty(true);
    private final ReadOnlyLongWrapper memory;

    public Workbench(Runtime runtime, Background background, Document start) {
        this.runtime = runtime;
        this.background = background;
        this.edits = new Edits(start);
        this.model = new ModelSlot(background, problem, this::forget, this::begin);
        this.runs = new PairRuns(runtime.memory(), background, edits, model, problem, this::renewReadouts);
        problem.explainShortages(runs::shortage);
        this.patches = new PatchReadouts(background, edits, runs, problem);
        this.probe = new HeadProbe(background);
        this.memory = new ReadOnlyLongWrapper(runtime.memory().bytes());
        auto.addListener((observed, before, now) -> {
            if (now && !currentProperty().get()) {
                run();
            }
        });
    }

    // ---- what there is ----

    public ReadOnlyObjectProperty<Document> documentProperty() {
        return edits.documentProperty();
    }

    public Document document() {
        return edits.document();
    }

    /** Such as "PyTorch 2.7.1, 2 threads"; empty until it has been loaded. */
    public ReadOnlyStringProperty engineProperty() {
        return engine.getReadOnlyProperty();
    }

    /** Empty until the first model is loaded. */
    public ReadOnlyObjectProperty<Optional<OpenModel>> modelProperty() {
        return model.modelProperty();
    }

    public ReadOnlyObjectProperty<Reading> cleanProperty() {
        return runs.cleanProperty();
    }

    public ReadOnlyObjectProperty<Reading> corruptProperty() {
        return runs.corruptProperty();
    }

    /** The newest pair, which fills layer by layer. */
    public ReadOnlyObjectProperty<Optional<Pair>> pairProperty() {
        return runs.pairProperty();
    }

    /** The newest pair that has been run to its end. */
    public ReadOnlyObjectProperty<Optional<Finished>> finishedProperty() {
        return runs.finishedProperty();
    }

    /** One for each watched token, in the order of the pins. */
    public ReadOnlyObjectProperty<List<Readout>> readoutsProperty() {
        return patches.readoutsProperty();
    }

    /** Whether what is shown belongs to the prompts as they stand; if not it must be marked as older. */
    public ReadOnlyBooleanProperty currentProperty() {
        return runs.currentProperty();
    }

    /** Why the last model could not be loaded or the last run did not end; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.sentenceProperty();
    }

    /** Whether that tells why a model was not opened, so that another can be chosen. */
    public ReadOnlyBooleanProperty modelRefusedProperty() {
        return problem.ofModelProperty();
    }

    /** Keeps less of the runs and runs the prompts again; empty unless memory ran out and that can help. */
    public ReadOnlyObjectProperty<Optional<Runnable>> keepLessProperty() {
        return problem.keepLessProperty();
    }

    /** What every head does on repeated random tokens; empty until it has been measured. */
    public ReadOnlyObjectProperty<Optional<RepeatedTokens.Scores>> probeProperty() {
        return probe.scoresProperty();
    }

    /** Whether prompts run by themselves after the last key. */
    public BooleanProperty autoProperty() {
        return auto;
    }

    public ReadOnlyBooleanProperty canUndoProperty() {
        return edits.canUndoProperty();
    }

    public ReadOnlyBooleanProperty canRedoProperty() {
        return edits.canRedoProperty();
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
            runs.keepAll();
            run();
        }
    }

    /** What models that are opened from now on shall compute on. */
    public void setWish(Wish wish) {
        runtime.setWish(wish);
    }

    /** The most tokens that the model reads and that there is memory for. */
    public int limit() {
        return runs.limit();
    }

    /** What the prompts take, as they were read last; empty where nothing can be run. */
    public Optional<PairPlan> plan() {
        return runs.plan();
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
     * nothing can be found wrong with the new one; if that cannot be loaded all the same, the one before is loaded
     * again.
     */
    public void open(String name, Processing processing) {
        open("Loading " + name, loading(name, processing));
    }

    /** The same of a model that is being loaded already. */
    public void open(String what, ModelSource source) {
        Optional<ModelFolder> before = model.folder();
        model.swap(what, source, opened -> {
            if (before.filter(old -> !old.equals(opened.folder())).isPresent()) {
                edits.revise(Document::forAnotherModel);
            }
            begin(opened);
        }, error -> problem.failToOpen(error, model.get().isPresent()));
    }

    /**
     * Loads a model and starts anew in it: nothing of before can be undone.
     *
     * @param start what to start with in this model
     * @param opened told of the model once the document is there
     */
    public void openWith(String what, ModelSource source, Function<OpenModel, Document> start,
                         Consumer<OpenModel> opened, Consumer<Throwable> failed) {
        model.swap(what, source, loaded -> {
            edits.startAnew(start.apply(loaded));
            begin(loaded);
            opened.accept(loaded);
        }, failed);
    }

    /** What a model of this name comes from. */
    public ModelSource loading(String name, Processing processing) {
        return ModelSource.of(name, processing, runtime);
    }

    private void begin(OpenModel opened) {
        if (opened.placement().failed()) {
            problem.report(opened.placement().sentence());
            problem.letStand();
        }
        run();
        probe.measure(opened, this::focusFirst);
        nameEngine();
    }

    /** What was computed with a model goes with it. */
    private void forget() {
        runs.forget();
        patches.forget();
        probe.forget();
        problem.report("");
    }

    private void nameEngine() {
        background.run(Lane.ENGINE, "Asking the engine", job -> {
            int threads = runtime.threads();
            return "%s, %d thread%s".formatted(runtime.engine(), threads, threads == 1 ? "" : "s");
        }, engine::set, this::fail);
    }

    /** Looks at a head if at none yet. */
    private void focusFirst(Head head) {
        if (document().focus().isEmpty()) {
            edits.revise(document -> document.focus().isPresent() ? document
                : document.withFocus(head, false).toggled(head, HookPoint.Z));
            patches.repatch();
        }
    }

    // ---- the document ----

    /**
     * Changes the document, and runs what the change asks for.
     *
     * @param kind changes of one kind in a row are undone together; empty for one that stands alone
     */
    public void edit(String kind, UnaryOperator<Document> change) {
        problem.letGo();
        follow(() -> edits.change(kind, change));
    }

    /** Starts anew in the model that is open: nothing of before can be undone. */
    public void restart(Document start) {
        edits.startAnew(start);
        runs.outdate();
        probeProperty().get().ifPresent(scores -> focusFirst(scores.induction().strongest()));
        run();
    }

    public void undo() {
        follow(edits::undo);
    }

    public void redo() {
        follow(edits::redo);
    }

    private void follow(Runnable change) {
        Document before = document();
        change.run();
        Document now = document();
        if (!now.hasSamePrompts(before)) {
            runs.outdate();
            runs.later(auto.get());
        } else if (!now.patches().equals(before.patches()) || !now.substitution().equals(before.substitution())) {
            patches.repatch();
        } else if (!now.pins().equals(before.pins())) {
            patches.read();
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
        return patches.watched();
    }

    // ---- runs ----

    /** Runs the prompts as they stand. What ran before is stopped. */
    public void run() {
        runs.run();
    }

    private void renewReadouts() {
        patches.renew();
    }

    /** Why nothing can be patched now, in one sentence; empty where it can. */
    public String patchProblem() {
        return patches.whyNot();
    }

    /** The same of another substitution than the document's. */
    public String patchProblem(Substitution substitution) {
        return patches.whyNot(substitution);
    }

    /** Says one sentence to the person; empty takes the last one back. */
    public void report(String sentence) {
        problem.report(sentence);
    }

    /** Says in one sentence why background work came to nothing. */
    public void fail(Throwable error) {
        problem.fail(error);
    }
}
