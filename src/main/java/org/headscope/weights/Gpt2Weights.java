package org.headscope.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of a GPT-2, in the layouts that the forward pass multiplies by. D is the width of the residual stream,
 * H the heads, d the width of a head (D = H·d), M the neurons of an MLP, V the vocabulary, P the positions.
 *
 * @param embed {@code W_E}, [V, D]
 * @param positions {@code W_pos}, [P, D]
 * @param finalNorm of {@code ln_final}; empty where it has been folded into the unembedding
 * @param unembed {@code W_U} transposed, [V, D]: a token's row is contiguous
 * @param unembedBias {@code b_U}, [V]
 */
public record Gpt2Weights(Gpt2Config config, Processing processing, Matrix embed, Matrix positions, List<Layer> layers,
                          Optional<Norm> finalNorm, Matrix unembed, Matrix unembedBias) {

    /**
     * Floats in a direct buffer, in row order.
     *
     * @param mapped whether the buffer is part of a file that is mapped
     */
    public record Matrix(ByteBuffer bytes, boolean mapped, int... shape) {

        public Matrix(ByteBuffer bytes, int... shape) {
            this(bytes, false, shape);
        }

        /** Says that it will not be read for a while, so that what the file holds anyway need not stay in memory. */
        public void rest() {
            if (mapped) {
                Pages.letGo(bytes);
            }
        }

        public FloatBuffer floats() {
            return bytes.duplicate().order(bytes.order()).asFloatBuffer();
        }
    }

    /**
     * About what the weights of an open model take, in bytes: those that are laid out for the engine. What they were
     * laid out from is part of a file, which the system takes back, but where the model is too small for such a file.
     */
    public static long memory(Gpt2Config config) {
        return (config.parameters() < WeightCache.SMALLEST ? 2L : 1L) * Float.BYTES * config.parameters();
    }

    /** Scale and shift of a LayerNorm, [D] each. */
    public record Norm(Matrix scale, Matrix shift) {
    }

    /**
     * One block.
     *
     * @param norm1 empty where it has been folded into {@code qkv}
     * @param qkv {@code W_Q}, {@code W_K}, {@code W_V} beside one another, [D, 3·H·d], heads inside each third
     * @param output {@code W_O}, [H·d, D]
     * @param in {@code W_in}, [D, M]
     * @param out {@code W_out}, [M, D]
     */
    public record Layer(Optional<Norm> norm1, Matrix qkv, Matrix qkvBias, Matrix output, Matrix outputBias,
                        Optional<Norm> norm2, Matrix in, Matrix inBias, Matrix out, Matrix outBias) {
    }
}
