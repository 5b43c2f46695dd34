package org.headscope.window.lens;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.headscope.analysis.LogitAttribution.Target;

/**
 * A logit, or a difference of two, with what it is called.
 *
 * @param label such as "·went − ·travelled"
 */
public record AttributionTarget(Target target, String label) {

    /** Differences of any two of the watched tokens, then each alone. */
    static List<AttributionTarget> of(List<Integer> watched, IntFunction<String> name) {
        List<AttributionTarget> targets = new ArrayList<>();
        for (int i = 0; i < watched.size(); i++) {
            for (int j = i + 1; j < watched.size(); j++) {
                targets.add(new AttributionTarget(new Target(watched.get(i), OptionalInt.of(watched.get(j))),
                    "%s − %s".formatted(name.apply(watched.get(i)), name.apply(watched.get(j)))));
            }
        }
        watched.forEach(token -> targets.add(new AttributionTarget(new Target(token, OptionalInt.empty()),
            name.apply(token))));
        return targets;
    }

    /** What the number is. */
    String quantity() {
        return target.versus().isPresent() ? "logit difference" : "logit";
    }

    @Override
    public String toString() {
        return label;
    }
}
