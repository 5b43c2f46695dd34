package org.headscope.window.sweep;

import java.util.List;
import java.util.Optional;
import org.headscope.patching.Metric;

/** What a sweep measures, in terms of the watched tokens. */
public enum MetricChoice {
    DIFFERENCE("logit difference", 2),
    LOGIT("logit", 1),
    LOG_PROB("log-probability", 1),
    PROB("probability", 1),
    DIVERGENCE("KL from clean", 0);

    private final String label;
    private final int tokens;

    MetricChoice(String label, int tokens) {
        this.label = label;
        this.tokens = tokens;
    }

    public String label() {
        return label;
    }

    /** Of the first tokens that are watched; empty where there are too few. */
    Optional<Metric> of(List<Integer> watched) {
        if (watched.size() < tokens) {
            return Optional.empty();
        }
        return Optional.of(switch (this) {
            case DIFFERENCE -> new Metric.Difference(watched.get(0), watched.get(1));
            case LOGIT -> new Metric.Logit(watched.get(0));
            case LOG_PROB -> new Metric.LogProb(watched.get(0));
            case PROB -> new Metric.Prob(watched.get(0));
            case DIVERGENCE -> new Metric.Divergence();
        });
    }

    /** With the tokens that it reads, such as "logit difference ·went − ·travelled". */
    String phrase(List<String> watched) {
        return switch (tokens) {
            case 2 -> "%s %s − %s".formatted(label, watched.get(0), watched.get(1));
            case 1 -> "%s of %s".formatted(label, watched.get(0));
            default -> label;
        };
    }

    @Override
    public String toString() {
        return label;
    }
}
