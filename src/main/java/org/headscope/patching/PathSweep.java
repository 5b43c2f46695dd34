package org.headscope.patching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.headscope.model.ActivationCache;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Intervention;
import org.headscope.model.Replacement;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.model.Variants;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;

/**
 * {@link PathPatch} for every head at one end of the path: all senders into one receiver's query, key or value, or one
 * sender into that of all receivers above it, or of a single one, [L, H]. Cells that no path leads through, or that are
 * not asked for, are impossible.
 *
 * <p>Nothing below a receiver hears of a patch, so its new query, key or value is known without a run: the receiver's
 * LayerNorm and weights, applied to the corrupt residual stream plus the change of what the sender writes. Only what
 * comes after goes through the model, many cells together. Every method that computes must be called on the inference
 * thread.
 */
public final class PathSweep implements CellSweep {

    /** The parts of a receiver that read the residual stream. */
    public static final Set<HookPoint> PARTS = Set.of(HookPoint.Q, HookPoint.K, HookPoint.V);

    private final Gpt2 model;
    private final Prompt clean;
    private final Prompt corrupt;
    private final Head fixed;
    private final boolean sends;
    private final Optional<Head> only;
    private final HookPoint part;
    private final Metric metric;

    /** @param only the one head at the other end; empty for all */
    private PathSweep(Gpt2 model, Prompt clean, Prompt corrupt, Head fixed, boolean sends, Optional<Head> only,
                      HookPoint part, Metric metric) {
        this.model = model;
        this.clean = clean;
        this.corrupt = corrupt;
        this.fixed = fixed;
        this.sends = sends;
        this.only = only;
        this.part = part;
        this.metric = metric;
        if (!PARTS.contains(part)) {
            throw new IllegalArgumentException(part + " reads nothing from the residual stream.");
        }
        Site.head(part, fixed).checkFits(model.config());
        Experiment.checkPair(clean, corrupt);
    }

    /**
     * Every head below the receiver as the sender.
     *
     * @throws ExperimentRefusal if nothing can be moved between the prompts, or the receiver lies in the first layer
     * @throws org.headscope.model.SiteRefusal if the model has no such head
     */
    public static PathSweep into(Head receiver, HookPoint part, Gpt2 model, Prompt clean, Prompt corrupt,
                                 Metric metric) {
        PathSweep sweep = new PathSweep(model, clean, corrupt, receiver, false, Optional.empty(), part, metric);
        if (receiver.layer() == 0) {
            throw new ExperimentRefusal("%s lies in the first layer, so no head sends it anything; choose a receiver "
                .formatted(receiver) + "above.");
        }
        return sweep;
    }

    /**
     * Every head above the sender as the receiver.
     *
     * @throws ExperimentRefusal if nothing can be moved between the prompts, or the sender lies in the last layer
     * @throws org.headscope.model.SiteRefusal if the model has no such head
     */
    public static PathSweep from(Head sender, HookPoint part, Gpt2 model, Prompt clean, Prompt corrupt,
                                 Metric metric) {
        PathSweep sweep = new PathSweep(model, clean, corrupt, sender, true, Optional.empty(), part, metric);
        if (sender.layer() == model.config().layers() - 1) {
            throw new ExperimentRefusal("%s lies in the last layer, so it sends no head anything; choose a sender "
                .formatted(sender) + "below.");
        }
        return sweep;
    }

    /**
     * One path alone.
     *
     * @throws ExperimentRefusal if nothing can be moved between the prompts, or the receiver lies in no later layer
     * @throws org.headscope.model.SiteRefusal if the model has no such head
     */
    public static PathSweep between(Head sender, Head receiver, HookPoint part, Gpt2 model, Prompt clean,
                                    Prompt corrupt, Metric metric) {
        Site.head(part, receiver).checkFits(model.config());
        if (receiver.layer() <= sender.layer()) {
            throw new ExperimentRefusal("%s does not lie in a later layer than %s, so it reads nothing of what that "
                .formatted(receiver, sender) + "writes; choose a receiver in a later layer.");
        }
        return new PathSweep(model, clean, corrupt, sender, true, Optional.of(receiver), part, metric);
    }

    @Override
    public Predicate<Hook> needs() {
        return Variants.needs(Set.of(part)).or(this::isSent);
    }

