package org.headscope.patching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.HookPoint;
import org.headscope.model.Variants;
import org.headscope.patching.SweepKind.By;
import org.headscope.tokens.Prompt;

/**
 * Several sweeps of one pair that are looked at side by side, from the same two runs. What
 * {@code get_act_patch_attn_head_all_pos_every} and its relatives give.
 */
public final class SweepPanels {

    private final Gpt2 model;
    private final Optional<Prompt> clean;
    private final Prompt corrupt;
    private final Set<HookPoint> points;
    private final List<Sweep> sweeps;

    /**
     * @param clean may be left out where nothing is taken from it
     * @param kinds at least one, of the same shape
     */
    public SweepPanels(Gpt2 model, Optional<Prompt> clean, Prompt corrupt, List<SweepKind> kinds, Source source,
                       Metric metric) {
        this.model = model;
        this.clean = clean;
        this.corrupt = corrupt;
        this.points = kinds.stream().map(SweepKind::point).collect(Collectors.toSet());
        this.sweeps = kinds.stream().map(kind -> new Sweep(model, clean, corrupt, kind, source, metric)).toList();
    }

    /** All parts of heads, in TransformerLens's order. */
    public static List<SweepKind> ofHeads(By by) {
        return Stream.of(HookPoint.Z, HookPoint.Q, HookPoint.K, HookPoint.V, HookPoint.PATTERN)
            .map(point -> new SweepKind(point, by)).toList();
    }

    /** What comes into a block and what its two halves write, by position, in TransformerLens's order. */
    public static List<SweepKind> ofBlocks() {
        return Stream.of(HookPoint.RESID_PRE, HookPoint.ATTN_OUT, HookPoint.MLP_OUT)
            .map(point -> new SweepKind(point, By.POSITION)).toList();
    }

    /** Runs both prompts once, keeping what every panel needs. Must be called on the inference thread. */
    public Sweep.Base base(Cancellation cancellation) {
        return Sweep.base(model, clean, corrupt, Variants.needs(points), cancellation);
    }

    /**
     * Computes one panel after the other. Must be called on the inference thread.
     *
     * @param rows about how many rows go into a batch, at most
     * @param progress told of all panels so far, at the beginning and after each batch
     * @return one result a panel, in their order
     * @throws java.util.concurrent.CancellationException if the flag was raised; what was done has been reported
     */
    public List<SweepResult> run(Sweep.Base base, int rows, Consumer<List<SweepResult>> progress,
                                 Cancellation cancellation) {
        List<SweepResult> panels = new ArrayList<>(sweeps.stream().map(sweep -> sweep.cells(base).result()).toList());
        for (int i = 0; i < sweeps.size(); i++) {
            int panel = i;
            sweeps.get(panel).run(base, rows, 0, soFar -> {
                panels.set(panel, soFar);
                progress.accept(List.copyOf(panels));
            }, cancellation);
        }
        return List.copyOf(panels);
    }
}
