package org.headscope.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.FloatBuffer;
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

    private final Gpt2Weights weights;
    private final EngineWeights engine;
    private final Gpt2Config config;
    private final DataType type;
    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    /** One a layer, [1, H, n, d]. */
    private final NDArray[] keys;
    private final NDArray[] values;
    private int length;
    private Logits next;

    Continuation(Gpt2Weights weights, EngineWeights engine, Gpt2.Precision precision, int[] ids, Run run) {
        this.weights = weights;
        this.engine = engine;
        this.config = weights.config();
        this.type = precision.type();
        this.length = ids.length;
        this.keys = kept(run, HookPoint.K);
        this.values = kept(run, HookPoint.V);
        this.next = run.logits(-1);
    }

    private NDArray[] kept(Run run, HookPoint point) {
        NDArray[] kept = new NDArray[config.layers()];
        for (int layer = 0; layer < kept.length; layer++) {
            // A copy: the array's floats lie in a Java buffer, which goes with the array and not with a view of it.
            try (NDArray byPosition = Ops.array(manager, run.cache().get(point, layer), type);
                 NDArray view = byPosition.transpose(0, 2, 1, 3)) {
                kept[layer] = view.duplicate();
            }
        }
        return kept;
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
        try (NDManager step = manager.newSubManager()) {
            NDArray resid = row(step, weights.embed(), id).add(row(step, weights.positions(), length));
            for (int layer = 0; layer < config.layers(); layer++) {
                resid = block(layer, resid);
            }
            NDArray normalized = Ops.layerNorm(engine.finalNorm, resid, config);
            NDArray logits = engine.kernels.linear(normalized, engine.unembed);
            next = new Logits(Ops.tensor(logits).toArray());
        }
        length++;
        return next;
    }

    /** [1, 1, D] to [1, 1, D]. */
    private NDArray block(int layer, NDArray residPre) {
        EngineWeights.Layer w = engine.layers.get(layer);
        NDArray residMid = residPre.add(attention(layer, Ops.layerNorm(w.norm1(), residPre, config)));
        NDArray normalized = Ops.layerNorm(w.norm2(), residMid, config);
        NDArray post = engine.kernels.activated(config.activation(), normalized, w.in());
        return residMid.add(engine.kernels.linear(post, w.out()));
    }

    /** [1, 1, D] to [1, 1, D]. Nothing is masked, since the last query may look at every key. */
    private NDArray attention(int layer, NDArray normalized) {
        EngineWeights.Layer w = engine.layers.get(layer);
        NDArray[] qkv = engine.kernels.linear(normalized, w.qkv()).split(3, 2).stream()
            .map(third -> third.reshape(1, config.heads(), 1, config.headWidth())).toArray(NDArray[]::new);
        keys[layer] = longer(keys[layer], qkv[1]);
        values[layer] = longer(values[layer], qkv[2]);
        NDArray scores = qkv[0].matMul(keys[layer].transpose(0, 1, 3, 2)).div(Ops.attentionScale(config, layer));
        NDArray z = scores.softmax(3).matMul(values[layer]);
        return engine.kernels.linear(z.reshape(1, 1, config.width()), w.output());
    }

    /** The old one goes: it belongs to no step, so nobody else would close it. */
    private NDArray longer(NDArray soFar, NDArray last) {
        NDArray both = soFar.concat(last, 2);
        both.attach(manager);
        soFar.close();
        return both;
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
