package org.headscope.patching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.headscope.model.ActivationCache;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Hook;
import org.headscope.model.Intervention;
import org.headscope.model.Logits;
import org.headscope.model.Replacement;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.model.Variants;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;

/**
 * The corrupt run once for every cell, each time with one place replaced: what {@code transformer_lens.patching}
 * computes with a whole forward pass a cell. Here the cells go through the model in batches that share all that cannot
 * differ (see {@link Variants}). Every method that computes must be called on the inference thread.
 */
public final class Sweep {

    /** Batches of about this many rows are large enough to be fast, and small enough to be watched and cancelled. */
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
        if (source instanceof Source.Clean) {
            Experiment.checkPair(clean.orElseThrow(() -> new ExperimentRefusal("Patching from the clean run needs a "
                + "clean prompt; give one, or replace by zero, mean or a number.")), corrupt);
        }
    }

    /** The runs that a sweep starts from: made once, they serve every sweep of the pair whose parts they kept. */
    public record Base(Optional<Run> clean, Run corrupt) {
    }

    /** Runs both prompts, keeping what this sweep needs. */
    public Base base(Cancellation cancellation) {
        RunOptions options = RunOptions.plain().lastLogitsOnly().cancelledBy(cancellation);
        return new Base(clean.map(prompt -> model.run(prompt.ids(),
            options.keeping(hook -> hook.point() == kind.point()))),
            model.run(corrupt.ids(), options.keeping(Variants.needs(Set.of(kind.point())))));
    }

    /**
     * Computes every cell.
     *
     * @param rows about how many rows go into a batch; any number gives the same values up to rounding
     * @param firstLayer whose cells come first
     * @param progress told of the result so far before the first batch, when only those cells are done that change
     *     nothing, and after each
     * @throws java.util.concurrent.CancellationException if the flag was raised; what was done has been reported
     */
    public SweepResult run(Base base, int rows, int firstLayer, Consumer<SweepResult> progress,
                           Cancellation cancellation) {
        Cells cells = new Cells(base);
        progress.accept(cells.result());
        for (List<Integer> batch : batches(cells.sites, rows, firstLayer)) {
            cancellation.throwIfRequested();
            cells.compute(batch, cancellation);
            progress.accept(cells.result());
        }
        return cells.result();
    }

    /** Computes every cell in batches of the usual size. */
    public SweepResult run(Cancellation cancellation) {
        return run(base(cancellation), ROWS, 0, result -> { }, cancellation);
    }

    /** The first position that a replacement here can change. */
    private int start(Site site) {
        int same = source instanceof Source.Clean ? clean.orElseThrow().firstDifference(corrupt) : 0;
        return Math.max(site.positions().from(), same);
    }

    /** Whether a replacement here changes anything: the clean run's values before the first difference are the same. */
    private boolean changesNothing(Site site) {
        return !site.positions().isAll() && start(site) > site.positions().to();
    }

    /** Cells that start at the same position and lie near one another in depth; first those of the layer asked for. */
    private List<List<Integer>> batches(List<Site> sites, int rows, int firstLayer) {
        Map<Integer, List<Integer>> byStart = new TreeMap<>(Comparator.reverseOrder());
        IntStream.range(0, sites.size()).filter(cell -> !changesNothing(sites.get(cell)))
            .forEach(cell -> byStart.computeIfAbsent(start(sites.get(cell)), s -> new ArrayList<>()).add(cell));
        List<List<Integer>> batches = new ArrayList<>();
        byStart.forEach((start, cells) -> {
            cells.sort(Comparator.comparingInt(cell -> distance(sites.get(cell), firstLayer)));
            int size = Math.max(1, rows / (corrupt.size() - start));
            for (int i = 0; i < cells.size(); i += size) {
                batches.add(cells.subList(i, Math.min(cells.size(), i + size)));
            }
        });
        // Stable: what is cheap, since it starts late, still comes before what is not.
        batches.sort(Comparator.comparingInt(batch -> distance(sites.get(batch.get(0)), firstLayer)));
        return batches;
    }

    private int distance(Site site, int firstLayer) {
        return Math.floorMod(site.hook().layer() - firstLayer, model.config().layers());
    }

    /** The cells of one run of the sweep. */
    private final class Cells {

        private final Base base;
        private final Optional<Logits> cleanLogits;
        private final List<Site> sites = kind.sites(model.config(), corrupt.size());
        private final double[] values = new double[sites.size()];
        private final BitSet done = new BitSet(sites.size());
        private final double corruptValue;

        Cells(Base base) {
            this.base = base;
            this.cleanLogits = base.clean().map(run -> run.logits(-1));
            this.corruptValue = metric.of(base.corrupt().logits(-1), cleanLogits);
            Arrays.fill(values, Double.NaN);
            IntStream.range(0, sites.size()).filter(cell -> changesNothing(sites.get(cell)))
                .forEach(cell -> set(cell, corruptValue));
        }

        private void set(int cell, double value) {
            values[cell] = value;
            done.set(cell);
        }

        void compute(List<Integer> batch, Cancellation cancellation) {
            ActivationCache from = base.clean().map(Run::cache).orElse(null);
            Map<Hook, Replacement> replacements = new HashMap<>();
            List<List<Intervention>> each = batch.stream().map(sites::get)
                .map(site -> List.of(new Intervention(site, replacements.computeIfAbsent(site.hook(),
                    hook -> source.replacement(hook, corrupt.size(), from))))).toList();
            Tensor logits = model.runVariants(new Variants(corrupt.ids(), base.corrupt().cache(),
                start(sites.get(batch.get(0))), each), metric.columns(), cancellation);
            for (int i = 0; i < batch.size(); i++) {
                set(batch.get(i), metric.of(logits.slice(i).toArray(), cleanLogits));
            }
        }

        SweepResult result() {
            OptionalDouble cleanValue = cleanLogits.isEmpty() ? OptionalDouble.empty()
                : OptionalDouble.of(metric.of(cleanLogits.get(), cleanLogits));
            return new SweepResult(kind.shape(model.config(), corrupt.size()), values.clone(), (BitSet) done.clone(),
                cleanValue, corruptValue);
        }
    }
}
