package org.headscope.window;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.headscope.model.ActivationCache;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.session.OpenModel;
import org.headscope.tokens.Prompt;
import org.headscope.window.PairPlan.Keeping;
import org.headscope.window.work.Job;

/** Runs a document's two prompts on the inference thread, telling of every layer. */
final class PairRunner {

    private final OpenModel model;
    private final Job job;
    private final int number;
    private final Prompt clean;
    private final Optional<Prompt> corrupt;
    private final List<RunOptions.Earlier> earlier;
    private final PairPlan plan;
    private final Consumer<Pair> soFar;
    private Pair told;

    /**
     * @param most is kept at most
     * @param earlier runs of the same model, whose prompts may have begun alike
     * @param soFar told on the FX thread
     */
    PairRunner(OpenModel model, Job job, int number, Prompt clean, Optional<Prompt> corrupt, Keeping most,
               List<RunOptions.Earlier> earlier, Consumer<Pair> soFar) {
        this.model = model;
        this.job = job;
        this.number = number;
        this.clean = clean;
        this.corrupt = corrupt;
        this.earlier = earlier;
        this.soFar = soFar;
        this.plan = PairPlan.of(model.folder().config(), model.runtime().memory(), most,
            clean.size(), corrupt.map(Prompt::size).orElse(0));
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
        RunOptions options = after(before, prompt).lastLogitsOnly()
            .keeping(plan.kept(model.folder().config(), prompt.size()))
            .cancelledBy(job.cancellation())
            .tellingLayers((layer, cache) -> tell(withIt.apply(cache)));
        return model.gpt2().run(prompt.ids(), options);
    }

    /** After the run with which the prompt has most in common. */
    private static RunOptions after(List<RunOptions.Earlier> before, Prompt prompt) {
        return before.stream().max(Comparator.comparingInt(run -> run.common(prompt.ids())))
            .map(run -> RunOptions.plain().after(run)).orElseGet(RunOptions::plain);
    }

    private void tell(Pair pair) {
        told = pair;
        int runs = corrupt.isPresent() ? 2 : 1;
        job.progress((double) pair.layersDone() / (runs * pair.layers()));
        job.showNewest(() -> soFar.accept(pair));
    }

    private Pair pair(Optional<ActivationCache> cleanSoFar, Optional<ActivationCache> corruptSoFar) {
        return new Pair(number, clean, corrupt, model.folder().config().layers(), model.folder().config().heads(),
            cleanSoFar, corruptSoFar);
    }
}
