package org.headscope.window;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.session.OpenModel;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Prompt;

/**
 * A pair that has been run to its end.
 *
 * @param corruptRun empty where there is no corrupt prompt, or it cannot be read
 * @param seconds of computing
 * @param overflow which numbers became too large, in a sentence; empty if none did
 */
public record Finished(OpenModel model, Pair pair, Run cleanRun, Optional<Run> corruptRun, Logits cleanLogits,
                       Optional<Logits> corruptLogits, double seconds, Optional<String> overflow) {

    /** Reads all activations where some are too large, so never call it on the FX thread. */
    static Finished of(OpenModel model, Pair pair, Run cleanRun, Optional<Run> corruptRun, double seconds) {
        return new Finished(model, pair, cleanRun, corruptRun, cleanRun.logits(-1),
            corruptRun.map(run -> run.logits(-1)), seconds, overflow(Side.CLEAN, cleanRun)
                .or(() -> corruptRun.flatMap(run -> overflow(Side.CORRUPT, run))));
    }

    private static Optional<String> overflow(Side side, Run run) {
        return run.overflow().map(hook -> ("The numbers of the %s prompt become too large for single precision at %s, "
            + "and what is computed from there on means nothing; crosses mark what is no number.")
            .formatted(side.word(), hook));
    }

    /** What later prompts may begin like. */
    List<RunOptions.Earlier> earlier() {
        return Stream.of(Side.values()).filter(side -> run(side).isPresent())
            .map(side -> new RunOptions.Earlier(prompt(side).orElseThrow().ids(), run(side).orElseThrow().cache()))
            .toList();
    }

    /** One of the two prompts; empty where it is missing or cannot be read. */
    public Optional<Prompt> prompt(Side side) {
        return side == Side.CLEAN ? Optional.of(pair.clean()) : pair.corrupt();
    }

    /** The run of one of the two prompts. */
    public Optional<Run> run(Side side) {
        return side == Side.CLEAN ? Optional.of(cleanRun) : corruptRun;
    }
}
