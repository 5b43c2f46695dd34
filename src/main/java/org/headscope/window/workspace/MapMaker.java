package org.headscope.window.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.analysis.AttentionWeight;
import org.headscope.analysis.CombinedAttention;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.figure.Shading;
import org.headscope.figure.Theme;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Run;
import org.headscope.session.Substitution.Side;
import org.headscope.weights.Tensor;
import org.headscope.window.AttentionMaps;
import org.headscope.window.Combine;
import org.headscope.window.Finished;
import org.headscope.window.Pair;
import org.headscope.window.ScaleChoice;
import org.headscope.window.Which;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.workspace.WorkspaceViewModel.HeadMatrix;
import org.headscope.window.workspace.WorkspaceViewModel.Maps;

/**
 * What is to be shown of a pair, and the maps made of it. Works on any thread.
 *
 * @param runs of the pair; needed for all but one head's plain pattern
 * @param set the chosen heads, all of them the model's
 */
record MapMaker(Pair pair, Optional<Finished> runs, Head head, List<Head> set, AttentionWeight weight,
                Combine combine, ScaleChoice scale, boolean hideFirst, Theme theme) {

    static final String PATTERN = "attention pattern";
    private static final int MOST_LINES = 3;

    /** Whether the patterns that are there as layers are computed are all that it takes. */
    boolean isPlain() {
        return combine == Combine.HEAD && weight == AttentionWeight.PATTERN;
    }

    Maps maps() {
        Optional<Matrix> clean = matrix(Which.CLEAN);
        Optional<Matrix> corrupt = matrix(Which.CORRUPT);
        Optional<Matrix> difference = matrix(Which.DIFFERENCE);
        Shading values = theme.shading(valueScale(clean, corrupt));
        Shading changes = theme.shading(isProbability() ? Scale.signedUnit()
            : Scale.signedMax(difference.stream().toArray(Matrix[]::new)));
        return new Maps(head, pair, name(), quantity(), picture(Which.CLEAN, clean, values).orElseThrow(),
            picture(Which.CORRUPT, corrupt, values), picture(Which.DIFFERENCE, difference, changes), lines());
    }

    private Optional<HeatPicture> picture(Which which, Optional<Matrix> matrix, Shading shading) {
        return matrix.map(values -> HeatPicture.attention(values, shading, AttentionMaps.labels(pair, which)));
    }

    // ---- values ----

    private Optional<Matrix> matrix(Which which) {
        Optional<Matrix> values = isPlain() ? AttentionMaps.of(pair, head, which, false) : switch (which) {
            case CLEAN -> Optional.of(matrix(Side.CLEAN));
            case CORRUPT -> pair.corrupt().map(prompt -> matrix(Side.CORRUPT));
            case DIFFERENCE -> pair.isComparable() ? Optional.of(difference()) : Optional.empty();
        };
        return values.map(this::hidden);
    }

    private Matrix hidden(Matrix matrix) {
        return hideFirst ? matrix.withHiddenColumns(1) : matrix;
    }

    private Matrix difference() {
        int first = pair.firstDifference();
        return matrix(Side.CLEAN).minus(matrix(Side.CORRUPT))
            .withIdenticalRowsBefore(first < 0 ? pair.clean().size() : first);
    }

    private Matrix matrix(Side side) {
        return matrix(side, combine, heads());
    }

    private Matrix matrix(Side side, Combine how, List<Head> heads) {
        Gpt2 model = runs.orElseThrow().model().gpt2();
        Run run = runs.orElseThrow().run(side).orElseThrow();
        Tensor tensor = switch (how) {
            case HEAD -> weight.of(model, run, heads.get(0));
            case MEAN -> CombinedAttention.mean(each(model, run, heads));
            case MAXIMUM -> CombinedAttention.maximum(each(model, run, heads));
            case ROLLOUT -> CombinedAttention.rollout(run.cache(), head.layer() + 1).get(head.layer());
        };
        return Matrix.attention(tensor.extent(0), tensor.toArray(), 0);
    }

    private List<Tensor> each(Gpt2 model, Run run, List<Head> heads) {
        return heads.stream().map(one -> weight.of(model, run, one)).toList();
    }

    /** The set, or the layer's heads where none are chosen. */
    private List<Head> heads() {
        if (!combine.isOfSet()) {
            return List.of(head);
        }
        return set.isEmpty() ? IntStream.range(0, pair.heads()).mapToObj(one -> new Head(head.layer(), one)).toList()
            : set;
    }

    // ---- lines ----

    /** The heads whose lines are drawn over one another: those of the set, if they are few, where each is itself. */
    private List<HeadMatrix> lines() {
        List<HeadMatrix> lines = new ArrayList<>();
        if (combine == Combine.HEAD && runs.isPresent() && set.size() > 1) {
            for (Head one : set.subList(0, Math.min(MOST_LINES, set.size()))) {
                lines.add(new HeadMatrix(one.toString(), hidden(matrix(Side.CLEAN, Combine.HEAD, List.of(one))),
                    pair.corrupt().map(prompt -> hidden(matrix(Side.CORRUPT, Combine.HEAD, List.of(one))))));
            }
        }
        return lines;
    }

    // ---- colours ----

    private boolean isProbability() {
        return weight == AttentionWeight.PATTERN || combine == Combine.ROLLOUT;
    }

    /** One scale for both runs. Norms and scores have no natural end, so theirs fits; scores may be negative. */
    private Scale valueScale(Optional<Matrix> clean, Optional<Matrix> corrupt) {
        Scale chosen = scale.scale(Which.CLEAN);
        if (isProbability()) {
            return chosen;
        }
        Scale fitted = Scale.signedMax(Stream.of(clean, corrupt).flatMap(Optional::stream).toArray(Matrix[]::new));
        return weight == AttentionWeight.SCORES ? fitted
            : chosen.kind() == Scale.Kind.LINEAR ? Scale.upTo(fitted.max())
            : new Scale(chosen.kind(), fitted.max(), chosen.name());
    }

    // ---- words ----

    private String name() {
        List<Head> heads = heads();
        String which = combine.isOfSet() && set.isEmpty() ? "L%d, all heads".formatted(head.layer())
            : heads.size() > MOST_LINES ? heads.size() + " heads"
            : String.join(", ", heads.stream().map(Head::toString).toList());
        return switch (combine) {
            case HEAD -> head.toString();
            case MEAN -> "Mean of " + which;
            case MAXIMUM -> "Maximum of " + which;
            case ROLLOUT -> "Rollout to L" + head.layer();
        };
    }

    private String quantity() {
        return combine == Combine.ROLLOUT ? "attention rollout"
            : weight == AttentionWeight.PATTERN ? PATTERN : weight.label();
    }
}
