package org.headscope.analysis;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Gpt2Weights.Matrix;
import org.headscope.weights.Tensor;

/**
 * What each part of a run adds to a logit, or to the difference of two, at one position: direct logit attribution, as
 * TransformerLens's {@code logit_attrs}, with the last LayerNorm's scale as the run had it. Unlike there the
 * unembedding's bias is told, so that the parts and the bias sum to the logit. Belongs to the inference thread.
 *
 * <p>D width of the residual stream, d of a head, M neurons of an MLP, V vocabulary.
 */
public final class LogitAttribution {

    /**
     * What is attributed.
     *
     * @param token whose logit
     * @param versus the token whose logit is taken away, if any
     */
    public record Target(int token, OptionalInt versus) {
    }

    /** A part of the residual stream under TransformerLens's label, such as {@code 0_attn_out}, and what it adds. */
    public record Part(String label, double value) {
    }

    /** A neuron of an MLP and what it adds; the label is TransformerLens's, such as {@code L3N1024}. */
    public record Neuron(int layer, int neuron, double value) {

        public String label() {
            return "L" + layer + "N" + neuron;
        }
    }

    /**
     * What a head or a neuron writes, read as logits.
     *
     * @param promotes the tokens whose logits it raises most, the most first
     * @param suppresses the tokens whose logits it lowers most, the most first
     */
    public record Writing(List<Token> promotes, List<Token> suppresses) {

        /** @param value what is added to this token's logit */
        public record Token(int id, float value) {
        }

        /** @param logits what is added to every token's logit, [1, V] */
        static Writing of(NDArray logits, int count) {
            return new Writing(largest(logits, count, 1), largest(logits.neg(), count, -1));
        }

        private static List<Token> largest(NDArray values, int count, int sign) {
            int vocabulary = Math.toIntExact(values.size());
            Top top = new Top(Math.min(count, vocabulary));
            top.addAll(EngineArrays.floats(values), 0, vocabulary, 0);
            return IntStream.range(0, top.size())
                .mapToObj(rank -> new Token((int) top.place(rank), sign * top.value(rank))).toList();
        }
    }

    private final Gpt2Weights weights;
    private final Gpt2Config config;
    private final Run run;
    private final int position;
    private final double scale;
    /** What the target reads of the residual stream before the last LayerNorm, divided by its scale: [D]. */
    private final double[] reads;
    private final double bias;
    private final FinalNorm finalNorm;

    /**
     * @param run which kept what {@link #needs} says
     * @param position in the prompt, from 0
     * @throws AnalysisRefusal if a token is not the model's, or a token is taken from itself
     */
    public LogitAttribution(Gpt2 model, Run run, int position, Target target) {
        this.weights = model.weights();
        this.config = model.config();
        this.run = run;
        this.position = position;
        this.scale = FinalNorm.frozenScale(run, position);
        this.finalNorm = new FinalNorm(model);
        check(target);
        double[] direction = direction(target);
        this.reads = finalNorm.before(direction);
        for (int i = 0; i < reads.length; i++) {
            reads[i] /= scale;
        }
        FloatBuffer unembedBias = weights.unembedBias().floats();
        double versus = target.versus().isEmpty() ? 0 : unembedBias.get(target.versus().getAsInt());
        this.bias = unembedBias.get(target.token()) - versus + finalNorm.shift(direction);
    }

    /** What a run has to keep. */
    public static boolean needs(Hook hook) {
        return switch (hook.point()) {
            case EMBED, POS_EMBED, Z, ATTN_OUT, MLP_POST, MLP_OUT, LN_FINAL_SCALE -> true;
            default -> false;
        };
    }

    private void check(Target target) {
        for (int id : target.versus().isEmpty() ? new int[] {target.token()}
            : new int[] {target.token(), target.versus().getAsInt()}) {
            if (id < 0 || id >= config.vocabulary()) {
                throw new AnalysisRefusal("Token id %d does not exist; this model has the ids 0 to %,d.".formatted(id,
                    config.vocabulary() - 1));
            }
        }
        if (target.versus().isPresent() && target.versus().getAsInt() == target.token()) {
            throw new AnalysisRefusal("A token's logit does not differ from itself; name another token beside #%d."
                .formatted(target.token()));
        }
    }

