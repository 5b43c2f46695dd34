package org.headscope.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.headscope.model.ActivationCache;
import org.headscope.model.AttentionRows;
import org.headscope.model.Cancellation;
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
        target.requireLength(run.cache().rows(new Head(0, 0)).tokens());
        return ofRows(run.cache(), () -> target.scored(measure, exclude));
    }

    /**
     * How widely each head spreads its attention: the mean over the queries of the entropy of their rows, in nats
     * (Clark et al., What Does BERT Look At?, 2019). 0 where every query attends to one key alone; a row of n keys has
     * at most ln n.
     *
     * @param run which kept {@link HookPoint#PATTERN}
     */
    public static HeadScores entropy(Run run) {
        return ofRows(run.cache(), HeadScores::entropy);
    }

    /** Of one head; see {@link #entropy(Run)}. */
    public static RowScore entropy() {
        return new RowScore() {
            private double sum;
            private int queries;

            @Override
            public void add(int query, float[] row) {
                for (int key = 0; key <= query; key++) {
                    double share = row[key];
                    sum -= share > 0 ? share * Math.log(share) : 0;
                }
                queries++;
            }

            @Override
            public double result() {
                return sum / queries;
            }
        };
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
        return change(clean, corrupt, 0, new Cancellation());
    }

    /**
     * The same of two prompts that begin alike.
     *
     * @param from the first position whose tokens differ, before which nothing changes
     * @throws java.util.concurrent.CancellationException if it was asked for
     */
    public static HeadScores change(Run clean, Run corrupt, int from, Cancellation cancellation) {
        return of(clean.cache(), cancellation,
            head -> change(clean.cache().rows(head), corrupt.cache().rows(head), from));
    }

    private static double change(AttentionRows clean, AttentionRows corrupt, int from) {
        if (clean.tokens() != corrupt.tokens()) {
            throw new AnalysisRefusal("The prompts have %d and %d tokens; a change needs as many in both.".formatted(
                clean.tokens(), corrupt.tokens()));
        }
        double sum = 0;
        for (int query = from; query < clean.tokens(); query++) {
            float[] before = clean.row(query);
            float[] after = corrupt.row(query);
            for (int key = 0; key <= query; key++) {
                sum += Math.abs(before[key] - after[key]);
            }
        }
        return sum / 2 / clean.tokens();
    }

    /** @param values [layer][head], taken as they are */
    static HeadScores of(double[][] values) {
        return new HeadScores(values);
    }

    /** A score of every pattern, [T, T] with rows as queries, that a run kept. */
    static HeadScores ofPatterns(ActivationCache cache, ToDoubleFunction<Tensor> score) {
        return of(cache, new Cancellation(), head -> score.applyAsDouble(cache.pattern(head)));
    }

    private static HeadScores ofRows(ActivationCache cache, Supplier<RowScore> score) {
        return ofRows(cache, Map.of("", score), new Cancellation()).get("");
    }

    /**
     * Several scores of every head, whose attention is read once: of a long prompt it has to be made for this.
     *
     * @param cache of a run that kept {@link HookPoint#PATTERN}, or queries and keys
     * @param scores each makes one for each head
     * @throws java.util.concurrent.CancellationException if it was asked for
     */
    public static <K> Map<K, HeadScores> ofRows(ActivationCache cache, Map<K, Supplier<RowScore>> scores,
                                                Cancellation cancellation) {
        List<K> kinds = List.copyOf(scores.keySet());
        double[][][] values = new double[kinds.size()][cache.layersWithPatterns()][];
        for (int layer = 0; layer < cache.layersWithPatterns(); layer++) {
            for (double[][] ofKind : values) {
                ofKind[layer] = new double[cache.heads(layer)];
            }
        }
        ofEach(cache, cancellation, head -> {
            List<RowScore> each = kinds.stream().map(kind -> scores.get(kind).get()).toList();
            AttentionRows rows = cache.rows(head);
            for (int query = 0; query < rows.tokens(); query++) {
                float[] row = rows.row(query);
                for (RowScore score : each) {
                    score.add(query, row);
                }
            }
            for (int kind = 0; kind < values.length; kind++) {
                values[kind][head.layer()][head.head()] = each.get(kind).result();
            }
        });
        return IntStream.range(0, values.length).boxed()
            .collect(Collectors.toMap(kinds::get, kind -> new HeadScores(values[kind])));
    }

    private static HeadScores of(ActivationCache cache, Cancellation cancellation, ToDoubleFunction<Head> score) {
        double[][] values = new double[cache.layersWithPatterns()][];
        Arrays.setAll(values, layer -> new double[cache.heads(layer)]);
        ofEach(cache, cancellation, head -> values[head.layer()][head.head()] = score.applyAsDouble(head));
        return new HeadScores(values);
    }

    /** On all processors; each head's work is its own. */
    private static void ofEach(ActivationCache cache, Cancellation cancellation, Consumer<Head> work) {
        IntStream.range(0, cache.layersWithPatterns()).boxed()
            .flatMap(layer -> IntStream.range(0, cache.heads(layer)).mapToObj(head -> new Head(layer, head)))
            .toList().parallelStream().forEach(head -> {
                cancellation.throwIfRequested();
                work.accept(head);
            });
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
