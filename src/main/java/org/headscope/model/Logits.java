package org.headscope.model;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The logits over the vocabulary at one position, and what follows from them. Sums are kept in double precision.
 */
public final class Logits {

    private final float[] values;
    private final double logSumExp;

    /** A token with its logit and probability. */
    public record Candidate(int id, float logit, double prob) {
    }

    public Logits(float[] values) {
        this.values = values.clone();
        double max = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (float value : values) {
            sum += Math.exp(value - max);
        }
        this.logSumExp = max + Math.log(sum);
    }

    public int vocabulary() {
        return values.length;
    }

    public float logit(int id) {
        return values[id];
    }

    public double logProb(int id) {
        return values[id] - logSumExp;
    }

    public double prob(int id) {
        return Math.exp(logProb(id));
    }

    /** How many tokens have a larger logit: 0 for the most likely one. */
    public int rank(int id) {
        int larger = 0;
        for (float value : values) {
            if (value > values[id]) {
                larger++;
            }
        }
        return larger;
    }

    /** The most likely tokens, best first; among equals the smaller id first. */
    public List<Candidate> top(int count) {
        Comparator<Integer> worstFirst = Comparator.<Integer>comparingDouble(id -> values[id])
            .thenComparing(Comparator.reverseOrder());
        PriorityQueue<Integer> best = new PriorityQueue<>(worstFirst);
        for (int id = 0; id < values.length; id++) {
            if (best.size() < count) {
                best.add(id);
            } else if (!best.isEmpty() && Float.compare(values[id], values[best.peek()]) > 0) {
                // Nearly all tokens are worse than those so far, and cost no more than this comparison.
                best.poll();
                best.add(id);
            }
        }
        return best.stream().sorted(worstFirst.reversed()).map(id -> new Candidate(id, values[id], prob(id))).toList();
    }

    /** Kullback–Leibler divergence of another distribution from this one, Σ p·(log p − log q), in nats. */
    public double divergenceOf(Logits other) {
        double sum = 0;
        for (int id = 0; id < values.length; id++) {
            sum += prob(id) * (logProb(id) - other.logProb(id));
        }
        // Of nearly equal distributions the rounded sum may fall below what no divergence can be.
        return Math.max(sum, 0);
    }
}
