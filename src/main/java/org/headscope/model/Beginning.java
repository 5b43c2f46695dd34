package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.headscope.weights.Tensor;

/**
 * The positions of a run that an earlier run has computed already, because its prompt began alike: attention is causal,
 * so what follows cannot change them. p positions are known, T are asked for.
 */
final class Beginning {

    private final ActivationCache earlier;
    private final int known;

    private Beginning(ActivationCache earlier, int known) {
        this.earlier = earlier;
        this.known = known;
    }

    static Beginning none() {
        return new Beginning(null, 0);
    }

    /**
     * What an earlier run can spare another one; nothing where it did not keep all that the other one needs or keeps.
     */
    static Beginning of(RunOptions.Earlier earlier, int[] ids, RunOptions options, int layers) {
        // The last position is computed in any case: its logits are what a run is for.
        int known = Math.min(earlier.common(ids), ids.length - 1);
        Set<Hook> needed = Hook.all(layers).stream()
            .filter(hook -> RunOptions.Earlier.needs(hook) || options.keep().test(hook))
            .collect(Collectors.toSet());
        boolean usable = options.interventions().isEmpty() && options.logits() == RunOptions.LogitsAt.LAST
            && options.stopAtLayer() == RunOptions.ALL_LAYERS && earlier.cache().hooks().containsAll(needed);
        return usable ? new Beginning(earlier.cache(), known) : none();
    }

    /** p */
    int known() {
        return known;
    }

    /** The keys or values of all positions, [1, T, H, d], from those of the positions that are computed. */
    NDArray before(NDArray computed, Hook hook, NDManager scope) {
        if (known == 0) {
            return computed;
        }
        Tensor all = earlier.get(hook);
        int width = all.size() / all.extent(1);
        NDArray first = scope.create(all.toArray(0, known * width),
            new Shape(1, known, all.extent(2), all.extent(3)));
        return first.toType(computed.getDataType(), false).concat(computed, 1);
    }

    /** An activation of all positions from that of the positions that are computed. */
    Tensor completed(Hook hook, Tensor computed) {
        if (known == 0) {
            return computed;
        }
        Tensor all = earlier.get(hook);
        return hook.point().hasKeys() ? completedSquares(all, computed, hook) : completedRows(all, computed);
    }

    private Tensor completedRows(Tensor all, Tensor computed) {
        int[] shape = computed.shape();
        int width = computed.size() / shape[1];
        shape[1] += known;
        float[] values = new float[shape[1] * width];
        System.arraycopy(all.toArray(0, known * width), 0, values, 0, known * width);
        System.arraycopy(computed.toArray(), 0, values, known * width, computed.size());
        return Tensor.of(values, shape);
    }

    /** [1, H, T − p, T] to [1, H, T, T]: no query that is known sees a key that is not. */
    private Tensor completedSquares(Tensor all, Tensor computed, Hook hook) {
        int heads = computed.extent(1);
        int tokens = computed.extent(3);
        int others = all.extent(3);
        float[] values = new float[heads * tokens * tokens];
        if (hook.point() == HookPoint.ATTN_SCORES) {
            Arrays.fill(values, Float.NEGATIVE_INFINITY);
        }
        for (int head = 0; head < heads; head++) {
            for (int query = 0; query < known; query++) {
                float[] row = all.toArray((head * others + query) * others, known);
                System.arraycopy(row, 0, values, (head * tokens + query) * tokens, known);
            }
            int rows = (tokens - known) * tokens;
            System.arraycopy(computed.toArray(head * rows, rows), 0, values, (head * tokens + known) * tokens, rows);
        }
        return Tensor.of(values, 1, heads, tokens, tokens);
    }
}
