package org.headscope.model;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.headscope.weights.Tensor;

/**
 * The activations that a run kept, by hook in the order in which they fired, with the batch dimension. After an
 * intervention it holds the edited values, as TransformerLens's cache does.
 *
 * <p>Where a run kept queries and keys but not the patterns that it made of them, a pattern that is asked for is made
 * of those again, up to rounding the same; it is not kept. May be read on any thread.
 */
public final class ActivationCache {

    private final Map<Hook, Tensor> activations;
    private final Optional<IntToDoubleFunction> divisors;
    /** The last pattern that was made: who needs a layer's often needs it again at once. */
    private volatile Made last = new Made(-1, new WeakReference<>(null));

    private record Made(int layer, WeakReference<Tensor> patterns) {
    }

    /**
     * @param divisors what a layer divides the products of queries and keys by; empty where patterns cannot be made of
     *     those, since something else was put in their place
     */
    ActivationCache(Map<Hook, Tensor> activations, Optional<IntToDoubleFunction> divisors) {
        this.activations = Collections.unmodifiableMap(new LinkedHashMap<>(activations));
        this.divisors = divisors;
    }

    /** What was kept. */
    public Set<Hook> hooks() {
        return activations.keySet();
    }

    /** What is kept takes on Java's heap. */
    public long bytes() {
        return activations.values().stream().mapToLong(tensor -> (long) Float.BYTES * tensor.size()).sum();
    }

    /** Whether all of these were kept, or can be made of what was. */
    public boolean holds(Collection<Hook> hooks) {
        return hooks.stream().allMatch(hook -> activations.containsKey(hook) || canBeMade(hook));
    }

    private boolean canBeMade(Hook hook) {
        return hook.point() == HookPoint.PATTERN && canAttend(hook.layer());
    }

    private boolean canAttend(int layer) {
        return divisors.isPresent() && activations.containsKey(Hook.of(HookPoint.Q, layer))
            && activations.containsKey(Hook.of(HookPoint.K, layer));
    }

    /** Empty where it was neither kept nor can be made of what was. */
    public Optional<Tensor> find(Hook hook) {
        return Optional.ofNullable(activations.get(hook))
            .or(() -> canBeMade(hook) ? Optional.of(made(hook.layer())) : Optional.empty());
    }

    private Tensor made(int layer) {
        Made before = last;
        Tensor known = before.layer() == layer ? before.patterns().get() : null;
        if (known != null) {
            return known;
        }
        Tensor patterns = attention(layer).patterns();
        last = new Made(layer, new WeakReference<>(patterns));
        return patterns;
    }

    private QueriesAndKeys attention(int layer) {
        return new QueriesAndKeys(get(HookPoint.Q, layer), get(HookPoint.K, layer),
            divisors.orElseThrow().applyAsDouble(layer));
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

    /**
     * One head's attention, [T, T]: rows are queries, columns are keys.
     *
     * @throws IllegalArgumentException if it was neither kept nor can be made of what was
     */
    public Tensor pattern(Head head) {
        return ofHead(HookPoint.PATTERN, head, QueriesAndKeys::pattern);
    }

    /**
     * One head's scores before the softmax, [T, T], −∞ where the key lies after its query.
     *
     * @throws IllegalArgumentException if they were neither kept nor can be made of what was
     */
    public Tensor scores(Head head) {
        return ofHead(HookPoint.ATTN_SCORES, head, QueriesAndKeys::scores);
    }

    /**
     * One head's attention, a query at a time, which is made as it is read where only queries and keys were kept.
     *
     * @throws IllegalArgumentException if it was neither kept nor can be made of what was
     */
    public AttentionRows rows(Head head) {
        Tensor kept = activations.get(Hook.of(HookPoint.PATTERN, head.layer()));
        return kept != null ? new KeptRows(kept.slice(0, head.head()))
            : attentionThatCanBeMade(HookPoint.PATTERN, head).rows(head.head());
    }

    private static final class KeptRows implements AttentionRows {

        private final Tensor pattern;
        private final float[] row;

        KeptRows(Tensor pattern) {
            this.pattern = pattern;
            this.row = new float[pattern.extent(0)];
        }

        @Override
        public int tokens() {
            return row.length;
        }

        @Override
        public float[] row(int query) {
            pattern.read(query * row.length, row, 0, query + 1);
            return row;
        }
    }

    /** How many layers' attention there is, counted from the first. */
    public int layersWithPatterns() {
        int layer = 0;
        while (holds(Set.of(Hook.of(HookPoint.PATTERN, layer)))) {
            layer++;
        }
        return layer;
    }

    /**
     * How many heads a layer has.
     *
     * @throws IllegalArgumentException if its attention was neither kept nor can be made of what was
     */
    public int heads(int layer) {
        Tensor kept = activations.get(Hook.of(HookPoint.PATTERN, layer));
        return kept != null ? kept.extent(1)
            : attentionThatCanBeMade(HookPoint.PATTERN, new Head(layer, 0)).heads();
    }

    @FunctionalInterface
    private interface OfHead {
        Tensor make(QueriesAndKeys attention, int head);
    }

    private Tensor ofHead(HookPoint point, Head head, OfHead maker) {
        Tensor kept = activations.get(Hook.of(point, head.layer()));
        return kept != null ? kept.slice(0, head.head())
            : maker.make(attentionThatCanBeMade(point, head), head.head());
    }

    private QueriesAndKeys attentionThatCanBeMade(HookPoint point, Head head) {
        if (!canAttend(head.layer())) {
            throw new IllegalArgumentException("The run did not keep " + Hook.of(point, head.layer()) + ".");
        }
        return attention(head.layer());
    }
}
