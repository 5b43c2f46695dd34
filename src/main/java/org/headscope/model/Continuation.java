package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Tensor;

/**
 * A prompt that grows by one token at a time. The keys and values of all tokens so far are kept, as in
 * TransformerLens's {@code HookedTransformerKeyValueCache}, so that a new token costs a pass over one position. Up to
 * the rounding of another batch size the logits are those of {@link Gpt2#run} on the whole.
 *
 * <p>n tokens so far, H heads, d width of a head, D of the residual stream. Belongs to the inference thread.
 */
public final class Continuation implements AutoCloseable {

    /** How many tokens there is room for before keys and values are copied. */
    private static final int MORE = 64;

    private final Gpt2Weights weights;
    private final EngineWeights engine;
    private final Gpt2Config config;
    private final DataType type;
    private final NDManager manager;
    /** One a layer, [1, H, room, d], with room for more tokens than there are. */
    private final NDArray[] keys;
    private final NDArray[] values;
    /** What queries times keys are divided by, a scalar a layer. */
    private final NDArray[] scales;
    private int room;
    private int length;
    private Logits next;

    Continuation(Gpt2Weights weights, EngineWeights engine, Gpt2.Precision precision, int[] ids, Run run) {
        this.weights = weights;
        this.engine = engine;
        this.manager = engine.newManager();
        this.config = weights.config();
        this.type = precision.type();
        this.length = ids.length;
        this.room = length + MORE;
        this.keys = kept(run, HookPoint.K);
        this.values = kept(run, HookPoint.V);
        this.scales = IntStream.range(0, config.layers()).mapToObj(layer -> manager.create(
            (float) Ops.attentionScale(config, layer)).toType(type, false)).toArray(NDArray[]::new);
        this.next = run.logits(-1);
    }

    private NDArray[] kept(Run run, HookPoint point) {
        NDArray[] kept = new NDArray[config.layers()];
        for (int layer = 0; layer < kept.length; layer++) {
            // A copy: the array's floats lie in a Java buffer, which goes with the array and not with a view of it.
            try (NDArray byPosition = Ops.array(manager, run.cache().get(point, layer), type);
                 NDArray view = byPosition.transpose(0, 2, 1, 3)) {
                kept[layer] = withRoom(view);
            }
        }
        return kept;
    }

    /** A copy with places for more positions behind those that there are. */
    private NDArray withRoom(NDArray table) {
        try (NDArray more = manager.zeros(new Shape(1, config.heads(), MORE, config.headWidth()), type)) {
            NDArray longer = table.concat(more, 2);
            longer.attach(manager);
            return longer;
        }
    }

    /** How many tokens there are so far, the prompt's included. */
    public int length() {
        return length;
    }

    /** The logits of what comes after the last token. */
    public Logits next() {
        return next;
    }

    /**
     * Puts a token at the end and computes what comes after it.
     *
     * @throws ContextRefusal if the model reads no more tokens, or has no such id
     */
    public Logits append(int id) {
        if (length == config.positions()) {
            throw new ContextRefusal("This model reads at most %,d tokens, and there are as many; shorten the prompt."
                .formatted(length));
        }
        if (id < 0 || id >= config.vocabulary()) {
            throw new ContextRefusal("Token id %d does not exist; this model has the ids 0 to %,d.".formatted(id,
                config.vocabulary() - 1));
        }
        if (length == room) {
            makeRoom();
        }
        try (NDManager step = manager.newSubManager()) {
            Place place = new Place(step.create(new long[] {length}), step.create(length + 1L));
            NDArray resid = row(step, weights.embed(), id).add(row(step, weights.positions(), length));
            for (int layer = 0; layer < config.layers(); layer++) {
                resid = block(layer, resid, place);
            }
            NDArray normalized = Ops.layerNorm(engine.finalNorm, resid, config);
            NDArray logits = engine.unembedded(normalized);
            next = new Logits(Ops.tensor(logits).toArray());
        }
        length++;
        return next;
    }

    /**
     * Where the new token goes, for the engine.
     *
     * @param position its index, [1]
     * @param known how many tokens there are with it, a scalar
     */
    private record Place(NDArray position, NDArray known) {
    }

    private void makeRoom() {
        for (NDArray[] tables : List.of(keys, values)) {
            for (int layer = 0; layer < tables.length; layer++) {
                try (NDArray full = tables[layer]) {
                    tables[layer] = withRoom(full);
                }
            }
        }
        room += MORE;
    }

    /** [1, 1, D] to [1, 1, D]. */
    private NDArray block(int layer, NDArray residPre, Place place) {
        EngineWeights.Layer w = engine.layers.get(layer);
        NDArray residMid = residPre.add(attention(layer, Ops.layerNorm(w.norm1(), residPre, config), place));
        NDArray normalized = Ops.layerNorm(w.norm2(), residMid, config);
        NDArray post = engine.kernels.activated(config.activation(), normalized, w.in());
        return residMid.add(engine.kernels.linear(post, w.out()));
    }

    /** [1, 1, D] to [1, 1, D]. Nothing is masked, since the last query may look at every key. */
    private NDArray attention(int layer, NDArray normalized, Place place) {
        EngineWeights.Layer w = engine.layers.get(layer);
        NDList qkv = engine.kernels.linear(normalized, w.qkv())
            .reshape(3, config.heads(), 1, config.headWidth()).split(3, 0);
        engine.kernels.put(keys[layer], place.position(), qkv.get(1));
        engine.kernels.put(values[layer], place.position(), qkv.get(2));
        NDArray z = engine.kernels.attend(qkv.get(0), keys[layer], values[layer], place.known(), scales[layer]);
        return engine.kernels.linear(z.reshape(1, 1, config.width()), w.output());
    }

    /** A row of a table, [1, 1, D]. */
    private NDArray row(NDManager step, Gpt2Weights.Matrix table, int which) {
        float[] row = new float[config.width()];
        FloatBuffer floats = table.floats();
        floats.get(which * row.length, row);
        return Ops.array(step, Tensor.of(row, 1, 1, row.length), type);
    }

    @Override
    public void close() {
        manager.close();
    }
}
