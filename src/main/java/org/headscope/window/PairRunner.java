package org.headscope.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Variants;
import org.headscope.session.Document;
import org.headscope.session.OpenModel;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;
import org.headscope.window.work.Job;

/** Runs a document's two prompts on the inference thread, telling of every layer. */
final class PairRunner {

    private static final Predicate<Hook> FOR_SWEEPS = Variants.needs(Set.copyOf(Document.PARTS));

    private final OpenModel model;
    private final Job job;
    private final int number;
    private final Prompt clean;
    private final Optional<Prompt> corrupt;
    private final Consumer<Pair> soFar;

    /** @param soFar told on the FX thread */
    PairRunner(OpenModel model, Job job, int number, Prompt clean, Optional<Prompt> corrupt, Consumer<Pair> soFar) {
        this.model = model;
        this.job = job;
        this.number = number;
        this.clean = clean;
        this.corrupt = corrupt;
        this.soFar = soFar;
    }

    Finished run() {
        long start = System.nanoTime();
        List<Tensor> cleanPatterns = new ArrayList<>();
        List<Tensor> corruptPatterns = new ArrayList<>();
        tell(cleanPatterns, corruptPatterns);
        Run cleanRun = run(clean, cleanPatterns, cleanPatterns, corruptPatterns, RunOptions.plain());
        RunOptions afterClean = RunOptions.plain().after(new RunOptions.Earlier(clean.ids(), cleanRun.cache()));
        Optional<Run> corruptRun = corrupt.map(prompt -> run(prompt, corruptPatterns, cleanPatterns, corruptPatterns,
            afterClean));
        return Finished.of(model, pair(cleanPatterns, corruptPatterns), cleanRun, corruptRun,
            (System.nanoTime() - start) / 1e9);
    }

    private Run run(Prompt prompt, List<Tensor> own, List<Tensor> cleanPatterns, List<Tensor> corruptPatterns,
                    RunOptions plain) {
        RunOptions options = plain.lastLogitsOnly().keeping(PairRunner::isKept)
            .cancelledBy(job.cancellation())
            .tellingLayers((layer, cache) -> {
                own.add(cache.get(HookPoint.PATTERN, layer));
                tell(cleanPatterns, corruptPatterns);
            });
        return model.gpt2().run(prompt.ids(), options);
    }

    /** What can be patched and swept later, so that neither need run the prompts again. */
    private static boolean isKept(Hook hook) {
        return Document.PARTS.contains(hook.point()) || FOR_SWEEPS.test(hook);
    }

    private void tell(List<Tensor> cleanPatterns, List<Tensor> corruptPatterns) {
        Pair pair = pair(cleanPatterns, corruptPatterns);
        int runs = corrupt.isPresent() ? 2 : 1;
        job.progress((double) (cleanPatterns.size() + corruptPatterns.size()) / (runs * pair.layers()));
        job.show(() -> soFar.accept(pair));
    }

    private Pair pair(List<Tensor> cleanPatterns, List<Tensor> corruptPatterns) {
        return new Pair(number, clean, corrupt, model.folder().config().layers(), model.folder().config().heads(),
            cleanPatterns, corruptPatterns);
    }
}
