package org.headscope.weights;

import java.util.Arrays;
import org.headscope.weights.Gpt2Weights.Matrix;

/**
 * A file of tensors read as a GPT-2: with the prefix that its names have, every shape checked against the
 * configuration, and the embedding in place of an unembedding that is not there.
 */
final class Gpt2File {

    private static final String UNEMBED = "lm_head.weight";
    private static final String UNEMBED_BIAS = "lm_head.bias";

    /** As an integer; NaNs are larger. */
    private static final int INFINITE = 0x7f800000;

    private final Tensors file;
    private final Gpt2Config config;
    private final String prefix;

    /** @throws ModelRefusal if a tensor is missing or of another shape than the configuration asks for */
    Gpt2File(Tensors file, Gpt2Config config) {
        this.file = file;
        this.config = config;
        // Files saved from the bare GPT2Model, gpt2's own on the hub among them, lack the prefix.
        this.prefix = file.has("transformer.wte.weight") ? "transformer." : "";
        if (file.has(UNEMBED_BIAS)) {
            throw new ModelRefusal("This model has an lm_head.bias, which no GPT-2 has; choose another model.");
        }
        WeightLayout.shapes(config, Processing.RAW).forEach(this::check);
    }

    private void check(String name, int[] shape) {
        if (name.equals(UNEMBED_BIAS)) {
            return;
        }
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
        if (name.equals(UNEMBED)) {
            return file.has(UNEMBED) ? UNEMBED : full("wte.weight");
        }
        return prefix + name;
    }

    Gpt2Config config() {
        return config;
    }

    /** The weights as the file has them, mapped where that is possible: for a file that is never changed. */
    Gpt2Weights mapped() {
        WeightProcessing.process(this, Processing.RAW, (name, from, block, count) -> { });
        return WeightLayout.assemble(config, Processing.RAW, (name, shape) -> name.equals(UNEMBED_BIAS)
            ? WeightsInMemory.zeros(shape) : new Matrix(file.bytes(full(name), true), shape));
    }

    /**
     * Reads some floats into the block, from a place in row order on. May be called from several threads at once.
     *
     * @throws ModelRefusal if one of them is infinite or no number
     */
    void read(String name, long from, int count, Block block) {
        if (name.equals(UNEMBED_BIAS)) {
            Arrays.fill(block.values(), 0, count, 0);
            return;
        }
        file.read(full(name), from, count, block);
        if (!allFinite(block.values(), count)) {
            throw new ModelRefusal(("“%s” has weights that are infinite or no numbers (NaN), so every logit would be; "
                + "the training that made this model failed, choose another checkpoint.").formatted(full(name)));
        }
    }

    /** Without a branch a value, so that many are looked at together. */
    private static boolean allFinite(float[] values, int count) {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Float.floatToRawIntBits(values[i]) & Integer.MAX_VALUE);
        }
        return largest < INFINITE;
    }

    /** A whole tensor that is no longer than a matrix's row. */
    float[] vector(String name, int length, Block block) {
        read(name, 0, length, block);
        return Arrays.copyOf(block.values(), length);
    }
}
