package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Tensor;

/**
 * One run of a GPT-2 from ids to logits, read from top to bottom: {@link #run}, {@link #block}, {@link #attention},
 * {@link #mlp}. Follows TransformerLens 2.15's {@code HookedTransformer.forward} and its components.
 *
 * <p>T positions that are computed, H heads, d width of a head, D of the residual stream, M neurons, V vocabulary; the
 * batch is 1. Where an earlier run knows the p positions before them, p + T are attended to and kept. The activation is
 * always the first operand: results then belong to this pass's manager and go with it.
 */
final class ForwardPass implements AutoCloseable {

    private final Gpt2Weights weights;
    private final EngineWeights engine;
    private final Gpt2Config config;
    private final RunOptions options;
    private final int[] ids;
    private final DataType type;
    private final Beginning beginning;
    private final int computed;
    private final NDManager manager;
    private final Map<Hook, List<Intervention>> edits;
    private final Map<Hook, Tensor> kept = new LinkedHashMap<>();
    /** Where new arrays belong: each layer has a manager of its own, so that its scores go when it is done. */
    private NDManager scope;

    ForwardPass(Gpt2Weights weights, EngineWeights engine, Gpt2.Precision precision, int[] ids, RunOptions options) {
        this.weights = weights;
        this.engine = engine;
        this.manager = engine.newManager();
        this.scope = manager;
        this.config = weights.config();
        this.type = precision.type();
        this.ids = ids;
        this.options = options;
        this.beginning = options.earlier().map(run -> Beginning.of(run, ids, options, config.layers()))
            .orElseGet(Beginning::none);
        this.computed = ids.length - beginning.known();
        this.edits = options.interventions().stream()
            .collect(Collectors.groupingBy(intervention -> intervention.site().hook()));
    }

    private void checkEdits() {
        options.interventions().forEach(intervention -> {
            intervention.site().checkFits(config);
            intervention.site().checkFits(ids.length);
        });
        for (Hook hook : edits.keySet()) {
            if (!options.fires(hook, config)) {
                throw new SiteRefusal("%s never fires in a run that stops before layer %d; run it further.".formatted(
                    hook, options.layersOf(config)));
            }
            boolean readsResidual = switch (hook.point()) {
                case ATTN_IN, Q_INPUT, K_INPUT, V_INPUT -> true;
                default -> false;
            };
            if (readsResidual && (edits.containsKey(Hook.of(HookPoint.LN1_SCALE, hook.layer()))
                || edits.containsKey(Hook.of(HookPoint.LN1_NORMALIZED, hook.layer())))) {
                throw new SiteRefusal(("%s and ln1 of layer %d cannot be edited in one run, since the heads' own "
                    + "inputs are normalised one by one; edit one of them.").formatted(hook, hook.layer()));
            }
        }
    }

    Run run() {
        int layers = options.layersOf(config);
        checkEdits();
        int[] positions = IntStream.range(beginning.known(), ids.length).toArray();
        NDArray embed = hook(Hook.of(HookPoint.EMBED),
            rows(weights.embed().floats(), Arrays.stream(positions).map(at -> ids[at]).toArray()));
        NDArray position = hook(Hook.of(HookPoint.POS_EMBED), rows(weights.positions().floats(), positions));
        NDArray resid = embed.add(position);
        NDArray mask = mask();
        for (int layer = 0; layer < layers; layer++) {
            options.cancellation().throwIfRequested();
            resid = blockInOwnScope(layer, resid, mask);
            options.listener().layerDone(layer, cache());
        }
        options.cancellation().throwIfRequested();
        NDArray output = options.stopAtLayer() == RunOptions.ALL_LAYERS ? unembed(resid) : resid;
        return new Run(Ops.tensor(output), cache());
    }

    private ActivationCache cache() {
        boolean patternsAreMade = Stream.of(HookPoint.ATTN_SCORES, HookPoint.PATTERN)
            .noneMatch(point -> edits.keySet().stream().anyMatch(hook -> hook.point() == point));
        // Not by this pass: the run would keep the one that it goes on from, and that the one before it.
        Gpt2Config sizes = config;
        return new ActivationCache(kept, patternsAreMade
            ? Optional.of(layer -> Ops.attentionScale(sizes, layer)) : Optional.empty());
    }

