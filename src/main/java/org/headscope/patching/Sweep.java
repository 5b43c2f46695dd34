package org.headscope.patching;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.headscope.model.ActivationCache;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Hook;
import org.headscope.model.Intervention;
import org.headscope.model.Replacement;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.model.Variants;
import org.headscope.tokens.Prompt;

/**
 * The corrupt run once for every cell, each time with one place replaced: what {@code transformer_lens.patching}
 * computes with a whole forward pass a cell. Here the cells go through the model in batches that share all that cannot
 * differ (see {@link Variants}). Every method that computes must be called on the inference thread.
 */
public final class Sweep implements CellSweep {

    /** Batches of more rows than this gain nothing; they are smaller where memory or the time to cancel ask for it. */
    public static final int ROWS = 2048;

    private final Gpt2 model;
    private final Optional<Prompt> clean;
    private final Prompt corrupt;
    private final SweepKind kind;
    private final Source source;
    private final Metric metric;

    /** @param clean may be left out where nothing is taken from it */
    public Sweep(Gpt2 model, Optional<Prompt> clean, Prompt corrupt, SweepKind kind, Source source, Metric metric) {
        this.model = model;
        this.clean = clean;
        this.corrupt = corrupt;
        this.kind = kind;
        this.source = source;
        this.metric = metric;
        source.checkFits(kind.point());
        if (source instanceof Source.Clean) {
            Experiment.checkPair(clean.orElseThrow(() -> new ExperimentRefusal("Patching from the clean run needs a "
                + "clean prompt; give one, or replace by zero, mean or a number.")), corrupt);
        }
    }

    /** The runs that a sweep starts from: made once, they serve every sweep of the pair whose parts they kept. */
    public record Base(Optional<Run> clean, Run corrupt) {

        /** What they keep. */
        long bytes() {
            return corrupt.cache().bytes() + clean.map(run -> run.cache().bytes()).orElse(0L);
        }
    }

    @Override
    public Predicate<Hook> needs() {
        return Variants.needs(Set.of(kind.point()));
    }

    @Override
    public Base base(Cancellation cancellation) {
        return base(model, clean, corrupt, needs(), cancellation);
    }

    /**
     * Runs both prompts for any number of sweeps. Must be called on the inference thread.
     *
     * @param needs what all of them need
     */
    public static Base base(Gpt2 model, Optional<Prompt> clean, Prompt corrupt, Predicate<Hook> needs,
                            Cancellation cancellation) {
        RunOptions options = RunOptions.plain().lastLogitsOnly().cancelledBy(cancellation).keeping(needs);
        Optional<Run> cleanRun = clean.map(prompt -> model.run(prompt.ids(), options));
        return new Base(cleanRun, model.run(corrupt.ids(), cleanRun
            .map(run -> options.after(new RunOptions.Earlier(clean.orElseThrow().ids(), run.cache()))).orElse(options)));
    }

    @Override
    public SweepResult run(Base base, int rows, int firstLayer, Consumer<SweepResult> progress,
                           Cancellation cancellation) {
        return run(base, BatchLimits.of(model, base, rows), firstLayer, progress, cancellation);
    }

    SweepResult run(Base base, BatchLimits limits, int firstLayer, Consumer<SweepResult> progress,
                    Cancellation cancellation) {
        return cells(base).run(limits, firstLayer, progress, cancellation);
    }

    @Override
    public SweepSteps steps(Base base, int firstLayer) {
        return cells(base).steps(BatchLimits.of(model, base, ROWS), firstLayer);
    }

    /** The cells with nothing computed yet. */
    CellRun cells(Base base) {
        ActivationCache from = base.clean().map(Run::cache).orElse(null);
        Map<Hook, Replacement> replacements = new HashMap<>();
        List<Cell> cells = kind.sites(model.config(), corrupt.size()).stream()
            .map(site -> changesNothing(site) ? Cell.unchanged(site.hook().layer())
                : Cell.changed(site.hook().layer(), start(site), () -> new Intervention(site, replacements
                    .computeIfAbsent(site.hook(), hook -> source.replacement(hook, corrupt.size(), from)))))
            .toList();
        return new CellRun(model, corrupt, kind.shape(model.config(), corrupt.size()), cells, metric, base);
    }

    /** The first position that a replacement here can change. */
    private int start(Site site) {
        int same = source instanceof Source.Clean ? clean.orElseThrow().firstDifference(corrupt) : 0;
        return Math.max(site.positions().from(), same);
    }

    /** Whether a replacement here changes nothing: the runs are the same before the first token that differs. */
    private boolean changesNothing(Site site) {
        return !site.positions().isAll() && start(site) > site.positions().to();
    }
}
