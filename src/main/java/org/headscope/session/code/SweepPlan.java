package org.headscope.session.code;

import java.util.List;
import java.util.Optional;
import org.headscope.model.Head;
import org.headscope.patching.Metric;
import org.headscope.patching.SweepKind;
import org.headscope.session.Substitution;

/**
 * A sweep of one pair of prompts.
 *
 * @param kinds one map each, of the same shape; of paths what the receivers read them with
 * @param end the head that all paths have in common; empty where these are no paths
 */
public record SweepPlan(List<SweepKind> kinds, Optional<End> end, Substitution substitution, Metric metric) {

    /** @param sends whether it is the sender of all paths; otherwise it is the receiver */
    public record End(Head head, boolean sends) {
    }

    public SweepPlan {
        kinds = List.copyOf(kinds);
    }
}
