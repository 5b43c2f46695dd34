package org.headscope.window;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.headscope.model.MemoryBudget;
import org.headscope.model.OutOfMemory;
import org.headscope.model.RunOptions;
import org.headscope.session.Document;
import org.headscope.session.OpenModel;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Gpt2Config;
import org.headscope.window.PairPlan.Keeping;
import org.headscope.window.work.Background;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;
import org.headscope.window.work.Work;

/** Reads the document's prompts with the model that is open and runs them. Belongs to the FX thread. */
final class PairRuns {

    /** After the last key, before the prompts are run. */
    private static final long TYPING_PAUSE = 300;

    private final MemoryBudget memory;
    private final Background background;
    private final Edits edits;
    private final ModelSlot model;
    private final Problem problem;
    private final Runnable accepted;
    private final ReadOnlyObjectWrapper<Reading> clean = new ReadOnlyObjectWrapper<>(Reading.NOTHING);
    private final ReadOnlyObjectWrapper<Reading> corrupt = new ReadOnlyObjectWrapper<>(Reading.NOTHING);
    private final ReadOnlyObjectWrapper<Optional<Pair>> pair = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Finished>> finished = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper current = new ReadOnlyBooleanWrapper();
    private int runs;

    /** Prompts of so many tokens together keep the least, since memory ran out. */
    private int sparingFrom = Integer.MAX_VALUE;

    /** @param accepted told of every pair that has been run to its end */
    PairRuns(MemoryBudget memory, Background background, Edits edits, ModelSlot model, Problem problem,
             Runnable accepted) {
        this.memory = memory;
        this.background = background;
        this.edits = edits;
        this.model = model;
        this.problem = problem;
        this.accepted = accepted;
    }

