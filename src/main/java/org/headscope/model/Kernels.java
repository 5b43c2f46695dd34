package org.headscope.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Optional;
import org.headscope.weights.Activation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions of the engine that make a pass fast. oneDNN multiplies by a matrix that has been laid out for it
 * beforehand: with the few rows of a prompt or of a batch of variants, laying it out anew in every product costs as
 * much as the product. Builds of the engine without oneDNN (Apple's processors) multiply by the matrix as it is.
 */
final class Kernels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

    private final Kernel gelu;
    private final Kernel put;
    private final Kernel attend;
    private final Kernel scaled;
    private final Optional<Packed> packed;

    private record Packed(Kernel pack, Kernel unpack, Kernel linear, Kernel linearGelu) {

        /** Any number of rows will do: the layout that it asks for one is as fast for many. */
        static Packed on(NDManager manager) {
            return new Packed(new Kernel(manager, List.of("w"), "ops.mkldnn._reorder_linear_weight(w, 1)"),
                new Kernel(manager, List.of("like", "w"), "torch.to_dense(w)"),
                linear(manager, "none", ""), linear(manager, "gelu", "tanh"));
        }

        private static Kernel linear(NDManager manager, String then, String algorithm) {
            return new Kernel(manager, List.of("x", "w", "b"),
                "ops.mkldnn._linear_pointwise(x, w, b, \"%s\", annotate(List[Optional[number]], []), \"%s\")"
                    .formatted(then, algorithm));
        }
    }

    /** @param packs whether matrices may be laid out for oneDNN, which computes on the CPU only */
    Kernels(NDManager manager, boolean packs) {
        // The kernels are single calls: there is nothing to optimise, and trying to costs the first calls.
        JniUtils.setGraphExecutorOptimize(false);
        gelu = new Kernel(manager, List.of("x"), "torch.gelu(x, approximate=\"tanh\")");
        put = new Kernel(manager, List.of("table", "at", "row"), "torch.index_copy_(table, 2, at, row)");
        attend = new Kernel(manager, List.of("query", "keys", "values", "known", "scale"),
            "torch.matmul(torch.softmax(torch.div(torch.matmul(query, torch.transpose("
                + "torch.narrow(keys, 2, 0, int(known)), 2, 3)), scale), 3), "
                + "torch.narrow(values, 2, 0, int(known)))");
        scaled = new Kernel(manager, List.of("shift", "x", "scale", "out"),
            "torch.addcmul(shift, x, scale, value=1, out=out)");
        packed = packs ? packed(manager) : Optional.empty();
    }

    private static Optional<Packed> packed(NDManager manager) {
        try {
            return Optional.of(Packed.on(manager));
        } catch (EngineException e) {
            LOG.info("This build of the engine has no oneDNN.", e);
            return Optional.empty();
        }
    }

    /** Whether matrices can be laid out. */
    boolean packs() {
        return packed.isPresent();
    }

    /** A matrix [out, in] laid out for {@link #linear} in memory of its own, where the engine can. */
    Optional<NDArray> pack(NDArray matrix) {
        return packed.map(kernels -> kernels.pack().apply(matrix));
    }

    /** A copy of the matrix [out, in] as it was before it was laid out, of the given manager. */
    NDArray plain(EngineWeights.Linear linear, NDManager manager) {
        return linear.packed() ? packed.orElseThrow().unpack().apply(manager.create(0f), linear.matrix())
            : manager.zeros(linear.matrix().getShape(), linear.matrix().getDataType()).add(linear.matrix());
    }

    /** x·Wᵀ + b. */
    NDArray linear(NDArray x, EngineWeights.Linear linear) {
        return linear.packed()
            ? packed.orElseThrow().linear().apply(x, linear.matrix(), linear.bias())
            : Ops.linear(x, linear.matrix(), linear.bias());
    }

    /** The activation of x·Wᵀ + b. */
    NDArray activated(Activation activation, NDArray x, EngineWeights.Linear linear) {
        return activation == Activation.GELU_NEW && linear.packed()
            ? packed.orElseThrow().linearGelu().apply(x, linear.matrix(), linear.bias())
            : Ops.activate(activation, linear(x, linear), this);
    }

    /** GELU by its approximation with a hyperbolic tangent, as GPT-2 was trained with. */
    NDArray gelu(NDArray x) {
        return gelu.apply(x);
    }

    /** Writes a position's keys or values, [1, H, 1, d], to its place in a table [1, H, positions, d]. */
    void put(NDArray table, NDArray position, NDArray row) {
        put.apply(table, position, row).close();
    }

    /**
     * What the heads mix for one query, [1, H, 1, d], from the positions that are known of two tables, each
     * [1, H, positions, d].
     */
    NDArray attend(NDArray query, NDArray keys, NDArray values, NDArray known, NDArray scale) {
        return attend.apply(query, keys, values, known, scale);
    }

    /** x·scale + shift by element, in one pass and into an array that is there, which may be x. */
    NDArray scaled(NDArray shift, NDArray x, NDArray scale, NDArray out) {
        scaled.apply(shift, x, scale, out);
        return out;
    }

    @Override
    public void close() {
        gelu.close();
        put.close();
        attend.close();
        scaled.close();
        packed.ifPresent(kernels -> {
            kernels.pack().close();
            kernels.unpack().close();
            kernels.linear().close();
            kernels.linearGelu().close();
        });
    }
}
