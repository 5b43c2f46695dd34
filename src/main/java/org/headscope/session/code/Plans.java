package org.headscope.session.code;

import java.util.Optional;

/**
 * What is shown beside the document itself, and can be computed in Python too.
 *
 * @param sweep of the pair that is open
 * @param path whose effect is shown
 */
public record Plans(Optional<SweepPlan> sweep, Optional<PathPlan> path) {

    /** Nothing but the document. */
    public static final Plans NONE = new Plans(Optional.empty(), Optional.empty());

    public Plans with(SweepPlan plan) {
        return new Plans(Optional.of(plan), path);
    }

    public Plans with(PathPlan plan) {
        return new Plans(sweep, Optional.of(plan));
    }
}
