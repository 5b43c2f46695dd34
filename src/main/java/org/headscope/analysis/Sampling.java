package org.headscope.analysis;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.headscope.model.Logits;

/**
 * How the next token is chosen, as in TransformerLens's {@code sample_logits}: the logits are divided by the
 * temperature, the unlikely tokens are left out, and one of the rest is drawn. Where both filters are given, top-p
 * looks at what top-k has left; TransformerLens ignores it then.
 *
 * @param temperature 0 always takes the likeliest token; 1 draws as the model says
 * @param topK how many of the likeliest tokens take part; empty for all
 * @param topP the likeliest tokens take part until their probabilities sum to this; empty for all
 * @param seed the same one draws the same tokens
 */
public record Sampling(double temperature, OptionalInt topK, OptionalDouble topP, long seed) {

    /** Always the likeliest token. */
    public static final Sampling GREEDY = new Sampling(0, OptionalInt.empty(), OptionalDouble.empty(), 0);

    /** @throws AnalysisRefusal if no token could be drawn like that */
    public Sampling {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new AnalysisRefusal("A temperature of %s draws nothing; take 0 for the likeliest token or more."
                .formatted(temperature));
        }
        if (topK.isPresent() && topK.getAsInt() < 1) {
            throw new AnalysisRefusal("Top-k %,d leaves no token to draw; take at least 1.".formatted(
                topK.getAsInt()));
        }
        if (topP.isPresent() && !(topP.getAsDouble() > 0 && topP.getAsDouble() <= 1)) {
            throw new AnalysisRefusal("Top-p %s is no share of the probability; take more than 0 and at most 1."
                .formatted(topP.getAsDouble()));
        }
    }

    public boolean isGreedy() {
        return temperature == 0;
    }

    /** One token. */
    int choose(Logits logits, RandomGenerator random) {
        if (isGreedy()) {
            return logits.top(1).get(0).id();
        }
        double[] weights = weights(logits);
        if (topK.isPresent() || topP.isPresent()) {
            leaveOutUnlikely(weights);
        }
        return draw(weights, random);
    }

    /** Every token's probability times a constant, by id: drawn from in this order, filtered or not. */
    private double[] weights(Logits logits) {
        double likeliest = logits.logit(logits.top(1).get(0).id());
        double[] weights = new double[logits.vocabulary()];
        for (int id = 0; id < weights.length; id++) {
            weights[id] = Math.exp((logits.logit(id) - likeliest) / temperature);
        }
        return weights;
    }

    private void leaveOutUnlikely(double[] weights) {
        int[] ids = likeliestFirst(weights);
        int most = Math.min(topK.orElse(weights.length), weights.length);
        double total = 0;
        for (int rank = 0; rank < most; rank++) {
            total += weights[ids[rank]];
        }
        double enough = topP.orElse(1) * total;
        double sum = 0;
        for (int rank = 0; rank < weights.length; rank++) {
            double weight = weights[ids[rank]];
            // The token that reaches the sum takes part, so that there is always one.
            if (rank >= most || topP.orElse(1) < 1 && sum >= enough) {
                weights[ids[rank]] = 0;
            }
            sum += weight;
        }
    }

    /** Among equals the smaller id first. */
    private static int[] likeliestFirst(double[] weights) {
        // Weights are not negative, so that their bits have their order; the id takes the place of the last ones.
        long[] keys = new long[weights.length];
        for (int id = 0; id < keys.length; id++) {
            keys[id] = (long) Float.floatToIntBits((float) weights[id]) << Integer.SIZE | Integer.MAX_VALUE - id;
        }
        Arrays.sort(keys);
        int[] ids = new int[keys.length];
        for (int rank = 0; rank < ids.length; rank++) {
            ids[rank] = Integer.MAX_VALUE - (int) keys[keys.length - 1 - rank];
        }
        return ids;
    }

    /** A place, with a chance in proportion to its weight. */
    private static int draw(double[] weights, RandomGenerator random) {
        double left = random.nextDouble() * Arrays.stream(weights).sum();
        int last = 0;
        for (int place = 0; place < weights.length; place++) {
            if (weights[place] > 0) {
                left -= weights[place];
                last = place;
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }
}
