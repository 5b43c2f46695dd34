package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Tensor;

/**
 * Many variants of one run in one batch, of which only what can differ is computed:
 *
 * <ul>
 * <li>the positions from the first that any variant changes, against the base run's keys and values of those before;
 * <li>the layers from the one that a variant changes: it joins the batch at its hook with the base run's values;
 * <li>in the last layer, only the last position, which is all that is read.
 * </ul>
 *
 * <p>n variants in the batch so far, S positions that are computed, p that come before, T = p + S, H heads, d width of
 * a head, D of the residual stream. Rows stand in the order in which they join.
 */
final class VariantPass implements AutoCloseable {

    private final Gpt2Weights weights;
    private final EngineWeights engine;
    private final Gpt2Config config;
    private final Variants variants;
    private final Cancellation cancellation;
    private final int length;
    private final NDManager manager;
    /** The variants in the order in which they join: the rows of the batch. */
    private final List<Integer> order;
    /** The rows that join at a hook, and those that are changed again at a later one. */
    private final Map<Hook, List<Integer>> joining = new HashMap<>();
    private final Map<Hook, List<Integer>> changing = new HashMap<>();
    private NDManager scope;
    /** The first position that is computed: later in the last layer, where only the last one is read. */
    private int first;

    VariantPass(Gpt2Weights weights, EngineWeights engine, Variants variants, Cancellation cancellation) {
        this.weights = weights;
        this.engine = engine;
        this.manager = engine.newManager();
        this.scope = manager;
        this.config = weights.config();
        this.variants = variants;
        this.cancellation = cancellation;
        this.length = variants.ids().length;
        this.first = variants.from();
        this.order = IntStream.range(0, variants.each().size()).boxed()
            .sorted(Comparator.comparing(i -> place(firstHook(variants.each().get(i))))).toList();
        for (int row = 0; row < order.size(); row++) {
            Hook start = firstHook(interventions(row));
            joining.computeIfAbsent(start, hook -> new ArrayList<>()).add(row);
            for (Hook hook : interventions(row).stream().map(one -> one.site().hook()).collect(Collectors.toSet())) {
                if (!hook.equals(start)) {
                    changing.computeIfAbsent(hook, h -> new ArrayList<>()).add(row);
                }
            }
        }
    }

    private List<Intervention> interventions(int row) {
        return variants.each().get(order.get(row));
    }

    private static Hook firstHook(List<Intervention> variant) {
        return variant.stream().map(one -> one.site().hook()).min(Comparator.comparing(VariantPass::place))
            .orElseThrow();
    }

    /** When a hook fires: sorted as numbers, layers come before points. */
    private static int place(Hook hook) {
        return hook.layer() * Variants.POINTS.size() + Variants.POINTS.indexOf(hook.point());
    }

    /**
     * The logits at the last position.
     *
     * @param columns the tokens that are asked for, or empty for the whole vocabulary
     * @return [variants, columns], in the variants' own order
     */
    Tensor logits(int[] columns) {
        NDArray resid = null;
        int firstLayer = joining.keySet().stream().mapToInt(Hook::layer).min().orElseThrow();
        for (int layer = firstLayer; layer < config.layers(); layer++) {
            resid = blockInOwnScope(layer, resid);
        }
        NDArray last = resid.get(":, -1").reshape(order.size(), config.width());
        NDArray normalized = Ops.layerNorm(engine.finalNorm, last, config);
        NDArray logits = columns.length == 0 ? engine.unembedded(normalized)
            : Ops.linear(normalized, rows(weights.unembed().floats(), columns, config.width()),
                rows(weights.unembedBias().floats(), columns, 1).reshape(columns.length));
        return inOwnOrder(Ops.tensor(logits));
    }

    private Tensor inOwnOrder(Tensor logits) {
        int columns = logits.extent(1);
        float[] values = new float[logits.size()];
        for (int row = 0; row < order.size(); row++) {
            System.arraycopy(logits.slice(row).toArray(), 0, values, order.get(row) * columns, columns);
        }
        return Tensor.of(values, logits.shape());
    }

