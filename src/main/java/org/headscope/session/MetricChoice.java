package org.headscope.session;

/** What a sweep measures. */
public enum MetricChoice {
    DIFFERENCE("logit difference", 2),
    LOGIT("logit", 1),
    LOG_PROB("log-probability", 1),
    PROB("probability", 1),
    DIVERGENCE("KL", 0);

    private final String label;
    private final int tokens;

    MetricChoice(String label, int tokens) {
        this.label = label;
        this.tokens = tokens;
    }

    public String label() {
        return label;
    }

    /** Of how many tokens. */
    public int tokens() {
        return tokens;
    }
}
