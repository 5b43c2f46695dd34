package org.headscope.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * The sizes of a GPT-2, always read from its {@code config.json} and never guessed from its name.
 *
 * @param layers number of blocks
 * @param heads heads a layer
 * @param width of the residual stream, {@code d_model}; a multiple of {@code heads}
 * @param positions longest prompt in tokens, {@code n_ctx}
 * @param vocabulary rows of the embedding
 * @param layerNormEpsilon added to the variance, inside the square root
 * @param scaleByInverseLayer whether attention scores are divided by (layer + 1) as well
 */
public record Gpt2Config(int layers, int heads, int width, int positions, int vocabulary, double layerNormEpsilon,
                         Activation activation, boolean scaleByInverseLayer) {

    /** Width of one head, {@code d_head}. */
    public int headWidth() {
        return width / heads;
    }

    /** Neurons of one MLP, {@code d_mlp}. */
    public int mlpWidth() {
        return 4 * width;
    }

    /** All parameters of a model with a tied unembedding. */
    public long parameters() {
        long layer = 12L * width * width + 13L * width;
        return (long) (vocabulary + positions) * width + layers * layer + 2L * width;
    }

    /**
     * Reads {@code config.json} in a folder.
     *
     * @throws ModelRefusal if it is missing or no JSON, or describes something that Headscope would compute wrongly
     */
    public static Gpt2Config read(Path folder) {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelRefusal(("%s has no config.json; choose a folder in Hugging Face's layout "
                + "(config.json, model.safetensors, tokenizer.json).").formatted(folder));
        }
        return of(file.toString(), SmallFile.text(file));
    }

    /**
     * As {@link #read}, of a configuration's text.
     *
     * @param name to call the file by in a refusal
     */
    public static Gpt2Config of(String name, String text) {
        try {
            JsonElement json = JsonParser.parseString(text);
            if (json.isJsonObject()) {
                return new Reader(name, json.getAsJsonObject()).config();
            }
            throw new JsonParseException("no object");
        } catch (JsonParseException e) {
            throw new ModelRefusal("%s is no valid JSON; fetch it again.".formatted(name), e);
        }
    }

    /** Picks the fields out of the JSON, refusing what they rule out. */
    private record Reader(String file, JsonObject json) {

        Gpt2Config config() {
            checkArchitecture();
            int layers = size("n_layer", 1_000);
            int heads = size("n_head", 10_000);
            int width = size("n_embd", 100_000);
            if (width % heads != 0) {
                throw refuse("n_embd %,d is no multiple of n_head %,d".formatted(width, heads), "correct it");
            }
            if (present("n_inner") && number("n_inner").doubleValue() != 4L * width) {
                throw refuse("n_inner is %s, but Headscope, as TransformerLens, computes MLPs of 4 × n_embd"
                    .formatted(json.get("n_inner")), "choose another model");
            }
            // transformers before 5 wrote both names, later ones only n_positions.
            String positions = present("n_positions") || !present("n_ctx") ? "n_positions" : "n_ctx";
            return new Gpt2Config(layers, heads, width, size(positions, 10_000_000), size("vocab_size", 10_000_000),
                epsilon(), activation(), flag("scale_attn_by_inverse_layer_idx", false));
        }

        private void checkArchitecture() {
            String type = text("model_type", "gpt2");
            if (!type.equals("gpt2")) {
                throw refuse("the model is of type “%s”, not GPT-2".formatted(type), "choose a GPT-2");
            }
            if (present("architectures") && !isLanguageModel(json.get("architectures"))) {
                throw refuse("architectures is %s, without GPT2LMHeadModel".formatted(json.get("architectures")),
                    "choose a GPT-2 language model");
            }
            if (present("quantization_config")) {
                throw refuse("the model is quantized", "choose the model that it was made from");
            }
            if (!flag("scale_attn_weights", true)) {
                throw refuse("scale_attn_weights is false, which TransformerLens ignores", "choose another model");
            }
            if (flag("add_cross_attention", false)) {
                throw refuse("the model has cross-attention", "choose a model without an encoder");
            }
        }

        private static boolean isLanguageModel(JsonElement architectures) {
            return architectures instanceof JsonArray named
                && (named.isEmpty() || named.contains(new JsonPrimitive("GPT2LMHeadModel")));
        }

        private Activation activation() {
            String name = text("activation_function", "gelu_new");
            return Activation.named(name).orElseThrow(() -> refuse("the activation “%s” is unknown".formatted(name),
                "Headscope computes gelu_new, gelu_pytorch_tanh, gelu and relu"));
        }

        private double epsilon() {
            double epsilon = present("layer_norm_epsilon") ? number("layer_norm_epsilon").doubleValue() : 1e-5;
            if (!(epsilon > 0 && epsilon < 1)) {
                throw refuse("layer_norm_epsilon is %s".formatted(epsilon), "it must lie between 0 and 1");
            }
            return epsilon;
        }

        private int size(String field, int limit) {
            if (!present(field)) {
                throw refuse("“%s” is missing".formatted(field), "fetch it again");
            }
            double value = number(field).doubleValue();
            if (value < 1 || value > limit || value != Math.rint(value)) {
                throw refuse("%s is %s".formatted(field, json.get(field)),
                    "it must be a whole number from 1 to %,d".formatted(limit));
            }
            return (int) value;
        }

        private BigDecimal number(String field) {
            try {
                return primitive(field, JsonPrimitive::isNumber, "a number").getAsBigDecimal();
            } catch (NumberFormatException e) {
                throw refuse("%s is %s".formatted(field, json.get(field)), "correct it");
            }
        }

        private boolean flag(String field, boolean otherwise) {
            return present(field) ? primitive(field, JsonPrimitive::isBoolean, "true or false").getAsBoolean()
                : otherwise;
        }

        private String text(String field, String otherwise) {
            return present(field) ? primitive(field, JsonPrimitive::isString, "text").getAsString() : otherwise;
        }

        private boolean present(String field) {
            return json.has(field) && !json.get(field).isJsonNull();
        }

        private JsonPrimitive primitive(String field, Predicate<JsonPrimitive> kind, String wanted) {
            if (json.get(field) instanceof JsonPrimitive value && kind.test(value)) {
                return value;
            }
            throw refuse("%s is %s where %s is wanted".formatted(field, json.get(field), wanted), "correct it");
        }

        private ModelRefusal refuse(String what, String instead) {
            return new ModelRefusal("%s: %s; %s.".formatted(file, what, instead));
        }
    }
}
