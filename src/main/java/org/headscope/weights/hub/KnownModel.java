package org.headscope.weights.hub;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;

/**
 * A model of the GPT-2 family that can be fetched.
 *
 * @param config what its config.json says, to tell sizes before anything is fetched
 * @param download the size of its model.safetensors in bytes, where that is known
 */
public record KnownModel(String name, Gpt2Config config, OptionalLong download) {

    private static final long GIGABYTE = 1_000_000_000;

    /** The program itself, the engine and a run of some hundred tokens. */
    private static final long PROGRAM = 600_000_000;

    /** OpenAI's four and the distilled one, then the models that Stanford's CRFM trained from five seeds each. */
    public static List<KnownModel> all() {
        return Stream.concat(Stream.of(
            of("gpt2", 12, 12, 768, 548_105_171L), of("gpt2-medium", 24, 16, 1024, 1_519_984_962L),
            of("gpt2-large", 36, 20, 1280, 3_247_159_078L), of("gpt2-xl", 48, 25, 1600, 6_431_829_964L),
            of("distilgpt2", 6, 12, 768, 352_824_413L)),
            Stream.concat(
                Stream.of("alias-gpt2-small-x21", "battlestar-gpt2-small-x49", "caprica-gpt2-small-x81",
                    "darkmatter-gpt2-small-x343", "expanse-gpt2-small-x777").map(name -> crfm(name, 12, 12, 768)),
                Stream.of("arwen-gpt2-medium-x21", "beren-gpt2-medium-x49", "celebrimbor-gpt2-medium-x81",
                    "durin-gpt2-medium-x343", "eowyn-gpt2-medium-x777").map(name -> crfm(name, 24, 16, 1024)))).toList();
    }

    private static KnownModel of(String name, int layers, int heads, int width, long download) {
        return new KnownModel(name, config(layers, heads, width, false), OptionalLong.of(download));
    }

    private static KnownModel crfm(String name, int layers, int heads, int width) {
        return new KnownModel("stanford-crfm/" + name, config(layers, heads, width, true), OptionalLong.empty());
    }

    private static Gpt2Config config(int layers, int heads, int width, boolean scaleByInverseLayer) {
        return new Gpt2Config(layers, heads, width, 1024, 50257, 1e-5, Activation.GELU_NEW, scaleByInverseLayer);
    }

    /**
     * About how much memory a model takes when it is open: its weights and the program.
     */
    public static long memory(Gpt2Config config) {
        return Gpt2Weights.memory(config) + PROGRAM;
    }

    /** Bytes for people: 548 MB, 1.5 GB. */
    public static String readable(long bytes) {
        return bytes >= GIGABYTE ? String.format(java.util.Locale.ROOT, "%.1f GB", bytes / 1e9)
            : bytes >= 1_000_000 ? String.format(java.util.Locale.ROOT, "%.0f MB", bytes / 1e6)
            : String.format(java.util.Locale.ROOT, "%.0f kB", bytes / 1e3);
    }
}
