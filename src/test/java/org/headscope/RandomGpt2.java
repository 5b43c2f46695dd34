package org.headscope;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelFolder;

/**
 * A GPT-2 of any size with random weights, in Hugging Face's layout. The numbers go to the file as they are drawn, so
 * that a large model costs no memory here. The tokenizer is the bundled model's.
 */
public final class RandomGpt2 {

    /** The sizes of gpt2-small. */
    public static final Gpt2Config SMALL = new Gpt2Config(12, 12, 768, 1024, 50257, 1e-5, Activation.GELU_NEW, false);

    private static final int CHUNK = 1 << 18;

    /** @param centre of the values, which spread evenly by {@code spread} to both sides */
    private record Part(String name, float centre, float spread, int... shape) {

        long size() {
            return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        }
    }

    private final Gpt2Config config;
    private final List<Part> parts = new ArrayList<>();

    private RandomGpt2(Gpt2Config config, boolean ownUnembedding) {
        this.config = config;
        int width = config.width();
        matrix("transformer.wte.weight", config.vocabulary(), width);
        matrix("transformer.wpe.weight", config.positions(), width);
        for (int layer = 0; layer < config.layers(); layer++) {
            String h = "transformer.h." + layer + ".";
            norm(h + "ln_1");
            affine(h + "attn.c_attn", width, 3 * width);
            affine(h + "attn.c_proj", width, width);
            norm(h + "ln_2");
            affine(h + "mlp.c_fc", width, config.mlpWidth());
            affine(h + "mlp.c_proj", config.mlpWidth(), width);
        }
        norm("transformer.ln_f");
        if (ownUnembedding) {
            matrix("lm_head.weight", config.vocabulary(), width);
        }
    }

    /** Writes a model into a folder that exists. */
    public static Path write(Path folder, Gpt2Config config, long seed, boolean ownUnembedding) {
        try {
            RandomGpt2 model = new RandomGpt2(config, ownUnembedding);
            Files.writeString(folder.resolve("config.json"), model.json());
            model.writeWeights(folder.resolve("model.safetensors"), new SplittableRandom(seed));
            for (String name : List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")) {
                Files.copy(ModelFolder.demo().path().resolve(name), folder.resolve(name));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void matrix(String name, int rows, int columns) {
        parts.add(new Part(name, 0, (float) (2.5 / Math.sqrt(config.width())), rows, columns));
    }

    private void affine(String name, int in, int out) {
        matrix(name + ".weight", in, out);
        parts.add(new Part(name + ".bias", 0, 0.3f, out));
    }

    private void norm(String name) {
        parts.add(new Part(name + ".weight", 1, 0.5f, config.width()));
        parts.add(new Part(name + ".bias", 0, 0.3f, config.width()));
    }

    private String json() {
        return """
            {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "n_layer": %d, "n_head": %d, "n_embd": %d,
             "n_positions": %d, "vocab_size": %d, "layer_norm_epsilon": %s, "activation_function": "%s",
             "scale_attn_by_inverse_layer_idx": %s}
            """.formatted(config.layers(), config.heads(), config.width(), config.positions(), config.vocabulary(),
            config.layerNormEpsilon(), config.activation().name().toLowerCase(), config.scaleByInverseLayer());
    }

    private void writeWeights(Path file, SplittableRandom random) throws IOException {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long place = 0;
        for (Part part : parts) {
            long end = place + 4 * part.size();
            header.append(",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}".formatted(part.name(),
                Arrays.toString(part.shape()), place, end));
            place = end;
        }
        byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            writeFully(out, ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length)
                .put(json).flip());
            ByteBuffer chunk = ByteBuffer.allocateDirect(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
            for (Part part : parts) {
                for (long left = part.size(); left > 0; left -= CHUNK) {
                    chunk.clear();
                    for (int i = 0; i < Math.min(left, CHUNK); i++) {
                        chunk.putFloat(part.centre() + part.spread() * between(random));
                    }
                    writeFully(out, chunk.flip());
                }
            }
        }
    }

    /** Evenly between −1 and 1, of the 24 bits that a float has: a hundred million are drawn for one model. */
    private static float between(SplittableRandom random) {
        return (random.nextInt() >> 7) * 0x1p-24f;
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
