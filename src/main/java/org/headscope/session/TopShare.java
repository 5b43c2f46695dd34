package org.headscope.session;

import java.util.Locale;

/** How much of each row's attention is shown: the strongest cells that together hold this share of it. */
public enum TopShare {
    ALL("Whole rows", 1), P99("Top 99 %", 0.99), P95("Top 95 %", 0.95), P90("Top 90 %", 0.9), P75("Top 75 %", 0.75),
    P50("Top 50 %", 0.5);

    private final String label;
    private final double share;

    TopShare(String label, double share) {
        this.label = label;
        this.share = share;
    }

    /** 0 to 1. */
    public double share() {
        return share;
    }

    /** What is said behind a quantity, such as ", top 90 % of each row"; empty for all. */
    public String note() {
        return this == ALL ? "" : ", %s of each row".formatted(label.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return label;
    }
}
