package org.headscope.analysis;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headscope.analysis.LogitAttribution.Writing;
import org.headscope.model.Gpt2;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Tensor;

/**
 * What one neuron of an MLP does: how active it is at every position of a prompt, and what it writes when it is. Both
 * belong to the inference thread.
 */
public final class NeuronReading {

    private NeuronReading() {
    }

    /** Which neuron, counted from 0. */
    public record Id(int layer, int neuron) {

        private static final Pattern NAME = Pattern.compile("[Ll](\\d{1,6})[Nn](\\d{1,6})");

        /** Reads TransformerLens's label, such as {@code L3N1024}; empty for anything else. */
        public static Optional<Id> parse(String name) {
            Matcher parts = NAME.matcher(name);
            return parts.matches() ? Optional.of(new Id(Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)))) : Optional.empty();
        }

        /** @throws AnalysisRefusal if a model of this kind has no such neuron */
        public void checkFits(Gpt2Config config) {
            if (layer >= config.layers() || neuron >= config.mlpWidth()) {
                throw new AnalysisRefusal("There is no neuron %s; this model has L0N0 to L%dN%d.".formatted(this,
                    config.layers() - 1, config.mlpWidth() - 1));
            }
        }

        @Override
        public String toString() {
            return "L%dN%d".formatted(layer, neuron);
        }
    }

    /** What a run has to keep. */
    public static Predicate<Hook> needs(Id id) {
        return Hook.of(HookPoint.MLP_POST, id.layer())::equals;
    }

    /**
     * How active the neuron is, after the activation function: TransformerLens's {@code mlp.hook_post}.
     *
     * @param run which kept what {@link #needs} says
     * @return one number a position, [T]
     */
    public static float[] activations(Run run, Id id) {
        Tensor post = run.cache().get(HookPoint.MLP_POST, id.layer());
        float[] activations = new float[post.extent(1)];
        for (int position = 0; position < activations.length; position++) {
            activations[position] = post.get(0, position, id.neuron());
        }
        return activations;
    }

    /**
     * What the neuron writes for each unit of its activation, W_out·W_U, as changes of logits that are not yet divided
     * by the last LayerNorm's scale. Where that LayerNorm has not been folded into the unembedding it centres and
     * weights what is written, as it does in a run.
     *
     * @param count how many tokens to tell of each kind
     */
    public static Writing writing(Gpt2 model, Id id, int count) {
        id.checkFits(model.config());
        int width = model.config().width();
        float[] row = new float[width];
        model.weights().layers().get(id.layer()).out().floats().get(id.neuron() * width, row);
        double[] direction = new double[width];
        for (int i = 0; i < width; i++) {
            direction[i] = row[i];
        }
        try (EngineArrays arrays = new EngineArrays()) {
            NDArray logits = arrays.of(new FinalNorm(model).withoutShift(direction, 1), 1, width)
                .matMul(arrays.of(model.weights().unembed()).transpose());
            return Writing.of(logits, count);
        }
    }
}
