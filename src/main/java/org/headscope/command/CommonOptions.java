package org.headscope.command;

import java.io.PrintWriter;
import java.util.Arrays;
import org.headscope.model.Runtime;
import org.headscope.model.Wish;
import org.headscope.refusal.Refusal;
import org.headscope.session.OpenModel;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Tokenizer;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {

    /** Of a machine with fewer cores; thousands of threads keep it busy with themselves for minutes and hours. */
    private static final int MOST_THREADS = 256;

    @Option(names = "--model", paramLabel = "M", defaultValue = ModelFolder.DEMO,
        description = "'demo' (the bundled model, the default), a folder in Hugging Face's layout, or a hub name such "
            + "as gpt2 that has been fetched.")
    private String model;

    @Option(names = "--raw", description = "Take the weights as Hugging Face has them, without TransformerLens's "
        + "default processing.")
    private boolean raw;

    @Option(names = "--no-bos", description = "Do not put <|endoftext|> before a prompt.")
    private boolean noBos;

    @Option(names = "--ids", description = "Prompts are token ids, separated by commas, taken as they are.")
    private boolean ids;

    @Option(names = "--json", description = "Print one JSON object and nothing else, numbers with all their digits.")
    private boolean json;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the engine; its own choice if left out.")
    private Integer threads;

    @Option(names = "--device", paramLabel = "D", defaultValue = "cpu", converter = Devices.class,
        description = "What computes: cpu (the default), gpu, or auto for a GPU where the engine finds one. A GPU is "
            + "used only if its logits are those of double precision but for rounding, which is checked each time.")
    private Wish device;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;

    private static final class Devices extends WordConverter<Wish> {

        Devices() {
            super(Wish.values());
        }
    }

    boolean isJson() {
        return json;
    }

    Processing processing() {
        return raw ? Processing.RAW : Processing.TRANSFORMERLENS;
    }

    ModelFolder folder() {
        return OpenModel.find(model);
    }

    /** Loads the model. */
    LoadedModel open() {
        if (threads != null && threads < 1) {
            throw new Refusal("--threads %d is too few; take at least 1.".formatted(threads));
        }
        int cores = java.lang.Runtime.getRuntime().availableProcessors();
        if (threads != null && threads > Math.max(MOST_THREADS, cores)) {
            throw new Refusal("--threads %,d is too many; take as many as there are cores, which are %d here."
                .formatted(threads, cores));
        }
        Runtime runtime = Runtime.start(threads == null ? 0 : threads);
        runtime.setWish(device);
        try (Progress progress = Progress.on(new PrintWriter(System.err), "models")) {
            progress.say("opening %s".formatted(model));
            return new LoadedModel(OpenModel.open(model, processing(), runtime));
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    /** A prompt as the person gave it: text, or ids with {@code --ids}. */
    Prompt prompt(Tokenizer tokenizer, String given) {
        return ids ? tokenizer.ofIds(parseIds(given)) : text(tokenizer, given);
    }

    /** A prompt that is always text. */
    Prompt text(Tokenizer tokenizer, String text) {
        return tokenizer.prompt(text, !noBos);
    }

    private static int[] parseIds(String given) {
        try {
            return Arrays.stream(given.split(",", -1)).map(String::strip).mapToInt(Integer::parseUnsignedInt).toArray();
        } catch (NumberFormatException e) {
            throw new Refusal("“%s” is no list of token ids; write numbers separated by commas, such as 464,3290."
                .formatted(Text.shortened(given)));
        }
    }
}
