package org.headscope.window;

import java.util.Optional;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.session.OpenModel;

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

    /** Whether the clean run can be patched into the corrupt one. */
    public boolean isPatchable() {
        return corruptRun.isPresent() && pair.isComparable() && pair.isDifferent();
    }
}
