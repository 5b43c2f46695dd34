package org.headscope.window;

import java.util.Optional;
import java.util.Set;
import org.headscope.model.ActivationCache;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.session.Which;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;

/**
 * The attention of a pair of prompts as far as it has been computed.
 *
 * @param number tells one pair from the next
 * @param corrupt empty where there is none, or it cannot be read
 * @param cleanSoFar what the clean run kept of the layers that are done; empty before the first one is
 * @param corruptSoFar likewise, after the clean one
 */
public record Pair(int number, Prompt clean, Optional<Prompt> corrupt, int layers, int heads,
                   Optional<ActivationCache> cleanSoFar, Optional<ActivationCache> corruptSoFar) {

    /**
     * [T, T], rows are queries; empty until its layer is done. Of a long prompt it takes a while: not on the FX thread.
     */
    public Optional<Tensor> clean(Head head) {
        return pattern(cleanSoFar, head);
    }

    /** The same of the corrupt run. */
    public Optional<Tensor> corrupt(Head head) {
        return pattern(corruptSoFar, head);
    }

    private static Optional<Tensor> pattern(Optional<ActivationCache> run, Head head) {
        return run.filter(cache -> isDone(cache, head)).map(cache -> cache.pattern(head));
    }

    /** Whether a head's attention has been computed, of both runs where their difference is asked for. */
    public boolean isDone(Head head, Which which) {
        boolean inClean = cleanSoFar.filter(cache -> isDone(cache, head)).isPresent();
        boolean inCorrupt = corruptSoFar.filter(cache -> isDone(cache, head)).isPresent();
        return switch (which) {
            case CLEAN -> inClean;
            case CORRUPT -> inCorrupt;
            case DIFFERENCE -> inClean && inCorrupt;
        };
    }

    private static boolean isDone(ActivationCache cache, Head head) {
        return cache.holds(Set.of(Hook.of(HookPoint.PATTERN, head.layer())));
    }

    /** How many layers of both runs are done. */
    public int layersDone() {
        return layersDone(cleanSoFar) + layersDone(corruptSoFar);
    }

    private static int layersDone(Optional<ActivationCache> run) {
        return run.map(ActivationCache::layersWithPatterns).orElse(0);
    }

    /** Whether the two prompts can be laid over one another, position by position. */
    public boolean isComparable() {
        return corrupt.isPresent() && corrupt.get().size() == clean.size();
    }

    /** Whether anything differs between the prompts. */
    public boolean isDifferent() {
        return corrupt.isPresent() && firstDifference() >= 0;
    }

    /** The first position whose tokens differ, before which both runs are the same; −1 for equal prompts. */
    public int firstDifference() {
        return corrupt.map(clean::firstDifference).orElse(-1);
    }
}
