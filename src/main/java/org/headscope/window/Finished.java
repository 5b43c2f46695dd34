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
 */
public record Finished(OpenModel model, Pair pair, Run cleanRun, Optional<Run> corruptRun, Logits cleanLogits,
                       Optional<Logits> corruptLogits, double seconds) {

    static Finished of(OpenModel model, Pair pair, Run cleanRun, Optional<Run> corruptRun, double seconds) {
        return new Finished(model, pair, cleanRun, corruptRun, cleanRun.logits(-1),
            corruptRun.map(run -> run.logits(-1)), seconds);
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

    /** Which numbers became too large, in a sentence; empty if none did. */
    Optional<String> overflow() {
        return Stream.of(Side.values()).flatMap(side -> run(side).flatMap(Run::overflow).stream()
            .map(hook -> ("The numbers of the %s prompt become too large for single precision at %s, and what is "
                + "computed from there on means nothing; crosses mark what is no number.").formatted(side.word(), hook)))
            .findFirst();
    }
}
