package org.headscope.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headscope.weights.Tensor;

/**
 * The activations that a run kept, by hook in the order in which they fired, with the batch dimension. After an
 * intervention it holds the edited values, as TransformerLens's cache does.
 */
public final class ActivationCache {

    private final Map<Hook, Tensor> activations;

    ActivationCache(Map<Hook, Tensor> activations) {
        this.activations = Collections.unmodifiableMap(new LinkedHashMap<>(activations));
    }

    public Set<Hook> hooks() {
        return activations.keySet();
    }

    public Optional<Tensor> find(Hook hook) {
        return Optional.ofNullable(activations.get(hook));
    }

    /**
     * @throws IllegalArgumentException if the run did not keep it
     */
    public Tensor get(Hook hook) {
        return find(hook).orElseThrow(() -> new IllegalArgumentException("The run did not keep " + hook + "."));
    }

    public Tensor get(HookPoint point, int layer) {
        return get(Hook.of(point, layer));
    }

    /** One head's attention, [T, T]: rows are queries, columns are keys. */
    public Tensor pattern(Head head) {
        return get(HookPoint.PATTERN, head.layer()).slice(0, head.head());
    }
}