    ReadOnlyObjectProperty<Reading> cleanProperty() {
        return clean.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Reading> corruptProperty() {
        return corrupt.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Pair>> pairProperty() {
        return pair.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Finished>> finishedProperty() {
        return finished.getReadOnlyProperty();
    }

    Optional<Finished> finished() {
        return finished.get();
    }

    ReadOnlyBooleanProperty currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** The most tokens that the model reads and that there is memory for. */
    int limit() {
        return model.get().map(opened -> PairPlan.longest(opened.folder().config(), memory,
            !edits.document().corrupt().isEmpty())).orElse(Integer.MAX_VALUE);
    }

    /** What the prompts take, as they were read last; empty where nothing can be run. */
    Optional<PairPlan> plan() {
        return model.get().filter(opened -> clean.get().isReadable()).map(opened -> PairPlan.of(
            opened.folder().config(), memory, most(tokens(), sparingFrom), clean.get().size(),
            tokens() - clean.get().size()));
    }

    /** Of both prompts together, as far as they can be read. */
    private int tokens() {
        return clean.get().size() + (corrupt.get().isReadable() ? corrupt.get().size() : 0);
    }

    /** What prompts of so many tokens together keep at most, where those of another number keep the least. */
    private static Keeping most(int tokens, int sparing) {
        return tokens < sparing ? Keeping.PATTERNS : Keeping.LEAST;
    }

    /** What is still there after memory ran out, and what can be done. */
    Problem.Shortage shortage(Throwable error) {
        String left = finished.get().isEmpty() ? "There are no results yet"
            : current.get() ? "All results so far are still there" : "The previous prompt's results are still there";
        boolean canKeepLess = plan().filter(plan -> plan.keeping() != Keeping.LEAST).isPresent();
        return new Problem.Shortage("%s; shorten the prompt, %s.".formatted(left, canKeepLess
            ? "or keep less of its runs" : OutOfMemory.isOfJava(error)
                ? "take a smaller model, or give Java more with -Xmx"
                : "take a smaller model, or close other programs"),
            canKeepLess ? Optional.of(this::keepLess) : Optional.empty());
    }

    /** Runs the prompts again, which keep the least from now on, and so do longer ones. */
    private void keepLess() {
        sparingFrom = tokens();
        run();
    }

    /** Lets prompts keep whatever the memory budget holds. */
    void keepAll() {
        sparingFrom = Integer.MAX_VALUE;
    }

    /** The model that they were made with is closed. */
    void forget() {
        pair.set(Optional.empty());
        finished.set(Optional.empty());
        current.set(false);
        keepAll();
    }

    /** What is shown does not belong to the prompts any more. */
    void outdate() {
        current.set(false);
    }

    /** Runs the prompts once nobody types any more, or only reads them. */
    void later(boolean auto) {
        if (auto) {
            background.later(Lane.RUNS, TYPING_PAUSE, this::run);
        } else {
            background.later(Lane.COUNT, TYPING_PAUSE, this::count);
        }
    }

    /** Runs the prompts as they stand. What ran before is stopped. */
    void run() {
        if (model.get().isEmpty()) {
            return;
        }
        OpenModel opened = model.get().get();
        Document wanted = edits.document();
        int number = ++runs;
        background.drop(Lane.COUNT);
        List<RunOptions.Earlier> earlier = finished.get().filter(last -> last.model() == opened)
            .map(Finished::earlier).orElse(List.of());
        int sparing = sparingFrom;
        Work<Optional<Finished>> work = job -> runPair(opened, wanted, number, earlier, sparing, job);
        background.run(Lane.RUNS, "Running the prompts", work, result -> {
            problem.solved();
            result.ifPresent(made -> accept(made, wanted));
            result.flatMap(Finished::overflow).ifPresent(sentence -> {
                problem.report(sentence);
                problem.letStand();
            });
        }, this::fail);
    }

    private void fail(Throwable error) {
        if (OutOfMemory.is(error)) {
            // What had been computed takes the memory that there is too little of.
            pair.set(finished.get().map(Finished::pair));
        }
        problem.fail(error, "The run was cancelled; what had been computed is shown.");
    }

    /** Reads the prompts without running them, so that a person sees what a run would need. */
    private void count() {
        Document wanted = edits.document();
        model.get().ifPresent(opened -> background.run(Lane.COUNT, "Counting tokens",
            job -> List.of(reading(opened, wanted, Side.CLEAN), reading(opened, wanted, Side.CORRUPT)), read -> {
                clean.set(read.get(0));
                corrupt.set(read.get(1));
            }, problem::fail));
    }

    private Optional<Finished> runPair(OpenModel opened, Document wanted, int number,
                                       List<RunOptions.Earlier> earlier, int sparing, Job job) {
        Reading cleanReading = reading(opened, wanted, Side.CLEAN);
        Reading corruptReading = reading(opened, wanted, Side.CORRUPT);
        job.show(() -> {
            clean.set(cleanReading);
            corrupt.set(corruptReading);
        });
        if (!cleanReading.isReadable()) {
            return Optional.empty();
        }
        Optional<Prompt> readable = corruptReading.isReadable() ? corruptReading.prompt() : Optional.empty();
        return Optional.of(new PairRunner(opened, job, number, cleanReading.prompt().orElseThrow(), readable,
            most(cleanReading.size() + readable.map(Prompt::size).orElse(0), sparing), earlier,
            soFar -> pair.set(Optional.of(soFar))).run());
    }

    private Reading reading(OpenModel opened, Document wanted, Side side) {
        if (side == Side.CORRUPT && wanted.corrupt().isEmpty()) {
            return Reading.NOTHING;
        }
        Gpt2Config config = opened.folder().config();
        return Reading.of(opened.tokenizer(), side == Side.CLEAN ? wanted.clean() : wanted.corrupt(), wanted.bos(),
            config.positions(), PairPlan.longest(config, memory, !wanted.corrupt().isEmpty()));
    }

    private void accept(Finished result, Document wanted) {
        finished.set(Optional.of(result));
        pair.set(Optional.of(result.pair()));
        // Somebody may have typed on since; the next run is then on its way.
        boolean isCurrent = edits.document().hasSamePrompts(wanted);
        current.set(isCurrent);
        if (isCurrent) {
            // Prompts whose run was seen are worth coming back to, whatever is typed into the field next.
            edits.haveRun();
        }
        accepted.run();
    }
}