    private NDArray blockInOwnScope(int layer, NDArray incoming, NDArray mask) {
        try (NDManager own = manager.newSubManager()) {
            scope = own;
            incoming.attach(own);
            NDArray outgoing = block(layer, incoming, mask);
            outgoing.attach(manager);
            return outgoing;
        } finally {
            scope = manager;
        }
    }

    /** [1, T, D] to [1, T, D]. */
    private NDArray block(int layer, NDArray incoming, NDArray mask) {
        NDArray residPre = hook(Hook.of(HookPoint.RESID_PRE, layer), incoming);
        NDArray attnOut = hook(Hook.of(HookPoint.ATTN_OUT, layer), attention(layer, residPre, mask));
        NDArray residMid = hook(Hook.of(HookPoint.RESID_MID, layer), residPre.add(attnOut));
        NDArray mlpOut = hook(Hook.of(HookPoint.MLP_OUT, layer), mlp(layer, residMid));
        return hook(Hook.of(HookPoint.RESID_POST, layer), residMid.add(mlpOut));
    }

    /** What the heads of a layer write together, bias included: [1, T, D] to [1, T, D]. */
    private NDArray attention(int layer, NDArray residPre, NDArray mask) {
        NDArray[] qkv = queriesKeysValues(layer, residPre);
        NDArray q = hook(Hook.of(HookPoint.Q, layer), qkv[0]);
        NDArray k = hook(Hook.of(HookPoint.K, layer), qkv[1]);
        NDArray v = hook(Hook.of(HookPoint.V, layer), qkv[2]);

        NDArray keys = beginning.before(k, Hook.of(HookPoint.K, layer), scope);
        NDArray values = beginning.before(v, Hook.of(HookPoint.V, layer), scope);

        NDArray products = q.transpose(0, 2, 1, 3).matMul(keys.transpose(0, 2, 3, 1));
        // In place, because at 1,024 tokens every copy of the scores costs 50 MB.
        NDArray scores = hook(Hook.of(HookPoint.ATTN_SCORES, layer),
            products.divi(Ops.attentionScale(config, layer)).addi(mask));
        NDArray softmax = scores.softmax(3);
        if (edits.containsKey(Hook.of(HookPoint.ATTN_SCORES, layer))) {
            // A row that an edit left without any finite score attends to nothing.
            softmax = NDArrays.where(softmax.isNaN(), softmax.zerosLike(), softmax);
        }
        NDArray pattern = hook(Hook.of(HookPoint.PATTERN, layer), softmax);

        NDArray z = hook(Hook.of(HookPoint.Z, layer),
            pattern.matMul(values.transpose(0, 2, 1, 3)).transpose(0, 2, 1, 3));
        return output(layer, z);
    }

    /** Three times [1, T, H, d]. */
    private NDArray[] queriesKeysValues(int layer, NDArray residPre) {
        EngineWeights.Layer w = engine.layers.get(layer);
        NDArray[] inputs = headInputs(layer, residPre);
        NDArray normalized = layerNorm(w.norm1(), Hook.of(HookPoint.LN1_SCALE, layer),
            Hook.of(HookPoint.LN1_NORMALIZED, layer), residPre);
        if (inputs.length > 0) {
            NDArray[] byHead = engine.qkvByHead(layer, scope);
            return IntStream.range(0, 3).mapToObj(third -> project(w, inputs[third], byHead[third],
                w.qkvBiasByHead()[third])).toArray(NDArray[]::new);
        }
        NDList thirds = engine.kernels.linear(normalized, w.qkv()).split(3, 2);
        return thirds.stream().map(third -> third.reshape(1, computed, config.heads(), config.headWidth()))
            .toArray(NDArray[]::new);
    }

    /**
     * The heads' own copies of the residual stream, [1, T, H, D], for q, k and v; none where nobody edits them, since
     * they are then all the same. Follows TransformerLens's flags: once q, k or v has an input of its own, an edited
     * {@code hook_attn_in} is not read.
     */
    private NDArray[] headInputs(int layer, NDArray residPre) {
        Hook attnIn = Hook.of(HookPoint.ATTN_IN, layer);
        List<Hook> own = List.of(Hook.of(HookPoint.Q_INPUT, layer), Hook.of(HookPoint.K_INPUT, layer),
            Hook.of(HookPoint.V_INPUT, layer));
        boolean anyone = options.keep().test(attnIn) || edits.containsKey(attnIn)
            || own.stream().anyMatch(hook -> options.keep().test(hook) || edits.containsKey(hook));
        if (!anyone) {
            return new NDArray[0];
        }
        NDArray copies = residPre.expandDims(2).broadcast(1, computed, config.heads(), config.width());
        NDArray shared = hook(attnIn, copies);
        NDArray[] separate = own.stream().map(hook -> hook(hook, copies)).toArray(NDArray[]::new);
        if (own.stream().anyMatch(edits::containsKey)) {
            return separate;
        }
        return edits.containsKey(attnIn) ? new NDArray[] {shared, shared, shared} : new NDArray[0];
    }

