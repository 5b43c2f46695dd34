package org.headscope.window.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.headscope.patching.ExperimentRefusal;
import org.headscope.patching.Metric;
import org.headscope.patching.PairSet;
import org.headscope.session.MetricChoice;

/**
 * A metric of certain tokens.
 *
 * @param tokens as many as the metric reads
 * @param labels what they are called
 */
public record Measure(MetricChoice metric, List<Integer> tokens, List<String> labels) {

    public Measure {
        tokens = List.copyOf(tokens);
        labels = List.copyOf(labels);
    }

    /**
     * All that can be measured of the watched tokens: differences of any two, then each alone, and the divergence.
     *
     * @param label of a token's id
     */
    static List<Measure> of(List<Integer> watched, IntFunction<String> label) {
        List<Measure> measures = new ArrayList<>();
        for (int i = 0; i < watched.size(); i++) {
            for (int j = i + 1; j < watched.size(); j++) {
                measures.add(of(MetricChoice.DIFFERENCE, List.of(watched.get(i), watched.get(j)), label));
            }
        }
        Stream.of(MetricChoice.values()).filter(metric -> metric.tokens() == 1).forEach(metric -> watched
            .forEach(token -> measures.add(of(metric, List.of(token), label))));
        measures.add(of(MetricChoice.DIVERGENCE, List.of(), label));
        return measures;
    }

    /** Of the tokens that each of many pairs brings along: its answer, and where it is asked for the wrong one. */
    static Measure ofEach(MetricChoice metric) {
        return new Measure(metric, List.of(), List.of("answer", "wrong"));
    }

    private boolean isOfEach() {
        return tokens.isEmpty() && metric.tokens() > 0;
    }

    /**
     * The metric of one of many pairs.
     *
     * @throws ExperimentRefusal if it does not bring the tokens along that are measured
     */
    Metric of(PairSet.Pair pair) {
        if (!isOfEach()) {
            return of();
        }
        List<Integer> own = new ArrayList<>(List.of(token(pair.answer(), "answer")));
        if (metric.tokens() == 2) {
            own.add(token(pair.wrong(), "wrong"));
        }
        return new Measure(metric, own, labels).of();
    }

    private int token(OptionalInt token, String column) {
        return token.orElseThrow(() -> new ExperimentRefusal(
            "There is no %s token, which the %s needs; write one or measure something else."
                .formatted(column, metric.label())));
    }

    private static Measure of(MetricChoice metric, List<Integer> tokens, IntFunction<String> label) {
        return new Measure(metric, tokens, tokens.stream().map(label::apply).toList());
    }

    Metric of() {
        return switch (metric) {
            case DIFFERENCE -> new Metric.Difference(tokens.get(0), tokens.get(1));
            case LOGIT -> new Metric.Logit(tokens.get(0));
            case LOG_PROB -> new Metric.LogProb(tokens.get(0));
            case PROB -> new Metric.Prob(tokens.get(0));
            case DIVERGENCE -> new Metric.Divergence();
        };
    }

    /** Whether it compares with another run, which must then be there. */
    boolean needsOther() {
        return metric == MetricChoice.DIVERGENCE;
    }

    /** With the tokens that it reads, such as "logit difference ·went − ·travelled". */
    @Override
    public String toString() {
        return switch (metric) {
            case DIFFERENCE -> "%s %s − %s".formatted(metric.label(), labels.get(0), labels.get(1));
            case DIVERGENCE -> "KL from the other run";
            default -> metric.label() + " of " + labels.get(0);
        };
    }
}
