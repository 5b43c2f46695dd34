package org.headscope.session;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.headscope.model.Gpt2;
import org.headscope.model.Placement;
import org.headscope.model.Runtime;
import org.headscope.tokens.Tokenizer;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.ModelRefusal;
import org.headscope.weights.Processing;
import org.headscope.weights.hub.HubCache;

/**
 * A model and its tokenizer, ready to run.
 *
 * @param placement where it computes, and why there
 */
public record OpenModel(ModelFolder folder, Tokenizer tokenizer, Placement<Gpt2> placement, Runtime runtime)
        implements AutoCloseable {

    /** Bytes; what less takes, such as the bundled model, is not worth a collection of the whole heap. */
    private static final long WORTH_COLLECTING = 256L << 20;

    /**
     * Opens what a person named: {@code demo}, a folder, or a model of the hub that is in the cache already. Waits for
     * the inference thread, which reads the weights, so never call it on the FX thread.
     *
     * @throws org.headscope.refusal.Refusal if there is no such model, or it cannot be computed faithfully, or takes
     *     more memory than may be used, or the runtime is to use a GPU that it cannot use
     */
    public static OpenModel open(String name, Processing processing, Runtime runtime) {
        ModelFolder folder = find(name);
        runtime.memory().check(folder.name(), folder.config());
        // The tokenizer needs nothing of the engine or the weights.
        ForkJoinTask<Tokenizer> reading = ForkJoinPool.commonPool().submit(() -> Tokenizer.load(folder.path()));
        CompletableFuture<Placement<Gpt2>> placement = runtime.begin(() -> Placement.open(folder, processing, runtime,
            () -> checkIds(reading.join(), folder)));
        try {
            // What is wrong with the tokenizer as well is said first.
            Tokenizer tokenizer = reading.join();
            return together(folder, tokenizer, placement, runtime);
        } catch (RuntimeException | Error e) {
            placement.thenAccept(unused -> runtime.submit(() -> {
                unused.model().close();
                return null;
            }));
            throw e;
        }
    }

    /**
     * Finds what can be found wrong with a model without reading its weights, while another one may still be open.
     *
     * @throws org.headscope.refusal.Refusal as {@link #open} does
     */
    public static void check(String name, Runtime runtime) {
        ModelFolder folder = find(name);
        runtime.memory().check(folder.name(), folder.config());
        folder.openWeights().close();
        try (Tokenizer tokenizer = Tokenizer.load(folder.path())) {
            checkBelongs(tokenizer, folder);
        }
    }

    /** What a GPU is checked with: a prompt of which the model reads as much as it can. */
    private static int[] checkIds(Tokenizer tokenizer, ModelFolder folder) {
        int[] ids = tokenizer.prompt(Document.notebook().clean(), true).ids();
        return Arrays.copyOf(ids, Math.min(ids.length, folder.config().positions()));
    }

    private static OpenModel together(ModelFolder folder, Tokenizer tokenizer,
                                      CompletableFuture<Placement<Gpt2>> placement, Runtime runtime) {
        try {
            checkBelongs(tokenizer, folder);
            return new OpenModel(folder, tokenizer, runtime.call(placement::join), runtime);
        } catch (RuntimeException | Error e) {
            tokenizer.close();
            throw e;
        }
    }

    private static void checkBelongs(Tokenizer tokenizer, ModelFolder folder) {
        if (tokenizer.size() > folder.config().vocabulary()) {
            throw new ModelRefusal(("The tokenizer in %s has %,d ids but the embedding only %,d rows; they do not "
                + "belong together, fetch the model again.").formatted(folder.path(), tokenizer.size(),
                folder.config().vocabulary()));
        }
    }

    /**
     * The folder of what a person named, as in {@link #open}, with none of its weights read.
     *
     * @throws ModelRefusal if there is no such model
     */
    public static ModelFolder find(String name) {
        if (name.equals(ModelFolder.DEMO)) {
            return ModelFolder.demo();
        }
        Optional<Path> folder = existingFolder(name);
        if (folder.isPresent()) {
            ModelFolder opened = ModelFolder.open(folder.get());
            // A session knows a model of the hub by its folder, whose own name is only a commit.
            return HubCache.nameOf(folder.get()).map(opened::named).orElse(opened);
        }
        Path cached = HubCache.ofEnvironment().snapshot(name).orElseThrow(() -> new ModelRefusal(
            ("There is no model “%s” here; give “%s” for the bundled one, a folder in Hugging Face's layout, or the "
                + "name of a model of the hub that has been fetched (by “models fetch NAME”).")
                .formatted(name, ModelFolder.DEMO)));
        return ModelFolder.open(cached).named(name);
    }

    /** What opens this folder again, under the name that it has now. */
    public static String openable(ModelFolder folder) {
        return folder.name().equals(ModelFolder.DEMO) || HubCache.ofEnvironment().snapshot(folder.name())
            .filter(folder.path()::equals).isPresent() ? folder.name() : folder.path().toString();
    }

    private static Optional<Path> existingFolder(String name) {
        if (name.isBlank()) {
            // Path would take it for the current folder.
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(name)).filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** To be used on the runtime's inference thread. */
    public Gpt2 gpt2() {
        return placement.model();
    }

    /** Gives the engine's memory back once the work that is queued is done; that of a large model soon to the system. */
    @Override
    public void close() {
        boolean isLarge = Gpt2Weights.memory(folder.config()) > WORTH_COLLECTING;
        runtime.submit(() -> {
            gpt2().close();
            if (isLarge) {
                // Its buffers outside the heap, or the next model would come beside them.
                System.gc();
            }
            return null;
        });
        runtime.giveBackMemorySoon(isLarge);
        tokenizer.close();
    }
}
