package org.headscope.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.headscope.weights.Gpt2Config;

/**
 * What a run keeps, changes and reports. Immutable; the {@code with…} methods give changed copies.
 *
 * @param keep which activations go into the cache
 * @param stopAtLayer run only the layers below this one and give the residual stream; negative counts from the end
 *     as in TransformerLens; {@link #ALL_LAYERS} runs to the logits
 * @param listener told after each layer, on the inference thread
 * @param earlier a run whose prompt may begin alike, so that its beginning need not be computed again
 */
public record RunOptions(Predicate<Hook> keep, int stopAtLayer, LogitsAt logits, List<Intervention> interventions,
                         LayerListener listener, Cancellation cancellation, Optional<Earlier> earlier) {

    public static final int ALL_LAYERS = Integer.MAX_VALUE;

    /** The positions whose logits are computed. */
    public enum LogitsAt {
        ALL, LAST
    }

    /** A run that has been made, with nothing changed in it, and the prompt that it was made of. */
    public record Earlier(int[] ids, ActivationCache cache) {

        /** How many tokens at the beginning it has in common with a prompt. */
        public int common(int[] prompt) {
            int same = Arrays.mismatch(ids, prompt);
            return same < 0 ? ids.length : same;
        }

        /** Whether it must have kept an activation, besides what the later run keeps. */
        public static boolean needs(Hook hook) {
            return hook.point() == HookPoint.K || hook.point() == HookPoint.V;
        }
    }

    /** Hears of each layer as it is done. */
    @FunctionalInterface
    public interface LayerListener {

        /** @param soFar what has been kept up to and including this layer */
        void layerDone(int layer, ActivationCache soFar);
    }

    public RunOptions {
        interventions = List.copyOf(interventions);
    }

    /**
     * How many layers of a model run.
     *
     * @throws SiteRefusal if there is no such layer to stop at
     */
    int layersOf(Gpt2Config config) {
        int layers = config.layers();
        if (stopAtLayer == ALL_LAYERS) {
            return layers;
        }
        if (stopAtLayer > layers || stopAtLayer < -layers) {
            throw new SiteRefusal("There is no layer %d to stop at; this model has the layers 0 to %d.".formatted(
                stopAtLayer, layers - 1));
        }
        return stopAtLayer < 0 ? layers + stopAtLayer : stopAtLayer;
    }

    /** Whether a run comes past this place. */
    boolean fires(Hook hook, Gpt2Config config) {
        if (hook.point().inLayers()) {
            return hook.layer() < layersOf(config);
        }
        return stopAtLayer == ALL_LAYERS || hook.point().compareTo(HookPoint.RESID_PRE) < 0;
    }

    /** Keeps nothing, changes nothing, computes the logits of all positions. */
    public static RunOptions plain() {
        return new RunOptions(hook -> false, ALL_LAYERS, LogitsAt.ALL, List.of(), (layer, soFar) -> { },
            new Cancellation(), Optional.empty());
    }

    /** Keeps what {@code run_with_cache} keeps by default. */
    public RunOptions keepingDefaults() {
        return keeping(hook -> !hook.point().onlyOnRequest());
    }

    public RunOptions keeping(Predicate<Hook> which) {
        return new RunOptions(which, stopAtLayer, logits, interventions, listener, cancellation, earlier);
    }

    /** Keeps queries and keys where it would have kept patterns. */
    public RunOptions withoutPatterns() {
        return keeping(hook -> hook.point() != HookPoint.PATTERN && keep.test(hook)
            || (hook.point() == HookPoint.Q || hook.point() == HookPoint.K)
                && keep.test(Hook.of(HookPoint.PATTERN, hook.layer())));
    }

    public RunOptions stoppingAt(int layer) {
        return new RunOptions(keep, layer, logits, interventions, listener, cancellation, earlier);
    }

    public RunOptions lastLogitsOnly() {
        return new RunOptions(keep, stopAtLayer, LogitsAt.LAST, interventions, listener, cancellation, earlier);
    }

    public RunOptions with(List<Intervention> changes) {
        return new RunOptions(keep, stopAtLayer, logits, changes, listener, cancellation, earlier);
    }

    public RunOptions tellingLayers(LayerListener someone) {
        return new RunOptions(keep, stopAtLayer, logits, interventions, someone, cancellation, earlier);
    }

    public RunOptions cancelledBy(Cancellation flag) {
        return new RunOptions(keep, stopAtLayer, logits, interventions, listener, flag, earlier);
    }

    /**
     * Takes from an earlier run what both prompts have in common, up to the first token that differs. Used by runs
     * without interventions that ask for the last logits only, if the earlier one kept the keys, the values and all
     * that this one keeps; otherwise all is computed.
     */
    public RunOptions after(Earlier run) {
        return new RunOptions(keep, stopAtLayer, logits, interventions, listener, cancellation, Optional.of(run));
    }
}
