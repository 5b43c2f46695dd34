package org.headscope.window.workspace;

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
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Run;
import org.headscope.session.Combine;
import org.headscope.session.ScaleChoice;
import org.headscope.session.Substitution.Side;
import org.headscope.session.TopShare;
import org.headscope.session.Which;
import org.headscope.weights.Tensor;
import org.headscope.window.AttentionMaps;
import org.headscope.window.Finished;
import org.headscope.window.Pair;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.workspace.WorkspaceViewModel.HeadMaps;
import org.headscope.window.workspace.WorkspaceViewModel.Maps;
import org.headscope.window.workspace.WorkspaceViewModel.NamedMaps;

/**
 * What is to be shown of a pair, and the maps made of it. Works on any thread.
 *
 * @param runs of the pair; needed for all but one head's plain pattern
 * @param top how much of each row is shown
 * @param set the chosen heads, all of them the model's
 */
record MapMaker(Pair pair, Optional<Finished> runs, Head head, List<Head> set, AttentionWeight weight,
                Combine combine, ScaleChoice scale, boolean hideFirst, TopShare top, Theme theme) {

    static final String PATTERN = "attention pattern";

    /** Whether the patterns that are there as layers are computed are all that it takes. */
    boolean isPlain() {
        return combine == Combine.HEAD && weight == AttentionWeight.PATTERN;
    }

    /**
     * What the maps depend on; makers of equal ones make equal maps.
     *
     * @param done of each head, in each run, whether its layer is done
     */
    record Wanted(int pair, List<Boolean> done, boolean finished, Head head, List<Head> set, AttentionWeight weight,
                  Combine combine, ScaleChoice scale, boolean hideFirst, TopShare top, Theme theme) {
    }

    Wanted wanted() {
        List<Boolean> done = Stream.concat(Stream.of(head), set.stream())
            .flatMap(one -> Stream.of(pair.isDone(one, Which.CLEAN), pair.isDone(one, Which.CORRUPT))).toList();
        return new Wanted(pair.number(), done, !isPlain() && runs.isPresent(), head, set, weight, combine, scale,
            hideFirst, top, theme);
    }

    /** @throws java.util.concurrent.CancellationException if nobody wants them any more */
    Maps maps(Cancellation cancellation) {
        HeadMaps shown = pictures(List.of(values(heads(), cancellation)), cancellation).get(0);
        return new Maps(head, pair, name(), quantity(), showsTop() ? top : TopShare.ALL, shown,
            several(cancellation));
    }

    /** The chosen heads, where each is itself. */
    private List<NamedMaps> several(Cancellation cancellation) {
        if (combine != Combine.HEAD || set.size() < 2) {
            return List.of();
        }
        List<HeadMaps> maps = pictures(set.stream().map(one -> values(List.of(one), cancellation)).toList(), cancellation);
        return IntStream.range(0, set.size()).mapToObj(i -> new NamedMaps(set.get(i), maps.get(i))).toList();
    }

    /** On scales that all share. */
    private List<HeadMaps> pictures(List<Values> values, Cancellation cancellation) {
        Shading shading = theme.shading(valueScale(values));
        Shading changes = theme.shading(isProbability() ? Scale.signedUnit()
            : Scale.signedMax(values.stream().map(Values::difference).flatMap(Optional::stream)
                .toArray(Matrix[]::new)));
        return values.stream().map(one -> new HeadMaps(
            picture(Which.CLEAN, Optional.of(one.clean()), shading, cancellation).orElseThrow(),
            picture(Which.CORRUPT, one.corrupt(), shading, cancellation),
            picture(Which.DIFFERENCE, one.difference(), changes, cancellation))).toList();
    }

    private Optional<HeatPicture> picture(Which which, Optional<Matrix> matrix, Shading shading,
                                          Cancellation cancellation) {
        cancellation.throwIfRequested();
        return matrix.map(values -> HeatPicture.attention(values, shading, AttentionMaps.labels(pair, which)));
    }

    // ---- values ----

    /** What one map shows in each run. */
    private record Values(Matrix clean, Optional<Matrix> corrupt, Optional<Matrix> difference) {
    }

    private Values values(List<Head> heads, Cancellation cancellation) {
        cancellation.throwIfRequested();
        Matrix clean = shown(matrix(Which.CLEAN, heads));
        Optional<Matrix> corrupt = pair.corrupt().map(prompt -> shown(matrix(Which.CORRUPT, heads)));
        return new Values(clean, corrupt, corrupt.flatMap(values -> AttentionMaps.difference(pair, clean, values)));
    }

    /** Of one run, as far as it has been computed. */
    private Matrix matrix(Which which, List<Head> heads) {
        return isPlain() ? AttentionMaps.of(pair, heads.get(0), which, false).orElseThrow()
            : matrix(which == Which.CLEAN ? Side.CLEAN : Side.CORRUPT, heads);
    }

    /** Without what is left out. A difference leaves out what both runs do. */
    private Matrix shown(Matrix values) {
        Matrix seen = hideFirst ? values.withHiddenColumns(1) : values;
        return showsTop() ? seen.withTopOfRows(top.share()) : seen;
    }

    /** Scores may be negative, so that none of them is a share of their sum. */
    private boolean showsTop() {
        return top != TopShare.ALL && (weight != AttentionWeight.SCORES || combine == Combine.ROLLOUT);
    }

    private Matrix matrix(Side side, List<Head> heads) {
        Gpt2 model = runs.orElseThrow().model().gpt2();
        Run run = runs.orElseThrow().run(side).orElseThrow();
        Tensor tensor = switch (combine) {
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

    // ---- colours ----

    private boolean isProbability() {
        return weight == AttentionWeight.PATTERN || combine == Combine.ROLLOUT;
    }

    /** One scale for both runs. Norms and scores have no natural end, so theirs fits; scores may be negative. */
    private Scale valueScale(List<Values> values) {
        Scale chosen = scale.scale(Which.CLEAN);
        if (isProbability()) {
            return chosen;
        }
        Scale fitted = Scale.signedMax(values.stream()
            .flatMap(one -> Stream.concat(Stream.of(one.clean()), one.corrupt().stream())).toArray(Matrix[]::new));
        return weight == AttentionWeight.SCORES ? fitted
            : chosen.kind() == Scale.Kind.LINEAR ? Scale.upTo(fitted.max())
            : new Scale(chosen.kind(), fitted.max(), chosen.name());
    }

    // ---- words ----

    private String name() {
        List<Head> heads = heads();
        String which = combine.isOfSet() && set.isEmpty() ? "L%d, all heads".formatted(head.layer())
            : Maps.names(heads);
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