    private NDArray blockInOwnScope(int layer, NDArray incoming) {
        try (NDManager own = manager.newSubManager()) {
            scope = own;
            if (incoming != null) {
                incoming.attach(own);
            }
            NDArray outgoing = block(layer, incoming);
            if (outgoing != null) {
                outgoing.attach(manager);
            }
            return outgoing;
        } finally {
            scope = manager;
        }
    }

    /** The residual stream of all rows so far, [n, S, D] to [n', S, D]; null while there are none. */
    private NDArray block(int layer, NDArray incoming) {
        NDArray residPre = joined(incoming, Hook.of(HookPoint.RESID_PRE, layer));
        NDArray z = joined(readings(layer, residPre), Hook.of(HookPoint.Z, layer));
        if (readsLastPositionOnly(layer)) {
            residPre = lastPosition(residPre);
        }
        EngineWeights.Layer w = engine.layers.get(layer);
        NDArray attnOut = joined(z == null ? null
            : engine.kernels.linear(z.reshape(rows(z), length - first, config.width()), w.output()),
            Hook.of(HookPoint.ATTN_OUT, layer));
        NDArray residMid = attnOut == null ? null
            : filled(residPre, Hook.of(HookPoint.RESID_PRE, layer), rows(attnOut)).add(attnOut);
        residMid = joined(residMid, Hook.of(HookPoint.RESID_MID, layer));

        NDArray post = joined(residMid == null ? null : engine.kernels.activated(config.activation(),
            Ops.layerNorm(w.norm2(), residMid, config), w.in()),
            Hook.of(HookPoint.MLP_POST, layer));
        NDArray mlpOut = joined(post == null ? null : engine.kernels.linear(post, w.out()),
            Hook.of(HookPoint.MLP_OUT, layer));
        NDArray residPost = mlpOut == null ? null
            : filled(residMid, Hook.of(HookPoint.RESID_MID, layer), rows(mlpOut)).add(mlpOut);
        return joined(residPost, Hook.of(HookPoint.RESID_POST, layer));
    }

    /** In the last layer, unless a row that has changed before is replaced by its mean over all positions. */
    private boolean readsLastPositionOnly(int layer) {
        return layer == config.layers() - 1 && changing.entrySet().stream()
            .filter(change -> change.getKey().layer() == layer)
            .flatMap(change -> change.getValue().stream()).flatMap(row -> interventions(row).stream())
            .noneMatch(one -> one.replacement().readsAllPositions());
    }

    private NDArray lastPosition(NDArray x) {
        first = length - 1;
        return x == null ? null : x.get(":, -1:");
    }

    /**
     * What the heads read, [n, S, H, d], of the rows that attend by themselves. Leaves only the last in the last layer.
     */
    private NDArray readings(int layer, NDArray residPre) {
        Hook q = Hook.of(HookPoint.Q, layer);
        Hook k = Hook.of(HookPoint.K, layer);
        Hook v = Hook.of(HookPoint.V, layer);
        Hook p = Hook.of(HookPoint.PATTERN, layer);
        int forQ = count(q);
        int forK = count(k);
        int forV = count(v);
        NDArray[] qkv = residPre == null ? new NDArray[3] : queriesKeysValues(layer, residPre);
        NDArray queries = padded(joined(qkv[0], q), q, forK + forV);
        NDArray keys = padded(joined(padded(qkv[1], k, forQ), k), k, forV);
        NDArray values = padded(joined(padded(qkv[2], v, forQ + forK), v), v, count(p));
        if (readsLastPositionOnly(layer)) {
            // Keys and values of all positions are read; of the queries only the last one is.
            queries = lastPosition(queries);
        }
        NDArray pattern = joined(queries == null ? null : attention(layer, queries, keys), p);
        return pattern == null ? null : read(layer, pattern, values);
    }

