package org.headscope.window;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.headscope.figure.Matrix;
import org.headscope.model.Head;
import org.headscope.session.Which;
import org.headscope.weights.Tensor;

/** From a pair's patterns to matrices that can be drawn. Works on any thread. */
public final class AttentionMaps {

    private AttentionMaps() {
    }

    /** One head's map; empty where the pair has no such run, or the two cannot be subtracted. */
    public static Optional<Matrix> of(Pair pair, Head head, Which which, boolean hideFirst) {
        Optional<Matrix> matrix = switch (which) {
            case CLEAN -> Optional.of(attention(pair.clean(head), pair.clean().size()));
            case CORRUPT -> pair.corrupt().map(prompt -> attention(pair.corrupt(head), prompt.size()));
            case DIFFERENCE -> pair.isComparable() ? Optional.of(difference(pair, head)) : Optional.empty();
        };
        return matrix.map(m -> hideFirst ? m.withHiddenColumns(1) : m);
    }

    private static Matrix attention(Optional<Tensor> pattern, int tokens) {
        return pattern.map(tensor -> Matrix.attention(tokens, tensor.toArray(), 0))
            .orElseGet(() -> Matrix.pending(tokens));
    }

    private static Matrix difference(Pair pair, Head head) {
        int tokens = pair.clean().size();
        if (pair.clean(head).isEmpty() || pair.corrupt(head).isEmpty()) {
            return Matrix.pending(tokens);
        }
        int first = pair.firstDifference();
        return attention(pair.clean(head), tokens).minus(attention(pair.corrupt(head), tokens))
            .withIdenticalRowsBefore(first < 0 ? tokens : first);
    }

    /** The tokens as axes show them: of one run, or of both where they differ. */
    public static List<String> labels(Pair pair, Which which) {
        return switch (which) {
            case CLEAN -> pair.clean().labels();
            case CORRUPT -> pair.corrupt().orElseThrow().labels();
            case DIFFERENCE -> {
                List<String> clean = pair.clean().labels();
                List<String> corrupt = pair.corrupt().orElseThrow().labels();
                yield IntStream.range(0, clean.size())
                    .mapToObj(i -> clean.get(i).equals(corrupt.get(i)) ? clean.get(i)
                        : clean.get(i) + "/" + corrupt.get(i)).toList();
            }
        };
    }
}
