package org.headscope.patching;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Intervention;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Variants;
import org.headscope.tokens.Prompt;

/**
 * A corrupt prompt, what it gives as it is, and what it gives when parts of its run are replaced: by a clean prompt's
 * or by something else. TransformerLens's {@code run_with_hooks} around {@code run_with_cache}. Every method that
 * computes must be called on the inference thread.
 */
public final class Experiment {

    private final Gpt2 model;
    private final Optional<Prompt> clean;
    private final Prompt corrupt;
    private final Optional<Run> cleanRun;
    private final Run corruptRun;

    private Experiment(Gpt2 model, Optional<Prompt> clean, Prompt corrupt, Optional<Run> cleanRun, Run corruptRun) {
        this.model = model;
        this.clean = clean;
        this.corrupt = corrupt;
        this.cleanRun = cleanRun;
        this.corruptRun = corruptRun;
    }

    /**
     * Takes runs that have been made already. Of the clean one's activations those are used that it kept; what a
     * patch needs beside them is computed again.
     */
    public static Experiment of(Gpt2 model, Prompt clean, Run cleanRun, Prompt corrupt, Run corruptRun) {
        return new Experiment(model, Optional.of(clean), corrupt, Optional.of(cleanRun), corruptRun);
    }

    /** Runs both prompts; the clean one keeps what {@code keep} names. */
    public static Experiment run(Gpt2 model, Prompt clean, Prompt corrupt, Predicate<Hook> keep,
                                 Cancellation cancellation) {
        checkPair(clean, corrupt);
        RunOptions options = RunOptions.plain().lastLogitsOnly().cancelledBy(cancellation);
        Run cleanRun = model.run(clean.ids(), options.keeping(keep.or(RunOptions.Earlier::needs)));
        return of(model, clean, cleanRun, corrupt,
            model.run(corrupt.ids(), options.after(new RunOptions.Earlier(clean.ids(), cleanRun.cache()))));
    }

    /** Runs a prompt that is ablated without a clean one beside it. */
    public static Experiment run(Gpt2 model, Prompt corrupt, Cancellation cancellation) {
        Run run = model.run(corrupt.ids(), RunOptions.plain().lastLogitsOnly().cancelledBy(cancellation));
        return new Experiment(model, Optional.empty(), corrupt, Optional.empty(), run);
    }

    /**
     * Refuses prompts between which nothing can be moved.
     *
     * @throws ExperimentRefusal if they have different numbers of tokens, or are the same
     */
    public static void checkPair(Prompt clean, Prompt corrupt) {
        if (clean.size() != corrupt.size()) {
            throw new ExperimentRefusal(("The clean and the corrupt prompt have %d and %d tokens; patching needs as "
                + "many in both, position by position.").formatted(clean.size(), corrupt.size()));
        }
        if (clean.firstDifference(corrupt) < 0) {
            throw new ExperimentRefusal("The clean and the corrupt prompt are the same, so there is nothing to "
                + "patch; change a token in one of them.");
        }
    }

    /** The clean run's logits at its last position. */
    public Optional<Logits> cleanLogits() {
        return cleanRun.map(run -> run.logits(-1));
    }

    /** The corrupt run's logits at its last position. */
    public Logits corruptLogits() {
        return corruptRun.logits(-1);
    }

    /**
     * The logits at the last position of the corrupt prompt with these patches, all at once.
     *
     * @throws ExperimentRefusal if a patch needs a clean prompt that is missing or of another length
     * @throws org.headscope.model.SiteRefusal if a patch names a position that the prompt does not have
     */
    public Logits patched(List<Patch> patches, Cancellation cancellation) {
        patches.forEach(patch -> patch.site().checkFits(corrupt.size()));
        Optional<Run> source = patches.stream().anyMatch(Patch::needsClean)
            ? Optional.of(cleanWith(hooks(patches), cancellation)) : Optional.empty();
        if (patches.stream().allMatch(this::changesNothing)) {
            return corruptLogits();
        }
        List<Intervention> interventions = patches.stream()
            .map(patch -> patch.intervention(patch.source().replacement(patch.hook(), corrupt.size(),
                source.map(Run::cache).orElse(null))))
            .toList();
        if (canReuse(patches)) {
            Variants variant = new Variants(corrupt.ids(), corruptRun.cache(), start(patches), List.of(interventions));
            return new Logits(model.runVariants(variant, new int[0], cancellation).toArray());
        }
        RunOptions options = RunOptions.plain().lastLogitsOnly().with(interventions).cancelledBy(cancellation);
        return model.run(corrupt.ids(), options).logits(-1);
    }

    /** Before the first token that differs both runs are the same: to the last bit, which another run would not be. */
    private boolean changesNothing(Patch patch) {
        return patch.strength() == 0 || patch.needsClean()
            && patch.site().positions().to() < clean.orElseThrow().firstDifference(corrupt);
    }

    /** Whether the corrupt run kept enough to compute only what the patches can change. */
    private boolean canReuse(List<Patch> patches) {
        Set<HookPoint> points = patches.stream().map(patch -> patch.site().hook().point())
            .collect(Collectors.toSet());
        return !patches.isEmpty() && points.stream().allMatch(Variants::canDifferAt)
            && corruptRun.cache().holds(Hook.all(model.config().layers()).stream()
                .filter(Variants.needs(points)).toList());
    }

    /** The first position that any of the patches can change: before the first difference the runs are the same. */
    private int start(List<Patch> patches) {
        return patches.stream().mapToInt(patch -> patch.needsClean()
            ? Math.max(patch.site().positions().from(), clean.orElseThrow().firstDifference(corrupt))
            : patch.site().positions().from()).min().orElseThrow();
    }

    private static Set<Hook> hooks(List<Patch> patches) {
        return patches.stream().filter(Patch::needsClean).map(patch -> patch.site().hook())
            .collect(Collectors.toSet());
    }

    private Run cleanWith(Set<Hook> needed, Cancellation cancellation) {
        Prompt prompt = clean.orElseThrow(() -> new ExperimentRefusal(
            "Patching from the clean run needs a clean prompt; give one, or replace by zero, mean or a number."));
        checkPair(prompt, corrupt);
        Run run = cleanRun.orElseThrow();
        if (run.cache().holds(needed)) {
            return run;
        }
        return model.run(prompt.ids(), RunOptions.plain().lastLogitsOnly().keeping(needed::contains)
            .cancelledBy(cancellation));
    }

    /** Before, after and between, for one token. */
    public Readout readout(int id, Optional<Logits> patched) {
        return Readout.of(id, cleanLogits(), corruptLogits(), patched);
    }
}