    /** One of q, k and v from the heads' own inputs: [1, T, H, D] to [1, T, H, d]. */
    private NDArray project(EngineWeights.Layer w, NDArray inputs, NDArray weight, NDArray bias) {
        NDArray normalized = Ops.layerNorm(w.norm1(), inputs, config);
        return normalized.transpose(0, 2, 1, 3).matMul(weight).add(bias).transpose(0, 2, 1, 3);
    }

    /** [1, T, H, d] to [1, T, D]. */
    private NDArray output(int layer, NDArray z) {
        EngineWeights.Layer w = engine.layers.get(layer);
        Hook result = Hook.of(HookPoint.RESULT, layer);
        if (options.keep().test(result) || edits.containsKey(result)) {
            NDArray byHead = hook(result, z.transpose(0, 2, 1, 3).matMul(w.outputByHead()).transpose(0, 2, 1, 3));
            return byHead.sum(new int[] {2}).add(w.output().bias());
        }
        return engine.kernels.linear(z.reshape(1, computed, config.width()), w.output());
    }

    /** [1, T, D] to [1, T, D], bias included. */
    private NDArray mlp(int layer, NDArray residMid) {
        EngineWeights.Layer w = engine.layers.get(layer);
        NDArray input = hook(Hook.of(HookPoint.MLP_IN, layer), residMid);
        NDArray normalized = layerNorm(w.norm2(), Hook.of(HookPoint.LN2_SCALE, layer),
            Hook.of(HookPoint.LN2_NORMALIZED, layer), input);
        NDArray pre = hook(Hook.of(HookPoint.MLP_PRE, layer), engine.kernels.linear(normalized, w.in()));
        NDArray post = hook(Hook.of(HookPoint.MLP_POST, layer), Ops.activate(config.activation(), pre, engine.kernels));
        return engine.kernels.linear(post, w.out());
    }

    /** [1, T, D] to [1, T, V], or [1, 1, V] where only the last position is asked for. */
    private NDArray unembed(NDArray resid) {
        NDArray normalized = layerNorm(engine.finalNorm, Hook.of(HookPoint.LN_FINAL_SCALE),
            Hook.of(HookPoint.LN_FINAL_NORMALIZED), resid);
        NDArray read = options.logits() == RunOptions.LogitsAt.ALL ? normalized
            : normalized.get(":, " + (computed - 1) + ":, :");
        return engine.unembedded(read);
    }

    private NDArray layerNorm(EngineWeights.Norm norm, Hook scaleHook, Hook normalizedHook, NDArray x) {
        NDArray centred = Ops.centre(x);
        NDArray scale = hook(scaleHook, Ops.scale(centred, config));
        return hook(normalizedHook, Ops.normalize(norm, centred, scale));
    }

    /** Lets the options' edits change an activation, and keeps it if they say so. */
    private NDArray hook(Hook hook, NDArray activation) {
        NDArray current = activation;
        if (edits.containsKey(hook)) {
            Tensor edited = Ops.tensor(activation);
            for (Intervention intervention : edits.get(hook)) {
                edited = Edits.apply(intervention, edited);
            }
            current = array(edited);
        }
        if (options.keep().test(hook)) {
            kept.put(hook, beginning.completed(hook, Ops.tensor(current)));
        }
        return current;
    }

    /** 0 where the key lies at or before its query, −∞ after it: [T, p + T], to be added to the scores. */
    private NDArray mask() {
        return array(Ops.mask(beginning.known(), ids.length));
    }

    /** Rows of a table, [1, rows, D]. */
    private NDArray rows(FloatBuffer table, int[] which) {
        int width = config.width();
        float[] rows = new float[which.length * width];
        for (int i = 0; i < which.length; i++) {
            table.get(which[i] * width, rows, i * width, width);
        }
        return array(Tensor.of(rows, 1, which.length, width));
    }

    private NDArray array(Tensor tensor) {
        return Ops.array(scope, tensor, type);
    }

    @Override
    public void close() {
        manager.close();
    }
}
