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

    private final Safetensors file;
    private final Gpt2Config config;
    private final String prefix;

    /** @throws ModelRefusal if a tensor is missing or of another shape than the configuration asks for */
    Gpt2File(Safetensors file, Gpt2Config config) {
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

    /** The weights as the file has them, mapped where that is possible. */
    Gpt2Weights raw() {
        return WeightLayout.assemble(config, Processing.RAW, (name, shape) -> name.equals(UNEMBED_BIAS)
            ? WeightsInMemory.zeros(shape) : new Matrix(file.bytes(full(name)), shape));
    }

    /** Reads some floats into the block, from a place in row order on. May be called from several threads at once. */
    void read(String name, long from, int count, Block block) {
        file.read(full(name), from, count, block);
    }

    /** A whole tensor that is no longer than a matrix's row. */
    float[] vector(String name, int length, Block block) {
        read(name, 0, length, block);
        return Arrays.copyOf(block.values(), length);
    }
}
