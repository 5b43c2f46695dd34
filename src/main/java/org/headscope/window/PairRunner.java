package org.headscope.window;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.headscope.model.ActivationCache;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Variants;
import org.headscope.patching.SweepKind;
import org.headscope.session.Document;
import org.headscope.session.OpenModel;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Gpt2Config;
import org.headscope.window.work.Job;

/** Runs a document's two prompts on the inference thread, telling of every layer. */
final class PairRunner {

    private static final Predicate<Hook> FOR_SWEEPS = Variants.needs(Set.copyOf(Document.PARTS));
    private static final Predicate<Hook> FOR_SWEEPS_OF_LAYERS = Variants.needs(SweepKind.OF_LAYERS);
    /** Patterns grow with the square of the prompt; those of longer ones are made of queries and keys when needed. */
    private static final int MOST_WITH_PATTERNS = 256;
    /** That a run may keep for sweeps of layers: 256 tokens of gpt2-small. */
    private static final long MOST_BYTES = 96L << 20;

    private final OpenModel model;
    private final Job job;
    private final int number;
    private final Prompt clean;
    private final Optional<Prompt> corrupt;
    private final List<RunOptions.Earlier> earlier;
    private final Consumer<Pair> soFar;
    private Pair told;

    /**
     * @param earlier runs of the same model, whose prompts may have begun alike
     * @param soFar told on the FX thread
     */
    PairRunner(OpenModel model, Job job, int number, Prompt clean, Optional<Prompt> corrupt,
               List<RunOptions.Earlier> earlier, Consumer<Pair> soFar) {
        this.model = model;
        this.job = job;
        this.number = number;
        this.clean = clean;
        this.corrupt = corrupt;
        this.earlier = earlier;
        this.soFar = soFar;
    }

    Finished run() {
        long start = System.nanoTime();
        tell(pair(Optional.empty(), Optional.empty()));
        Run cleanRun = run(clean, earlier, soFar -> pair(Optional.of(soFar), Optional.empty()));
        List<RunOptions.Earlier> withClean = Stream.concat(Stream.of(
            new RunOptions.Earlier(clean.ids(), cleanRun.cache())), earlier.stream()).toList();
        Optional<Run> corruptRun = corrupt.map(prompt -> run(prompt, withClean,
            soFar -> pair(Optional.of(cleanRun.cache()), Optional.of(soFar))));
        // The pair that was told last, so that nobody draws the same once more.
        return Finished.of(model, told, cleanRun, corruptRun, (System.nanoTime() - start) / 1e9);
    }

    private Run run(Prompt prompt, List<RunOptions.Earlier> before, Function<ActivationCache, Pair> withIt) {
        RunOptions options = after(before, prompt).lastLogitsOnly().keeping(kept(prompt.size()))
            .cancelledBy(job.cancellation())
            .tellingLayers((layer, cache) -> tell(withIt.apply(cache)));
        return model.gpt2().run(prompt.ids(), options);
    }

    /** After the run with which the prompt has most in common. */
    private static RunOptions after(List<RunOptions.Earlier> before, Prompt prompt) {
        return before.stream().max(Comparator.comparingInt(run -> run.common(prompt.ids())))
            .map(run -> RunOptions.plain().after(run)).orElseGet(RunOptions::plain);
    }

    /** What can be patched and swept later, so that neither need run the prompts again. */
    private Predicate<Hook> kept(int tokens) {
        Predicate<Hook> kept = hook -> Document.PARTS.contains(hook.point()) || FOR_SWEEPS.test(hook);
        Predicate<Hook> bounded = tokens > MOST_WITH_PATTERNS
            ? kept.and(hook -> hook.point() != HookPoint.PATTERN) : kept;
        return bytesOfLayers(tokens) > MOST_BYTES ? bounded : bounded.or(FOR_SWEEPS_OF_LAYERS);
    }

    /** All parts of layers but the neurons are as wide as the residual stream. */
    private long bytesOfLayers(int tokens) {
        Gpt2Config config = model.folder().config();
        return (long) Float.BYTES * config.layers() * tokens
            * ((long) (SweepKind.OF_LAYERS.size() - 1) * config.width() + config.mlpWidth());
    }

    private void tell(Pair pair) {
        told = pair;
        int runs = corrupt.isPresent() ? 2 : 1;
        job.progress((double) pair.layersDone() / (runs * pair.layers()));
        job.show(() -> soFar.accept(pair));
    }

    private Pair pair(Optional<ActivationCache> cleanSoFar, Optional<ActivationCache> corruptSoFar) {
        return new Pair(number, clean, corrupt, model.folder().config().layers(), model.folder().config().heads(),
            cleanSoFar, corruptSoFar);
    }
}
