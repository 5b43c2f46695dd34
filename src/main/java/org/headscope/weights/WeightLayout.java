package org.headscope.weights;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.headscope.weights.Gpt2Weights.Layer;
import org.headscope.weights.Gpt2Weights.Matrix;
import org.headscope.weights.Gpt2Weights.Norm;

/** Which tensors a GPT-2 has, by Hugging Face's names without prefix, and how {@link Gpt2Weights} is made of them. */
final class WeightLayout {

    /** Has a tensor of this name and shape, or refuses. */
    interface Source {

        Matrix matrix(String name, int... shape);
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Gpt2Config config;
    private final Processing processing;
    private final Source source;

    private WeightLayout(Gpt2Config config, Processing processing, Source source) {
        this.config = config;
        this.processing = processing;
        this.source = source;
    }

    /** Asks the source for every tensor, each once. Processed weights have no norms: they are folded. */
    static Gpt2Weights assemble(Gpt2Config config, Processing processing, Source source) {
        return new WeightLayout(config, processing, source).weights();
    }

    /** Names and shapes, in the order of {@link #assemble}. */
    static Map<String, int[]> shapes(Gpt2Config config, Processing processing) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        assemble(config, processing, (name, shape) -> {
            shapes.put(name, shape);
            return new Matrix(NOTHING, shape);
        });
        return shapes;
    }

    private Gpt2Weights weights() {
        int width = config.width();
        int vocabulary = config.vocabulary();
        return new Gpt2Weights(config, processing, source.matrix("wte.weight", vocabulary, width),
            source.matrix("wpe.weight", config.positions(), width), layers(), norm("ln_f"),
            source.matrix("lm_head.weight", vocabulary, width), source.matrix("lm_head.bias", vocabulary));
    }

    private List<Layer> layers() {
        return IntStream.range(0, config.layers()).mapToObj(this::layer).toList();
    }

    private Layer layer(int layer) {
        int width = config.width();
        int mlp = config.mlpWidth();
        String h = "h." + layer + ".";
        return new Layer(norm(h + "ln_1"),
            source.matrix(h + "attn.c_attn.weight", width, 3 * width), source.matrix(h + "attn.c_attn.bias", 3 * width),
            source.matrix(h + "attn.c_proj.weight", width, width), source.matrix(h + "attn.c_proj.bias", width),
            norm(h + "ln_2"),
            source.matrix(h + "mlp.c_fc.weight", width, mlp), source.matrix(h + "mlp.c_fc.bias", mlp),
            source.matrix(h + "mlp.c_proj.weight", mlp, width), source.matrix(h + "mlp.c_proj.bias", width));
    }

    private Optional<Norm> norm(String name) {
        return processing == Processing.RAW
            ? Optional.of(new Norm(source.matrix(name + ".weight", config.width()),
                source.matrix(name + ".bias", config.width())))
            : Optional.empty();
    }
}
