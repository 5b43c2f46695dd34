package org.headscope.window;

import java.util.Optional;
import org.headscope.model.Logits;
import org.headscope.model.Run;
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

    /** One of the two prompts; empty where it is missing or cannot be read. */
    public Optional<Prompt> prompt(Side side) {
        return side == Side.CLEAN ? Optional.of(pair.clean()) : pair.corrupt();
    }

    /** The run of one of the two prompts. */
    public Optional<Run> run(Side side) {
        return side == Side.CLEAN ? Optional.of(cleanRun) : corruptRun;
    }
}
