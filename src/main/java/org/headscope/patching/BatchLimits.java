package org.headscope.patching;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.headscope.model.Gpt2;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;

/**
 * How many variants go through the model together: as many as are fast, but no more than the machine has memory for,
 * and than can be given up quickly. One is always allowed, so no sweep is too large.
 *
 * @param rows computed positions of all variants together, at most
 * @param bytes that a batch may take beside the weights and the base runs
 */
record BatchLimits(int rows, long bytes) {

    /** With gpt2-small's weights and the runs of a pair this stays below three gigabytes in all. */
    private static final long MOST_BYTES = 768L << 20;

    /** What a system can give even when nothing is free, since it takes back what it keeps of files. */
    private static final int SHARE_OF_ALL = 32;

    /**
     * Additions and multiplications of a block. The cancellation is looked at several times in it, since two quiet
     * cores take a seventh of a second for it, and a busy machine many times that.
     */
    private static final double MOST_OPERATIONS = 8e9;

    /** Of the residual stream's width: what a block makes of one position in the stream, q, k, v and z. */
    private static final int STREAMS = 24;
    /** Of the MLP's width: before and after the activation function. */
    private static final int NEURONS = 2;
    /** The same where each step of the activation function stays until its layer is done. */
    private static final int NEURONS_BY_STEPS = 7;
    /** Of heads times tokens: scores before and after the mask, and as a pattern. */
    private static final int PATTERNS = 5;
    /** The same where they are joined with those of keys that all variants share, and parted again. */
    private static final int JOINED_PATTERNS = 8;
    /** Of the vocabulary, a variant: the logits, what leaves the engine of them, and that in the variants' order. */
    private static final int VOCABULARIES = 4;

    /**
     * As this machine is now, and as the memory budget allows.
     *
     * @param base the runs that stay beside it
     */
    static BatchLimits of(Gpt2 model, Sweep.Base base, int rows) {
        return ofMachine(rows, model.memoryLeft() - base.bytes());
    }

    static BatchLimits ofMachine(int rows, long budget) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        // Both know of a container's limit.
        long there = Math.max(system.getFreeMemorySize() / 2, system.getTotalMemorySize() / SHARE_OF_ALL);
        return new BatchLimits(rows, Math.max(0, Math.min(budget, Math.min(MOST_BYTES, there))));
    }

    /**
     * How many variants make a batch.
     *
     * @param tokens of the prompt
     * @param computed positions of each variant, from the first that can change
     * @param columns of the logits that are asked for
     */
    int variants(Gpt2Config config, int tokens, int computed, int columns) {
        double byMemory = bytes / bytesOfOne(config, tokens, computed, columns);
        double byTime = MOST_OPERATIONS / operationsOfOne(config, tokens, computed, columns);
        return (int) Math.max(1, Math.min((double) rows / computed, Math.min(byMemory, byTime)));
    }

    /** What a variant takes at its layer's end, when nothing of the layer has been given back; four bytes a number. */
    static double bytesOfOne(Gpt2Config config, int tokens, int computed, int columns) {
        int neurons = config.activation() == Activation.GELU ? NEURONS_BY_STEPS : NEURONS;
        int patterns = computed == tokens ? PATTERNS : JOINED_PATTERNS;
        double position = (double) STREAMS * config.width() + (double) neurons * config.mlpWidth()
            + (double) patterns * config.heads() * tokens;
        return 4 * (computed * position + (double) VOCABULARIES * columns);
    }

    /** What the largest step between two looks at the cancellation takes: a block, or the unembedding. */
    private static double operationsOfOne(Gpt2Config config, int tokens, int computed, int columns) {
        double width = config.width();
        double block = computed * (24 * width * width + 4 * width * tokens);
        return Math.max(block, 2 * width * columns);
    }
}
