package org.headscope.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of tensors read as a GPT-2: with the prefix that its names have and every shape checked against the
 * configuration. Tensors are asked for by Hugging Face's names without prefix, such as {@code h.0.attn.c_attn.weight}.
 */
public final class Gpt2File implements AutoCloseable {

    private static final String UNEMBED = "lm_head.weight";

    private final Tensors file;
    private final Gpt2Config config;
    private final Runnable unchanged;
    private final String prefix;

    /**
     * @param unchanged refuses if the file is no longer what it was when it was opened
     * @throws ModelRefusal if a tensor is missing or of another shape than the configuration asks for
     */
    Gpt2File(Tensors file, Gpt2Config config, Runnable unchanged) {
        this.file = file;
        this.config = config;
        this.unchanged = unchanged;
        // Files saved from the bare GPT2Model, gpt2's own on the hub among them, lack the prefix.
        this.prefix = file.has("transformer.wte.weight") ? "transformer." : "";
        if (file.has("lm_head.bias")) {
            throw new ModelRefusal("This model has an lm_head.bias, which no GPT-2 has; choose another model.");
        }
        shapes(config).forEach(this::check);
    }

    private Map<String, int[]> shapes(Gpt2Config config) {
        int width = config.width();
        int mlp = config.mlpWidth();
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("wte.weight", new int[] {config.vocabulary(), width});
        shapes.put("wpe.weight", new int[] {config.positions(), width});
        for (int layer = 0; layer < config.layers(); layer++) {
            String h = "h." + layer + ".";
            putNorm(shapes, h + "ln_1");
            putLinear(shapes, h + "attn.c_attn", width, 3 * width);
            putLinear(shapes, h + "attn.c_proj", width, width);
            putNorm(shapes, h + "ln_2");
            putLinear(shapes, h + "mlp.c_fc", width, mlp);
            putLinear(shapes, h + "mlp.c_proj", mlp, width);
        }
        putNorm(shapes, "ln_f");
        if (hasOwnUnembedding()) {
            shapes.put(UNEMBED, new int[] {config.vocabulary(), width});
        }
        return shapes;
    }

    private void putNorm(Map<String, int[]> shapes, String name) {
        shapes.put(name + ".weight", new int[] {config.width()});
        shapes.put(name + ".bias", new int[] {config.width()});
    }

    private static void putLinear(Map<String, int[]> shapes, String name, int in, int out) {
        shapes.put(name + ".weight", new int[] {in, out});
        shapes.put(name + ".bias", new int[] {out});
    }

    private void check(String name, int[] shape) {
        String full = full(name);
        int[] found = file.shape(full);
        if (!Arrays.equals(found, shape)) {
            throw new ModelRefusal(("“%s” has the shape %s where config.json asks for %s; the two files do not belong "
                + "together, fetch the model again.").formatted(full, Arrays.toString(found), Arrays.toString(shape)));
        }
        long floats = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (floats > Integer.MAX_VALUE / 4) {
            throw new ModelRefusal("“%s” has %,d numbers, more than the 2 GiB that one tensor may have; choose a smaller "
                .formatted(full, floats) + "model.");
        }
    }

    private String full(String name) {
        return name.equals(UNEMBED) ? name : prefix + name;
    }

    public Gpt2Config config() {
        return config;
    }

    /** Whether there is an {@code lm_head.weight}; otherwise the embedding is used in its place. */
    public boolean hasOwnUnembedding() {
        return file.has(UNEMBED);
    }

    /**
     * Reads numbers of a tensor as floats in native order. May be called from several threads at once.
     *
     * @param from the place of the first in row order
     * @param count of them
     * @param into a direct buffer, filled from its beginning and limited to them; fastest where its address is a
     *     multiple of 64
     * @throws ModelRefusal if the file has been shortened or its numbers are of a kind that is not read
     */
    public void read(String name, long from, int count, ByteBuffer into) {
        file.read(full(name), from, count, into);
    }

    /** Says that a tensor has numbers that nothing can be computed with. */
    public ModelRefusal notFinite(String name) {
        return new ModelRefusal(("“%s” has weights that are infinite or no numbers (NaN), so every logit would be; "
            + "the training that made this model failed, choose another checkpoint.").formatted(full(name)));
    }

    /**
     * @throws ModelRefusal if the file was written to since it was opened, so that what was read may be of two models
     */
    public void checkUnchanged() {
        unchanged.run();
    }

    @Override
    public void close() {
        file.close();
    }
}
