package org.headscope.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.headscope.model.ActivationCache;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;

/** One number for every head of a model. */
public final class HeadScores {

    private final double[][] values;

    private HeadScores(double[][] values) {
        this.values = values;
    }

    /**
     * How well each head's attention agrees with a kind of head.
     *
     * @param run of this prompt, which kept {@link HookPoint#PATTERN}
     * @throws AnalysisRefusal if the prompt has one token only, so that every head attends to the same
     */
    public static HeadScores detect(Run run, Prompt prompt, HeadDetector detector, HeadDetector.Measure measure,
                                    HeadDetector.Exclude exclude) {
        if (prompt.size() < 2) {
            throw new AnalysisRefusal("Heads cannot be told apart on one token; give a prompt of at least two.");
        }
        int[] ids = prompt.ids();
        return ofPatterns(run.cache(), pattern -> detector.score(pattern, ids, measure, exclude));
    }

    /** @param values [layer][head], taken as they are */
    static HeadScores of(double[][] values) {
        return new HeadScores(values);
    }

    /** A score of every pattern, [T, T] with rows as queries, that a run kept. */
    static HeadScores ofPatterns(ActivationCache cache, ToDoubleFunction<Tensor> score) {
        int layers = (int) cache.hooks().stream().filter(hook -> hook.point() == HookPoint.PATTERN).count();
        double[][] values = new double[layers][];
        for (int layer = 0; layer < layers; layer++) {
            Tensor patterns = cache.get(HookPoint.PATTERN, layer).slice(0);
            values[layer] = new double[patterns.extent(0)];
            for (int head = 0; head < values[layer].length; head++) {
                values[layer][head] = score.applyAsDouble(patterns.slice(head));
            }
        }
        return new HeadScores(values);
    }

    /**
     * The mean, head by head.
     *
     * @param several at least one, all of the same model
     */
    static HeadScores mean(List<HeadScores> several) {
        double[][] sum = several.get(0).values();
        for (int layer = 0; layer < sum.length; layer++) {
            for (int head = 0; head < sum[layer].length; head++) {
                Head place = new Head(layer, head);
                sum[layer][head] = several.stream().mapToDouble(scores -> scores.get(place)).average().orElseThrow();
            }
        }
        return new HeadScores(sum);
    }

    public double get(Head head) {
        return values[head.layer()][head.head()];
    }

    /** A copy, [layer][head]. */
    public double[][] values() {
        return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    }

    /** The head with the highest score; among equals the one in the lower layer. */
    public Head strongest() {
        return ranked().get(0);
    }

    /** All heads, the highest score first. */
    public List<Head> ranked() {
        List<Head> heads = new ArrayList<>();
        for (int layer = 0; layer < values.length; layer++) {
            for (int head = 0; head < values[layer].length; head++) {
                heads.add(new Head(layer, head));
            }
        }
        heads.sort(Comparator.comparingDouble(this::get).reversed());
        return List.copyOf(heads);
    }
}
