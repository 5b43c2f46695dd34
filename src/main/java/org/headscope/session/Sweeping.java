package org.headscope.session;

import java.util.List;
import java.util.Optional;
import org.headscope.model.Head;

/**
 * What a sweep replaces and measures. Immutable; the {@code with…} methods give changed copies.
 *
 * @param end the head that all paths have in common: the one that was looked at when paths were first asked for; empty
 *     where none are swept
 * @param metric what was asked to be measured
 * @param tokens which tokens it was asked of; empty for the first that are watched, or those that pairs bring along
 * @param fit whether the scale ends at the largest values instead of at ±1
 */
public record Sweeping(Swept swept, Optional<Head> end, MetricChoice metric, List<Integer> tokens, boolean fit) {

    /** As a first start has it. */
    public static final Sweeping FIRST =
        new Sweeping(Swept.Z_BY_HEAD, Optional.empty(), MetricChoice.DIFFERENCE, List.of(), false);

    public Sweeping {
        tokens = List.copyOf(tokens);
    }

    Sweeping withSwept(Swept now, Optional<Head> focus) {
        return new Sweeping(now, swept.isOfPaths() ? end : Optional.empty(), metric, tokens, fit).withFocus(focus);
    }

    /** Takes the head that is looked at where paths are to be swept and none has been taken yet. */
    Sweeping withFocus(Optional<Head> focus) {
        return swept.isOfPaths() ? withEnd(end.or(() -> focus)) : withEnd(Optional.empty());
    }

    public Sweeping withEnd(Optional<Head> now) {
        return new Sweeping(swept, now, metric, tokens, fit);
    }

    public Sweeping withMetric(MetricChoice now, List<Integer> of) {
        return new Sweeping(swept, end, now, of, fit);
    }

    public Sweeping withFit(boolean now) {
        return new Sweeping(swept, end, metric, tokens, now);
    }
}
