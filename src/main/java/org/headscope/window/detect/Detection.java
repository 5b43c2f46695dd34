package org.headscope.window.detect;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.headscope.analysis.HeadDetector.Exclude;
import org.headscope.analysis.HeadDetector.Measure;
import org.headscope.analysis.HeadScores;
import org.headscope.analysis.RowScore;
import org.headscope.analysis.TargetPattern;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.model.Run;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Prompt;
import org.headscope.window.Finished;

/**
 * What every head scores, by everything that can be measured now.
 *
 * @param scores by kind; a kind that cannot be measured is missing
 */
public record Detection(Map<ScoreKind, HeadScores> scores) {

    /** Below this a head is not called by a kind. */
    static final double WORTH_NAMING = 0.4;

    /** What heads do for a purpose; these names go before those of where they rest. */
    private static final List<ScoreKind> PURPOSES = List.of(ScoreKind.RANDOM_INDUCTION, ScoreKind.RANDOM_PREVIOUS,
        ScoreKind.RANDOM_DUPLICATE);
    private static final List<ScoreKind> RESTS = List.of(ScoreKind.FIRST, ScoreKind.SELF);

    /** Before anything has been measured. */
    static final Detection NOTHING = new Detection(Map.of());

    public Detection {
        scores = Map.copyOf(scores);
    }

    /**
     * How the prompt's scores are taken.
     *
     * @param alike whether tokens that differ but for a leading space or case count as the same
     */
    record Settings(Measure measure, Exclude exclude, boolean alike) {
    }

    /** A kind and a head's score by it. */
    public record Named(ScoreKind kind, double score) {
    }

    /**
     * Of one run of a pair; on any thread.
     *
     * @throws java.util.concurrent.CancellationException if it was asked for
     */
    static Map<ScoreKind, HeadScores> measure(Finished runs, Side side, Settings settings, Optional<Drawn> drawn,
                                              Cancellation cancellation) {
        Prompt prompt = runs.prompt(side).orElseThrow();
        Run run = runs.run(side).orElseThrow();
        int[] ids = settings.alike() ? prompt.idsOfAlike() : prompt.ids();
        Map<ScoreKind, Supplier<RowScore>> wanted = new EnumMap<>(ScoreKind.class);
        wanted.put(ScoreKind.ENTROPY, HeadScores::entropy);
        if (ids.length > 1) {
            for (ScoreKind kind : ScoreKind.values()) {
                kind.detector().ifPresent(detector -> wanted.put(kind, score(detector.target(ids), settings)));
            }
            drawn.filter(target -> target.size() == ids.length && !target.isEmpty())
                .ifPresent(target -> wanted.put(ScoreKind.DRAWN, score(target.target(), settings)));
        }
        Map<ScoreKind, HeadScores> scores = new EnumMap<>(ScoreKind.class);
        scores.putAll(HeadScores.ofRows(run.cache(), wanted, cancellation));
        if (runs.pair().isComparable()) {
            int first = runs.pair().firstDifference();
            scores.put(ScoreKind.CHANGE, HeadScores.change(runs.cleanRun(), runs.corruptRun().orElseThrow(),
                first < 0 ? runs.pair().clean().size() : first, cancellation));
        }
        return scores;
    }

    private static Supplier<RowScore> score(TargetPattern target, Settings settings) {
        return () -> target.scored(settings.measure(), settings.exclude());
    }

    /** The scores by a kind, of which there are none for {@link ScoreKind#BEST}. */
    public Optional<HeadScores> of(ScoreKind kind) {
        return Optional.ofNullable(scores.get(kind));
    }

    /** What a head is best at, whether or not it is good at it; empty while nothing has been measured. */
    Optional<Named> best(Head head) {
        Optional<Named> purpose = best(head, PURPOSES);
        Optional<Named> rest = best(head, RESTS);
        boolean hasPurpose = purpose.filter(named -> named.score() >= WORTH_NAMING).isPresent();
        return hasPurpose || rest.isEmpty() || purpose.filter(named -> named.score() >= rest.get().score()).isPresent()
            ? purpose : rest;
    }

    private Optional<Named> best(Head head, List<ScoreKind> kinds) {
        return kinds.stream().flatMap(kind -> of(kind).map(scored -> new Named(kind, scored.get(head))).stream())
            .max(Comparator.comparingDouble(Named::score));
    }

    /** What a head can be called; empty where nothing stands out. */
    public Optional<Named> name(Head head) {
        return best(head).filter(named -> named.score() >= WORTH_NAMING);
    }

    /** A head's score by a kind. */
    public Optional<Double> score(ScoreKind kind, Head head) {
        return kind == ScoreKind.BEST ? best(head).map(Named::score) : of(kind).map(scored -> scored.get(head));
    }
}
