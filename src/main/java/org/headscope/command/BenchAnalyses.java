package org.headscope.command;

import java.util.List;
import java.util.stream.IntStream;
import org.headscope.analysis.Circuit;
import org.headscope.analysis.Circuits;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.analysis.Circuits.Input;
import org.headscope.analysis.HeadDetector;
import org.headscope.analysis.HeadScores;
import org.headscope.analysis.LogitLens;
import org.headscope.model.Cancellation;
import org.headscope.model.Continuation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;

/** What the benchmark times beside runs and sweeps: analyses of a run of 64 tokens, and of the weights. */
final class BenchAnalyses implements AutoCloseable {

    private static final int TOKENS = 64;
    private static final int TOP = 5;
    private static final int PAIRS = 100;

    private final Gpt2 model;
    private final int[] ids;
    private final Run run;
    private final Continuation text;

    /** @param name for scripts, like {@code what} for people */
    record Work(String name, String what, Runnable run) {
    }

    /** Runs what will be analysed. Belongs to the inference thread, as all work does. */
    BenchAnalyses(Gpt2 model) {
        this.model = model;
        // Half of the context at most: there must be room for the tokens that are appended.
        int tokens = Math.min(TOKENS, model.config().positions() / 2);
        this.ids = IntStream.range(0, tokens).map(i -> i * 7919 % model.config().vocabulary()).toArray();
        this.run = model.run(ids, RunOptions.plain().lastLogitsOnly().keeping(this::isRead));
        this.text = model.continuing(ids, new Cancellation());
    }

    private boolean isRead(Hook hook) {
        return hook.point() == HookPoint.PATTERN || LogitLens.needs(hook, model.config().layers());
    }

    List<Work> all() {
        Head head = new Head(model.config().layers() / 3, 1);
        Circuits circuits = new Circuits(model);
        Cancellation never = new Cancellation();
        return List.of(
            new Work("detectors_64", "all detectors after a run, 64 tokens", this::detect),
            new Work("lens_64", "logit lens, every half-layer of 64 tokens", () -> LogitLens.of(model, run,
                LogitLens.Norm.RECOMPUTED, TOP, List.of(), read -> { }, never)),
            new Work("copying", "copying scores of all heads", () -> circuits.copying(never)),
            new Work("composition", "composition scores Q of all pairs of heads", () -> circuits.composition(Input.Q,
                share -> { }, never)),
            new Work("ov_pairs", "100 strongest OV pairs of a head", () -> circuits.strongest(head, Circuit.OV,
                Extreme.LARGEST, PAIRS, share -> { }, never)),
            new Work("append_64", "one token after 64, with cached keys and values", () -> text.append(0)),
            new Work("again_64", "the whole prompt of 64 tokens again", () -> model.run(ids, RunOptions.plain()
                .lastLogitsOnly())));
    }

    private void detect() {
        for (HeadDetector detector : HeadDetector.values()) {
            HeadScores.detect(run, detector.target(ids), HeadDetector.Measure.MUL, HeadDetector.Exclude.NOTHING);
        }
        HeadScores.entropy(run);
    }

    @Override
    public void close() {
        text.close();
    }
}
