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
            case DIFFERENCE -> of(pair, head, Which.CLEAN, false).flatMap(clean ->
                of(pair, head, Which.CORRUPT, false).flatMap(corrupt -> difference(pair, clean, corrupt)));
        };
        return matrix.map(m -> hideFirst ? m.withHiddenColumns(1) : m);
    }

    private static Matrix attention(Optional<Tensor> pattern, int tokens) {
        return pattern.map(tensor -> Matrix.attention(tokens, tensor.toArray(), 0))
            .orElseGet(() -> Matrix.pending(tokens));
    }

    /** Clean minus corrupt; empty where the two cannot be laid over one another. */
    public static Optional<Matrix> difference(Pair pair, Matrix clean, Matrix corrupt) {
        if (!pair.isComparable()) {
            return Optional.empty();
        }
        int first = pair.firstDifference();
        return Optional.of(clean.minus(corrupt).withIdenticalRowsBefore(first < 0 ? clean.rows() : first));
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
