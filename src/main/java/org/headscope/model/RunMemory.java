package org.headscope.model;

import java.util.List;
import org.headscope.weights.Gpt2Config;

/**
 * What one run takes beside the weights, worked out before it is made; in bytes.
 *
 * @param kept as long as its results are: the activations and the logits, on Java's heap
 * @param working until it ends, at most: what the engine holds while the largest layer, or the unembedding, is computed
 */
public record RunMemory(long kept, long working) {

    /** Of the residual stream's width, a position: what a block makes of the stream before it gives anything back. */
    private static final int STREAMS = 24;
    /** Of the MLP's width: before and after the activation function. */
    private static final int NEURONS = 2;
    /** Of heads times tokens: scores and pattern. */
    private static final int PATTERNS = 2;
    /** Of the heads' own copies of the stream, where they are asked for: each of them, and what is made of it. */
    private static final int COPIES = 2;

    /** Of a run that takes nothing from an earlier one, in single precision. */
    public static RunMemory of(Gpt2Config config, int tokens, RunOptions options) {
        boolean isWhole = options.stopAtLayer() == RunOptions.ALL_LAYERS;
        int rows = options.logits() == RunOptions.LogitsAt.ALL || !isWhole ? tokens : 1;
        long output = (long) rows * (isWhole ? config.vocabulary() : config.width());
        List<Hook> hooks = Hook.all(config.layers()).stream().filter(options.keep())
            .filter(hook -> options.fires(hook, config)).toList();
        long kept = hooks.stream().mapToLong(hook -> hook.point().size(config, tokens)).sum();
        long stream = (long) tokens * config.width();
        return new RunMemory(Float.BYTES * (kept + output),
            Float.BYTES * Math.max(block(config, tokens, hooks), output + STREAMS * stream));
    }

    /** A block's numbers, the largest activation that is kept of it twice: it leaves the engine by way of a copy. */
    private static long block(Gpt2Config config, int tokens, List<Hook> kept) {
        long copies = kept.stream().map(Hook::point).distinct().filter(HookPoint::onlyOnRequest)
            .mapToLong(point -> COPIES * point.size(config, tokens)).sum();
        long largest = kept.stream().mapToLong(hook -> hook.point().size(config, tokens)).max().orElse(0);
        return tokens * ((long) STREAMS * config.width() + (long) NEURONS * config.mlpWidth()
            + (long) PATTERNS * config.heads() * tokens + tokens) + copies + largest;
    }

    /** Of two runs that are made one after the other and kept both. */
    public RunMemory and(RunMemory other) {
        return new RunMemory(kept + other.kept, Math.max(working, other.working));
    }

    /** While it is being made. */
    public long bytes() {
        return kept + working;
    }
}
