package org.headscope.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The numbers of a GPT-2, in the layouts that the forward pass multiplies by. D is the width of the residual stream,
 * H the heads, d the width of a head (D = H·d), M the neurons of an MLP, V the vocabulary, P the positions.
 *
 * <p>What is as large as {@code W_E} or lies in the engine in another layout, {@code qkv}, {@code in} and {@code out},
 * may be read on the inference thread only, while the model is open; all else on any thread and at any time.
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
     * Floats in row order, to be read only.
     *
     * @param source gives them in a direct buffer in native order
     */
    public record Matrix(Supplier<ByteBuffer> source, int... shape) {

        public Matrix(ByteBuffer bytes, int... shape) {
            this(() -> bytes, shape);
        }

        public ByteBuffer bytes() {
            return source.get();
        }

        public FloatBuffer floats() {
            ByteBuffer bytes = bytes();
            return bytes.duplicate().order(bytes.order()).asFloatBuffer();
        }
    }

    /**
     * What the weights of an open model take at most, in bytes: all of them, {@code W_O} a second time in another
     * layout, and the unembedding, laid out and as it is, beside the embedding.
     */
    public static long memory(Gpt2Config config) {
        long output = (long) config.layers() * config.width() * config.width();
        long table = (long) config.vocabulary() * config.width();
        return Float.BYTES * (config.parameters() + output + 2 * table);
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
