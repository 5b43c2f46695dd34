package org.headscope.patching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.HookPoint;
import org.headscope.model.Intervention;
import org.headscope.model.Logits;
import org.headscope.model.MemoryRefusal;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Variants;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;

/** The cells of a sweep as they are computed, batch by batch. */
final class CellRun {

    /** Where a layer's part ends, so that it can be named. */
    private static final Set<HookPoint> ADDED = EnumSet.of(HookPoint.ATTN_OUT, HookPoint.MLP_OUT,
        HookPoint.RESID_POST);

    private final Gpt2 model;
    private final Prompt corrupt;
    private final int[] shape;
    private final List<Cell> cells;
    private final Metric metric;
    private final Sweep.Base base;
    private final Optional<Logits> cleanLogits;
    private final OptionalDouble cleanValue;
    private final double corruptValue;
    private final double[] values;
    private final BitSet done = new BitSet();
    private final BitSet impossible = new BitSet();
    private final BitSet identical = new BitSet();
    private final double work;
    private double worked;

    /** @param cells in row order of {@code shape} */
    CellRun(Gpt2 model, Prompt corrupt, int[] shape, List<Cell> cells, Metric metric, Sweep.Base base) {
        this.model = model;
        this.corrupt = corrupt;
        this.shape = shape.clone();
        this.cells = List.copyOf(cells);
        this.metric = metric;
        this.base = base;
        this.cleanLogits = base.clean().map(run -> run.logits(-1));
        this.cleanValue = cleanLogits.isEmpty() ? OptionalDouble.empty()
            : OptionalDouble.of(metric.of(cleanLogits.get(), cleanLogits));
        this.corruptValue = metric.of(base.corrupt().logits(-1), cleanLogits);
        this.values = new double[cells.size()];
        Arrays.fill(values, Double.NaN);
        of(Cell.Kind.UNCHANGED).forEach(cell -> {
            set(cell, corruptValue);
            identical.set(cell);
        });
        of(Cell.Kind.IMPOSSIBLE).forEach(impossible::set);
        this.work = of(Cell.Kind.CHANGED).mapToDouble(this::work).sum();
    }

    private IntStream of(Cell.Kind kind) {
        return IntStream.range(0, cells.size()).filter(cell -> cells.get(cell).kind() == kind);
    }

    /** What a cell takes, in layers times positions. */
    private double work(int cell) {
        Cell one = cells.get(cell);
        return (double) (model.config().layers() - one.layer()) * (corrupt.size() - one.start());
    }

    private void set(int cell, double value) {
        values[cell] = value;
        done.set(cell);
    }

    /** As {@link Sweep#run(Sweep.Base, int, int, Consumer, Cancellation)} says. */
    SweepResult run(BatchLimits limits, int firstLayer, Consumer<SweepResult> progress, Cancellation cancellation) {
        SweepSteps steps = steps(limits, firstLayer);
        progress.accept(steps.result());
        while (steps.hasNext()) {
            steps.next(cancellation);
            progress.accept(steps.result());
        }
        return steps.result();
    }

    SweepSteps steps(BatchLimits limits, int firstLayer) {
        return new SweepSteps(this, batches(limits, firstLayer));
    }

    /** Cells that start at the same position and lie near one another in depth; first those of the layer asked for. */
    private List<List<Integer>> batches(BatchLimits limits, int firstLayer) {
        Map<Integer, List<Integer>> byStart = new TreeMap<>(Comparator.reverseOrder());
        of(Cell.Kind.CHANGED).forEach(cell ->
            byStart.computeIfAbsent(cells.get(cell).start(), start -> new ArrayList<>()).add(cell));
        int columns = metric.columns().length == 0 ? model.config().vocabulary() : metric.columns().length;
        List<List<Integer>> batches = new ArrayList<>();
        byStart.forEach((start, own) -> {
            own.sort(Comparator.comparingInt(cell -> distance(cell, firstLayer)));
            int size = limits.variants(model.config(), corrupt.size(), corrupt.size() - start, columns);
            for (int i = 0; i < own.size(); i += size) {
                batches.add(own.subList(i, Math.min(own.size(), i + size)));
            }
        });
        // Stable: what is cheap, since it starts late, still comes before what is not.
        batches.sort(Comparator.comparingInt(batch -> distance(batch.get(0), firstLayer)));
        return batches;
    }

    private int distance(int cell, int firstLayer) {
        return Math.floorMod(cells.get(cell).layer() - firstLayer, model.config().layers());
    }

    void compute(List<Integer> batch, Cancellation cancellation) {
        List<List<Intervention>> each = batch.stream().map(cell -> List.of(cells.get(cell).change().get())).toList();
        Tensor logits = model.runVariants(new Variants(corrupt.ids(), base.corrupt().cache(),
            cells.get(batch.get(0)).start(), each), metric.columns(), cancellation);
        for (int i = 0; i < batch.size(); i++) {
            // Of a whole vocabulary the metric takes a while as well.
            cancellation.throwIfRequested();
            set(batch.get(i), metric.of(logits.slice(i).toArray(), cleanLogits));
            worked += work(batch.get(i));
        }
    }

    /**
     * Where numbers first become too large for single precision in the first computed cell whose metric is no number:
     * that cell is run once more, and what its layers add is kept. Must be called on the inference thread.
     *
     * @return the activation's name as {@link Run#overflow} gives it; empty where there is no such cell, its logits are
     *     finite, or there is no memory to look
     */
    Optional<String> overflow(Cancellation cancellation) {
        OptionalInt noNumber = of(Cell.Kind.CHANGED).filter(cell -> done.get(cell) && !Double.isFinite(values[cell]))
            .findFirst();
        if (noNumber.isEmpty()) {
            return Optional.empty();
        }
        RunOptions alone = RunOptions.plain().lastLogitsOnly().cancelledBy(cancellation)
            .with(List.of(cells.get(noNumber.getAsInt()).change().get()))
            .keeping(hook -> ADDED.contains(hook.point()));
        try {
            return model.run(corrupt.ids(), alone).overflow();
        } catch (MemoryRefusal e) {
            return Optional.empty();
        }
    }

    SweepResult result() {
        return new SweepResult(shape, values.clone(), (BitSet) done.clone(), (BitSet) impossible.clone(),
            (BitSet) identical.clone(), cleanValue, corruptValue, work == 0 ? 1 : Math.min(1, worked / work));
    }
}
