package org.headscope.window.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.headscope.model.Head;
import org.headscope.patching.SweepResult;
import org.headscope.session.Swept;

/**
 * How much of the way from the corrupt run to the clean one each head recovers alone, the most first.
 *
 * @param meaningful whether the two runs lie far enough apart for shares to mean something
 */
public record HeadRanking(List<Share> shares, boolean meaningful) {

    /** What one head recovers; 1 is all of it. */
    public record Share(Head head, double recovered) { }

    public HeadRanking {
        shares = List.copyOf(shares);
    }

    /** Of a sweep of every head's output in one pair; empty while it is not done, or where it is of something else. */
    public static Optional<HeadRanking> of(ShownSweep sweep) {
        if (!sweep.swept().equals(Swept.Z_BY_HEAD) || sweep.isOfPairs() || !sweep.isComplete()) {
            return Optional.empty();
        }
        SweepResult result = sweep.results().get(0);
        List<Share> shares = new ArrayList<>();
        for (int layer = 0; layer < result.shape()[0]; layer++) {
            for (int head = 0; head < result.shape()[1]; head++) {
                shares.add(new Share(new Head(layer, head), result.recovered(result.get(layer, head))));
            }
        }
        shares.sort(Comparator.comparingDouble(Share::recovered).reversed());
        return Optional.of(new HeadRanking(shares, result.isRecoveredMeaningful()));
    }

    public Share best() {
        return shares.get(0);
    }

    public Share of(Head head) {
        return shares.get(rank(head) - 1);
    }

    /** 1 for the best. */
    public int rank(Head head) {
        for (int i = 0; i < shares.size(); i++) {
            if (shares.get(i).head().equals(head)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("No head " + head);
    }
}