    private double[] direction(Target target) {
        FloatBuffer unembed = weights.unembed().floats();
        int width = config.width();
        return IntStream.range(0, width).mapToDouble(i -> unembed.get(target.token() * width + i)
            - (target.versus().isEmpty() ? 0.0 : unembed.get(target.versus().getAsInt() * width + i))).toArray();
    }

    /** What the unembedding's bias adds, and the last LayerNorm's where that is not folded into it. */
    public double bias() {
        return bias;
    }

    /** The embeddings, and what each layer's heads together (their bias included) and MLP add. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("embed", read(Hook.of(HookPoint.EMBED))));
        parts.add(new Part("pos_embed", read(Hook.of(HookPoint.POS_EMBED))));
        for (int layer = 0; layer < config.layers(); layer++) {
            parts.add(new Part(layer + "_attn_out", read(Hook.of(HookPoint.ATTN_OUT, layer))));
            parts.add(new Part(layer + "_mlp_out", read(Hook.of(HookPoint.MLP_OUT, layer))));
        }
        return List.copyOf(parts);
    }

    private double read(Hook hook) {
        Tensor part = run.cache().get(hook).slice(0, position);
        double sum = 0;
        for (int i = 0; i < reads.length; i++) {
            sum += reads[i] * part.at(i);
        }
        return sum;
    }

    /** The closing sum: all {@link #parts} and the {@link #bias}. It agrees with the run's logit up to rounding. */
    public double total() {
        return parts().stream().mapToDouble(Part::value).sum() + bias;
    }

    /** What each head adds, [layer][head]; the attention's bias belongs to no head. */
    public double[][] heads() {
        double[][] heads = new double[config.layers()][config.heads()];
        for (int layer = 0; layer < config.layers(); layer++) {
            double[] readOfZ = read(weights.layers().get(layer).output());
            Tensor z = run.cache().get(HookPoint.Z, layer).slice(0, position);
            for (int i = 0; i < z.size(); i++) {
                heads[layer][i / config.headWidth()] += z.at(i) * readOfZ[i];
            }
        }
        return heads;
    }

    /** What is read of each row of a matrix whose rows are written to the residual stream. */
    private double[] read(Matrix writes) {
        FloatBuffer rows = writes.floats();
        double[] read = new double[writes.shape()[0]];
        float[] row = new float[reads.length];
        for (int which = 0; which < read.length; which++) {
            rows.get(row);
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                sum += reads[i] * row[i];
            }
            read[which] = sum;
        }
        return read;
    }

    /**
     * The neurons that add most and those that take away most.
     *
     * @param count at most so many of each
     * @return the largest value first, the smallest last
     */
    public List<Neuron> neurons(int count) {
        List<Neuron> all = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            double[] readOfPost = read(weights.layers().get(layer).out());
            Tensor post = run.cache().get(HookPoint.MLP_POST, layer).slice(0, position);
            for (int neuron = 0; neuron < readOfPost.length; neuron++) {
                all.add(new Neuron(layer, neuron, post.at(neuron) * readOfPost[neuron]));
            }
        }
        all.sort(Comparator.comparingDouble(Neuron::value).reversed());
        return all.size() <= 2L * count ? List.copyOf(all)
            : Stream.concat(all.stream().limit(count), all.stream().skip(all.size() - count)).toList();
    }

    /**
     * What one head writes at this position, divided by the last LayerNorm's scale and unembedded; whatever the target.
     *
     * @param count how many tokens to tell of each kind
     */
    public Writing writing(Head head, int count) {
        try (EngineArrays arrays = new EngineArrays()) {
            float[] written = finalNorm.withoutShift(written(head), scale);
            NDArray logits = arrays.of(written, 1, written.length)
                .matMul(arrays.of(weights.unembed()).transpose());
            return Writing.of(logits, count);
        }
    }

    /** z·W_O of one head: [D]. */
    private double[] written(Head head) {
        int width = config.headWidth();
        Tensor z = run.cache().get(HookPoint.Z, head.layer()).slice(0, position, head.head());
        FloatBuffer output = weights.layers().get(head.layer()).output().floats();
        double[] written = new double[config.width()];
        for (int row = 0; row < width; row++) {
            int from = (head.head() * width + row) * written.length;
            for (int i = 0; i < written.length; i++) {
                written[i] += (double) z.at(row) * output.get(from + i);
            }
        }
        return written;
    }
}
