package org.headscope.session.code;

import java.util.Optional;

/**
 * What is shown beside the document itself, and can be computed in Python too.
 *
 * @param sweep of the pair that is open
 * @param path whose effect is shown
 * @param circuit that is read from the weights
 * @param neuron that is looked at
 */
public record Plans(Optional<SweepPlan> sweep, Optional<PathPlan> path, Optional<CircuitPlan> circuit,
                    Optional<NeuronPlan> neuron) {

    /** Nothing but the document. */
    public static final Plans NONE =
        new Plans(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Plans with(SweepPlan plan) {
        return new Plans(Optional.of(plan), path, circuit, neuron);
    }

    public Plans with(PathPlan plan) {
        return new Plans(sweep, Optional.of(plan), circuit, neuron);
    }

    public Plans with(CircuitPlan plan) {
        return new Plans(sweep, path, Optional.of(plan), neuron);
    }

    public Plans with(NeuronPlan plan) {
        return new Plans(sweep, path, circuit, Optional.of(plan));
    }
}