    @Override
    public Sweep.Base base(Cancellation cancellation) {
        RunOptions options = RunOptions.plain().lastLogitsOnly().cancelledBy(cancellation);
        return new Sweep.Base(Optional.of(model.run(clean.ids(), options.keeping(this::isSent))),
            model.run(corrupt.ids(), options.keeping(needs())));
    }

    private boolean isSent(Hook hook) {
        return hook.point() == HookPoint.Z
            && (sends ? hook.layer() == fixed.layer() : hook.layer() < fixed.layer());
    }

    @Override
    public SweepResult run(Sweep.Base base, int rows, int firstLayer, Consumer<SweepResult> progress,
                           Cancellation cancellation) {
        return run(base, BatchLimits.of(model, base, rows), firstLayer, progress, cancellation);
    }

    SweepResult run(Sweep.Base base, BatchLimits limits, int firstLayer, Consumer<SweepResult> progress,
                    Cancellation cancellation) {
        return cells(base).run(limits, firstLayer, progress, cancellation);
    }

    @Override
    public SweepSteps steps(Sweep.Base base, int firstLayer) {
        return cells(base).steps(BatchLimits.of(model, base, Sweep.ROWS), firstLayer);
    }

    private CellRun cells(Sweep.Base base) {
        int heads = model.config().heads();
        int start = clean.firstDifference(corrupt);
        List<Cell> cells = new ArrayList<>();
        for (int layer = 0; layer < model.config().layers(); layer++) {
            for (int head = 0; head < heads; head++) {
                Head other = new Head(layer, head);
                Head sender = sends ? fixed : other;
                Head receiver = sends ? other : fixed;
                boolean leads = sender.layer() < receiver.layer() && only.filter(one -> !one.equals(other)).isEmpty();
                cells.add(!leads ? Cell.impossible(layer)
                    : Cell.changed(layer, start, () -> patch(base, sender, receiver)));
            }
        }
        return new CellRun(model, corrupt, new int[] {model.config().layers(), heads}, cells, metric, base);
    }

    /** The receiver's part with what it becomes where it reads the sender's clean output. */
    private Intervention patch(Sweep.Base base, Head sender, Head receiver) {
        ActivationCache corruptRun = base.corrupt().cache();
        Tensor change = model.written(sender, changeOfZ(base.clean().map(Run::cache).orElseThrow(), corruptRun,
            sender));
        float[] stream = tail(corruptRun.get(HookPoint.RESID_PRE, receiver.layer()));
        for (int i = 0; i < stream.length; i++) {
            stream[i] += change.at(i);
        }
        Tensor own = model.read(receiver, part, Tensor.of(stream, change.shape()));
        return new Intervention(Site.head(part, receiver),
            new Replacement.Values(with(corruptRun.get(part, receiver.layer()), receiver.head(), own)));
    }

    /** Of one head, at the positions that can differ: [S, d]. */
    private Tensor changeOfZ(ActivationCache cleanRun, ActivationCache corruptRun, Head sender) {
        Tensor cleanZ = cleanRun.get(HookPoint.Z, sender.layer());
        Tensor corruptZ = corruptRun.get(HookPoint.Z, sender.layer());
        int first = clean.firstDifference(corrupt);
        int width = model.config().headWidth();
        float[] change = new float[(corrupt.size() - first) * width];
        for (int i = 0; i < change.length; i++) {
            int position = first + i / width;
            change[i] = cleanZ.get(0, position, sender.head(), i % width)
                - corruptZ.get(0, position, sender.head(), i % width);
        }
        return Tensor.of(change, change.length / width, width);
    }

    /** The positions of [1, T, …] that can differ. */
    private float[] tail(Tensor activation) {
        float[] all = activation.toArray();
        return Arrays.copyOfRange(all, all.length / corrupt.size() * clean.firstDifference(corrupt), all.length);
    }

    /** An activation [1, T, H, d] in which one head has other values at its last positions, [S, d]. */
    private static Tensor with(Tensor activation, int head, Tensor own) {
        float[] values = activation.toArray();
        int width = own.extent(1);
        int position = activation.extent(2) * width;
        int first = values.length - own.extent(0) * position + head * width;
        for (int i = 0; i < own.size(); i++) {
            values[first + i / width * position + i % width] = own.at(i);
        }
        return Tensor.of(values, activation.shape());
    }
}