    /** Three times [n, S, H, d]. */
    private NDArray[] queriesKeysValues(int layer, NDArray residPre) {
        EngineWeights.Layer w = engine.layers.get(layer);
        NDList thirds = engine.kernels.linear(Ops.layerNorm(w.norm1(), residPre, config), w.qkv()).split(3, 2);
        return thirds.stream().map(third -> third.reshape(rows(residPre), residPre.getShape().get(1), config.heads(),
            config.headWidth())).toArray(NDArray[]::new);
    }

    /** [n, queries, H, d] and [n, S, H, d] to the pattern, [n, H, queries, T]. */
    private NDArray attention(int layer, NDArray queries, NDArray keys) {
        int rows = rows(queries);
        NDArray own = queries.transpose(0, 2, 1, 3).matMul(keys.transpose(0, 2, 3, 1))
            .div(Ops.attentionScale(config, layer)).add(mask());
        NDArray scores = own;
        if (variants.from() > 0) {
            // All rows share the keys before: one product a head for all of them.
            NDArray before = before(HookPoint.K, layer).transpose(1, 2, 0);
            NDArray products = queries.transpose(2, 0, 1, 3).reshape(config.heads(), -1, config.headWidth())
                .matMul(before).div(Ops.attentionScale(config, layer))
                .reshape(config.heads(), rows, -1, variants.from()).transpose(1, 0, 2, 3);
            scores = products.concat(own, 3);
        }
        return scores.softmax(3);
    }

    /** [n, H, queries, T] and [n, S, H, d] to [n, queries, H, d]. */
    private NDArray read(int layer, NDArray pattern, NDArray values) {
        int from = variants.from();
        NDArray own = pattern.get("..., " + from + ":").matMul(values.transpose(0, 2, 1, 3));
        if (from > 0) {
            NDArray before = before(HookPoint.V, layer).transpose(1, 0, 2);
            NDArray shared = pattern.get("..., :" + from).transpose(1, 0, 2, 3).reshape(config.heads(), -1, from)
                .matMul(before).reshape(config.heads(), rows(pattern), -1, config.headWidth()).transpose(1, 0, 2, 3);
            own = own.add(shared);
        }
        return own.transpose(0, 2, 1, 3);
    }

    /** Keys or values of the positions that no variant changes, [p, H, d]. */
    private NDArray before(HookPoint point, int layer) {
        Tensor all = variants.base().get(point, layer);
        return scope.create(positions(all, 0, variants.from()),
            new Shape(variants.from(), config.heads(), config.headWidth()));
    }

    /** [queries, S]: a query sees the computed keys up to its own position. */
    private NDArray mask() {
        int computed = length - variants.from();
        return Ops.array(scope, Ops.mask(computed - (length - first), computed), DataType.FLOAT32);
    }

    // ---- rows that join ----

    private static int rows(NDArray x) {
        return Math.toIntExact(x.getShape().get(0));
    }

    private int count(Hook hook) {
        return joining.getOrDefault(hook, List.of()).size();
    }

    /** The rows so far, changed where they have an intervention here, with those that join at this hook behind them. */
    private NDArray joined(NDArray rows, Hook hook) {
        // Between any two large products, so that a person who cancels does not wait for a whole layer.
        cancellation.throwIfRequested();
        NDArray changed = rows;
        for (int row : changing.getOrDefault(hook, List.of())) {
            changed = replaced(changed, row, edited(hook, row, withRow(hook, changed.get(row))));
        }
        List<Integer> here = joining.getOrDefault(hook, List.of());
        if (here.isEmpty()) {
            return changed;
        }
        Tensor base = variants.base().get(hook);
        List<NDArray> all = new ArrayList<>();
        if (changed != null) {
            all.add(changed);
        }
        here.forEach(row -> all.add(edited(hook, row, base)));
        return NDArrays.concat(new NDList(all), 0);
    }

