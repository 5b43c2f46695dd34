package org.headscope.window.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.headscope.model.Hook;
import org.headscope.model.Run;
import org.headscope.model.Variants;
import org.headscope.patching.Sweep;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepResult;
import org.headscope.session.Substitution;
import org.headscope.tokens.Prompt;
import org.headscope.window.Finished;
import org.headscope.window.work.Job;

/**
 * A sweep as it was asked for, to be computed on the inference thread.
 *
 * @param firstLayer whose cells come first
 */
record SweepRequest(Finished runs, Swept swept, Substitution substitution, Measure measure, int firstLayer) {

    /** @param progress told of what there is before the first cells and after every batch */
    ShownSweep run(Job job, Consumer<ShownSweep> progress) {
        Optional<ShownSweep> done = Optional.empty();
        for (int kind = 0; kind < swept.kinds().size(); kind++) {
            done = Optional.of(run(kind, done, job, progress));
        }
        return done.orElseThrow();
    }

    private ShownSweep run(int kind, Optional<ShownSweep> before, Job job, Consumer<ShownSweep> progress) {
        SweepKind what = swept.kinds().get(kind);
        Sweep sweep = new Sweep(runs.model().gpt2(), runs.prompt(substitution.into().other()), target(), what,
            substitution.source(), measure.of());
        SweepResult result = sweep.run(base(sweep, what, job), Sweep.ROWS, firstLayer, now -> {
            ShownSweep made = before.orElseGet(() -> blank(now)).with(kind, now);
            job.progress(made.done(), made.cells());
            progress.accept(made);
        }, job.cancellation());
        return before.orElseGet(() -> blank(result)).with(kind, result);
    }

    private Prompt target() {
        return runs.prompt(substitution.into()).orElseThrow();
    }

    /** Nothing of any kind is computed yet. */
    private ShownSweep blank(SweepResult first) {
        List<SweepResult> results = new ArrayList<>();
        for (SweepKind kind : swept.kinds()) {
            int[] shape = kind.shape(runs.model().folder().config(), target().size());
            double[] values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            Arrays.fill(values, Double.NaN);
            results.add(new SweepResult(shape, values, new BitSet(), first.clean(), first.corrupt()));
        }
        return new ShownSweep(runs, swept, substitution, measure, results);
    }

    /** The runs that are there already, where they kept what is needed. */
    private Sweep.Base base(Sweep sweep, SweepKind what, Job job) {
        var needed = Variants.needs(Set.of(what.point()));
        Run changed = runs.run(substitution.into()).orElseThrow();
        boolean kept = changed.cache().hooks().containsAll(Hook.all(runs.model().folder().config().layers()).stream()
            .filter(needed).toList());
        return kept ? new Sweep.Base(runs.run(substitution.into().other()), changed)
            : sweep.base(job.cancellation());
    }
}
