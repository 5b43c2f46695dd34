package org.headscope.window.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.Run;
import org.headscope.patching.CellSweep;
import org.headscope.patching.Metric;
import org.headscope.patching.PairSet;
import org.headscope.patching.PathSweep;
import org.headscope.patching.Sweep;
import org.headscope.patching.SweepResult;
import org.headscope.patching.SweepSteps;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Swept;
import org.headscope.tokens.Prompt;
import org.headscope.window.Finished;
import org.headscope.window.work.Job;

/**
 * A sweep as it was asked for. It runs beside the inference thread, which it hands one batch at a time: a readout or a
 * run that is asked for meanwhile waits no longer than a batch takes.
 *
 * @param runs of the pair that is open
 * @param end of all paths, where paths are swept
 * @param firstLayer whose cells come first
 * @param pairs that are swept instead of the open one
 */
record SweepRequest(Finished runs, Swept swept, Optional<Head> end, Substitution substitution, Measure measure,
                    int firstLayer, Optional<PairFile> pairs) {

    /** @param progress told of what there is before the first cells and after every batch, or after every pair */
    ShownSweep run(Job job, Consumer<ShownSweep> progress) {
        return pairs.isPresent() ? many(pairs.get().usable(this), job, progress) : one(job, progress);
    }

    /** @throws org.headscope.refusal.Refusal if the open pair cannot be swept so */
    void check() {
        sweeps(runs.prompt(from()), target(), measure.of());
    }

    /** The run that is changed, of the open pair. */
    Prompt target() {
        return runs.prompt(substitution.into()).orElseThrow();
    }

    private Side from() {
        return substitution.into().other();
    }

    private Gpt2 model() {
        return runs.model().gpt2();
    }

    private List<CellSweep> sweeps(Optional<Prompt> other, Prompt target, Metric metric) {
        return IntStream.range(0, swept.kinds().size()).mapToObj(kind ->
            swept.sweep(kind, end, model(), other, target, substitution.source(), metric)).toList();
    }

    // ---- one pair ----

    private ShownSweep one(Job job, Consumer<ShownSweep> progress) {
        return one(sweeps(runs.prompt(from()), target(), measure.of()), job, progress);
    }

    /** The path to one receiver alone, of those to all of them; the other cells stay empty. */
    ShownSweep only(Head receiver, Job job) {
        return one(List.of(path(receiver)), job, soFar -> { });
    }

    /** @throws org.headscope.refusal.Refusal if no path can be followed there in the open pair */
    CellSweep path(Head receiver) {
        return PathSweep.between(end.orElseThrow(), receiver, swept.kinds().get(0).point(), model(),
            runs.prompt(from()).orElseThrow(), target(), measure.of());
    }

    private ShownSweep one(List<CellSweep> sweeps, Job job, Consumer<ShownSweep> progress) {
        Sweep.Base base = hasKept(needs(sweeps)) ? new Sweep.Base(runs.run(from()), runs.run(substitution.into())
            .orElseThrow()) : base(sweeps, runs.prompt(from()), target(), job);
        Computed computed = compute(sweeps, base, job, soFar -> {
            ShownSweep made = new ShownSweep(this, soFar);
            job.progress(made.done(), made.cells());
            // Cells do not take equally long: the bar and the time left go by the work.
            job.progress(made.results().stream().mapToDouble(SweepResult::worked).average().orElse(0));
            progress.accept(made);
        });
        return new ShownSweep(this, computed.results()).overflowingAt(computed.overflow());
    }

    private boolean hasKept(Predicate<Hook> needed) {
        Run changed = runs.run(substitution.into()).orElseThrow();
        return changed.cache().holds(Hook.all(runs.model().folder().config().layers()).stream()
            .filter(needed).toList());
    }

    // ---- many ----

    /** The tokens of the pair's prompts, whichever of them is changed. */
    Prompt target(PairSet.Pair pair) {
        return substitution.into() == Side.CORRUPT ? pair.corrupt() : pair.clean();
    }

    private Prompt other(PairSet.Pair pair) {
        return substitution.into() == Side.CORRUPT ? pair.clean() : pair.corrupt();
    }

    /** @throws org.headscope.refusal.Refusal if this pair cannot be swept so */
    List<CellSweep> sweeps(PairSet.Pair pair) {
        return sweeps(Optional.of(other(pair)), target(pair), measure.of(pair));
    }

    private ShownSweep many(List<PairSet.Pair> usable, Job job, Consumer<ShownSweep> progress) {
        List<ShownSweep.OfPair> each = new ArrayList<>();
        Optional<String> overflow = Optional.empty();
        job.progress(0, usable.size());
        for (PairSet.Pair pair : usable) {
            List<CellSweep> sweeps = sweeps(pair);
            Sweep.Base base = base(sweeps, Optional.of(other(pair)), target(pair), job);
            Computed computed = compute(sweeps, base, job, soFar -> { });
            each.add(new ShownSweep.OfPair(pair, computed.results()));
            overflow = overflow.isPresent() ? overflow : computed.overflow();
            job.progress(each.size(), usable.size());
            progress.accept(ShownSweep.mean(this, each, usable.size()).overflowingAt(overflow));
        }
        return ShownSweep.mean(this, each, usable.size()).overflowingAt(overflow);
    }

    // ---- both ----

    private static Predicate<Hook> needs(List<CellSweep> sweeps) {
        return hook -> sweeps.stream().anyMatch(sweep -> sweep.needs().test(hook));
    }

    private Sweep.Base base(List<CellSweep> sweeps, Optional<Prompt> other, Prompt target, Job job) {
        return piece(job, () -> Sweep.base(model(), other, target, needs(sweeps), job.cancellation()));
    }

    /**
     * What the cells of one pair came to.
     *
     * @param overflow where numbers first became too large in a cell that is no number
     */
    private record Computed(List<SweepResult> results, Optional<String> overflow) {
    }

    private Computed compute(List<CellSweep> sweeps, Sweep.Base base, Job job, Consumer<List<SweepResult>> soFar) {
        List<SweepSteps> all = piece(job, () -> sweeps.stream().map(sweep -> sweep.steps(base, firstLayer)).toList());
        List<SweepResult> results = new ArrayList<>(all.stream().map(SweepSteps::result).toList());
        soFar.accept(results);
        for (int kind = 0; kind < all.size(); kind++) {
            SweepSteps steps = all.get(kind);
            while (steps.hasNext()) {
                piece(job, () -> {
                    steps.next(job.cancellation());
                    return steps;
                });
                results.set(kind, steps.result());
                soFar.accept(results);
            }
        }
        return new Computed(results, piece(job, () -> all.stream()
            .flatMap(steps -> steps.overflow(job.cancellation()).stream()).findFirst()));
    }

    /** Something for the inference thread, which takes it up after all that has been asked of it before. */
    private <T> T piece(Job job, Callable<T> work) {
        job.cancellation().throwIfRequested();
        return runs.model().runtime().call(work);
    }
}