    /** One row, [1, S, …], of an activation with the row's interventions carried out. */
    private NDArray edited(Hook hook, int row, Tensor activation) {
        Tensor edited = activation;
        for (Intervention intervention : interventions(row)) {
            if (intervention.site().hook().equals(hook)) {
                edited = Edits.apply(intervention, edited);
            }
        }
        return Ops.array(scope, Tensor.of(computed(hook, edited), shape(hook, edited)), DataType.FLOAT32);
    }

    /** The base run's activation with a row's own values at the positions that are computed. */
    private Tensor withRow(Hook hook, NDArray row) {
        Tensor base = variants.base().get(hook);
        float[] values = base.toArray();
        float[] own = row.toFloatArray();
        int runs = hook.point().axes() == HookPoint.Axes.HEAD_QUERY_KEY ? config.heads() : 1;
        for (int run = 0; run < runs; run++) {
            // The computed positions are the last ones of every head, or of the whole.
            System.arraycopy(own, run * own.length / runs, values,
                (run + 1) * values.length / runs - own.length / runs, own.length / runs);
        }
        return Tensor.of(values, base.shape());
    }

    private NDArray replaced(NDArray rows, int row, NDArray by) {
        List<NDArray> parts = new ArrayList<>();
        if (row > 0) {
            parts.add(rows.get(":" + row));
        }
        parts.add(by);
        if (row + 1 < rows(rows)) {
            parts.add(rows.get((row + 1) + ":"));
        }
        return NDArrays.concat(new NDList(parts), 0);
    }

    /** The rows so far, with as many of the base run's as are wanted behind them. */
    private NDArray padded(NDArray rows, Hook hook, int more) {
        if (more == 0) {
            return rows;
        }
        Tensor base = variants.base().get(hook);
        int[] shape = shape(hook, base);
        NDArray one = Ops.array(scope, Tensor.of(computed(hook, base), shape), DataType.FLOAT32);
        long[] many = Arrays.stream(shape).asLongStream().toArray();
        many[0] = more;
        NDArray copies = one.broadcast(new Shape(many));
        return rows == null ? copies : rows.concat(copies, 0);
    }

    /** The rows so far, filled up to a number with the base run's. */
    private NDArray filled(NDArray rows, Hook hook, int total) {
        return padded(rows, hook, total - (rows == null ? 0 : rows(rows)));
    }

    /** Of one row of an activation: the positions, of a pattern the queries, that are computed now. */
    private int[] shape(Hook hook, Tensor activation) {
        int[] shape = activation.shape();
        shape[hook.point().axes() == HookPoint.Axes.HEAD_QUERY_KEY ? 2 : 1] = length - first;
        return shape;
    }

    private float[] computed(Hook hook, Tensor activation) {
        if (hook.point().axes() != HookPoint.Axes.HEAD_QUERY_KEY) {
            return positions(activation, first, length);
        }
        List<float[]> heads = new ArrayList<>();
        for (int head = 0; head < config.heads(); head++) {
            float[] queries = activation.slice(0, head).toArray();
            heads.add(Arrays.copyOfRange(queries, first * length, length * length));
        }
        FloatBuffer all = FloatBuffer.allocate(heads.size() * heads.get(0).length);
        heads.forEach(all::put);
        return all.array();
    }

    /** Some positions of an activation [1, T, …], in row order. */
    private static float[] positions(Tensor activation, int from, int to) {
        int width = activation.size() / activation.extent(1);
        return Arrays.copyOfRange(activation.toArray(), from * width, to * width);
    }

    /** Rows of a table of the weights, [rows, width]. */
    private NDArray rows(FloatBuffer table, int[] which, int width) {
        float[] rows = new float[which.length * width];
        for (int i = 0; i < which.length; i++) {
            table.get(which[i] * width, rows, i * width, width);
        }
        return scope.create(rows, new Shape(which.length, width));
    }

    @Override
    public void close() {
        manager.close();
    }
}
