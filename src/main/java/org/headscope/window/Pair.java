package org.headscope.window;

import java.util.List;
import java.util.Optional;
import org.headscope.model.Head;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;

/**
 * The attention of a pair of prompts as far as it has been computed.
 *
 * @param number tells one pair from the next
 * @param corrupt empty where there is none, or it cannot be read
 * @param cleanPatterns a layer each, [1, H, T, T], as many as are done
 * @param corruptPatterns likewise, after the clean ones
 */
public record Pair(int number, Prompt clean, Optional<Prompt> corrupt, int layers, int heads,
                   List<Tensor> cleanPatterns, List<Tensor> corruptPatterns) {

    public Pair {
        cleanPatterns = List.copyOf(cleanPatterns);
        corruptPatterns = List.copyOf(corruptPatterns);
    }

    /** [T, T], rows are queries; empty until its layer is done. */
    public Optional<Tensor> clean(Head head) {
        return pattern(cleanPatterns, head);
    }

    /** [T, T], rows are queries; empty until its layer is done. */
    public Optional<Tensor> corrupt(Head head) {
        return pattern(corruptPatterns, head);
    }

    private static Optional<Tensor> pattern(List<Tensor> layers, Head head) {
        return head.layer() < layers.size() ? Optional.of(layers.get(head.layer()).slice(0, head.head()))
            : Optional.empty();
    }

    /** Whether the two prompts can be laid over one another, position by position. */
    public boolean isComparable() {
        return corrupt.isPresent() && corrupt.get().size() == clean.size();
    }

    /** Whether anything differs between the prompts. */
    public boolean isDifferent() {
        return corrupt.isPresent() && firstDifference() >= 0;
    }

    /** The first position whose tokens differ, before which both runs are the same; −1 for equal prompts. */
    public int firstDifference() {
        return corrupt.map(clean::firstDifference).orElse(-1);
    }
}
