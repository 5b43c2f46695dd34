package org.headscope.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        return detect(run, detector.target(prompt.ids()), measure, exclude);
    }

    /**
     * How well each head's attention agrees with a target, such as one that somebody drew.
     *
     * @param run which kept {@link HookPoint#PATTERN}
     * @throws AnalysisRefusal if there is one token only, so that every head attends to the same, or the target is of
     *     another number of tokens
     */
    public static HeadScores detect(Run run, TargetPattern target, HeadDetector.Measure measure,
                                    HeadDetector.Exclude exclude) {
        if (target.length() < 2) {
            throw new AnalysisRefusal("Heads cannot be told apart on one token; give a prompt of at least two.");
        }
        return ofPatterns(run.cache(), pattern -> target.score(pattern, measure, exclude));
    }

    /**
     * How widely each head spreads its attention: the mean over the queries of the entropy of their rows, in nats
     * (Clark et al., What Does BERT Look At?, 2019). 0 where every query attends to one key alone; a row of n keys has
     * at most ln n.
     *
     * @param run which kept {@link HookPoint#PATTERN}
     */
    public static HeadScores entropy(Run run) {
        return ofPatterns(run.cache(), HeadScores::entropy);
    }

    /** Of one head's pattern, [T, T]; see {@link #entropy(Run)}. */
    public static double entropy(Tensor pattern) {
        double sum = 0;
        for (int i = 0; i < pattern.size(); i++) {
            double share = pattern.at(i);
            sum -= share > 0 ? share * Math.log(share) : 0;
        }
        return sum / pattern.extent(0);
    }

    /**
     * How much each head's attention differs between two prompts: the mean over the queries of the total variation
     * between their rows, half the sum of absolute differences. 0 where nothing changes, 1 where no query keeps any of
     * its attention.
     *
     * @param clean which kept {@link HookPoint#PATTERN}
     * @param corrupt likewise, of as many tokens
     * @throws AnalysisRefusal if the runs have different lengths
     */
    public static HeadScores change(Run clean, Run corrupt) {
        double[][] values = new double[clean.cache().layersWithPatterns()][];
        for (int layer = 0; layer < values.length; layer++) {
            Tensor before = clean.cache().get(HookPoint.PATTERN, layer).slice(0);
            Tensor after = corrupt.cache().get(HookPoint.PATTERN, layer).slice(0);
            values[layer] = IntStream.range(0, before.extent(0))
                .mapToDouble(head -> totalVariation(before.slice(head), after.slice(head))).toArray();
        }
        return new HeadScores(values);
    }

    private static double totalVariation(Tensor clean, Tensor corrupt) {
        if (clean.extent(0) != corrupt.extent(0)) {
            throw new AnalysisRefusal("The prompts have %d and %d tokens; a change needs as many in both.".formatted(
                clean.extent(0), corrupt.extent(0)));
        }
        double sum = 0;
        for (int i = 0; i < clean.size(); i++) {
            sum += Math.abs(clean.at(i) - corrupt.at(i));
        }
        return sum / 2 / clean.extent(0);
    }

    /** @param values [layer][head], taken as they are */
    static HeadScores of(double[][] values) {
        return new HeadScores(values);
    }

    /** A score of every pattern, [T, T] with rows as queries, that a run kept. */
    static HeadScores ofPatterns(ActivationCache cache, ToDoubleFunction<Tensor> score) {
        return ofPatterns(cache, Map.of("", score)).get("");
    }

    /**
     * Several scores of every pattern, [T, T] with rows as queries, each of which is looked at once: of a long prompt
     * it may have to be made for this.
     *
     * @param cache of a run that kept {@link HookPoint#PATTERN}, or queries and keys
     */
    public static <K> Map<K, HeadScores> ofPatterns(ActivationCache cache, Map<K, ToDoubleFunction<Tensor>> scores) {
        int layers = cache.layersWithPatterns();
        Map<K, double[][]> values = new HashMap<>();
        scores.keySet().forEach(kind -> values.put(kind, new double[layers][]));
        for (int layer = 0; layer < layers; layer++) {
            Tensor patterns = cache.get(HookPoint.PATTERN, layer).slice(0);
            for (Map.Entry<K, ToDoubleFunction<Tensor>> kind : scores.entrySet()) {
                values.get(kind.getKey())[layer] = IntStream.range(0, patterns.extent(0))
                    .mapToDouble(head -> kind.getValue().applyAsDouble(patterns.slice(head))).toArray();
            }
        }
        return values.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, kind -> new HeadScores(kind.getValue())));
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

    /** How many layers the model has. */
    public int layers() {
        return values.length;
    }

    /** How many heads each layer has. */
    public int heads() {
        return values[0].length;
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
