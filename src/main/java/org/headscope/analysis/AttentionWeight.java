package org.headscope.analysis;

import java.nio.FloatBuffer;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.weights.Tensor;

/** What a head's attention from a query to a key counts for. */
public enum AttentionWeight {
    /** The pattern itself: rows sum to 1. */
    PATTERN("attention"),
    /** The pattern times the length of the key's value vector, ‖v‖: little where a head rests on an empty value. */
    TIMES_VALUE("attention × ‖v‖"),
    /**
     * The pattern times the length of what the key's value writes, ‖v·W_O‖ (Kobayashi et al., Attention Is Not Only a
     * Weight, 2020).
     */
    TIMES_OUTPUT("attention × ‖v·W_O‖"),
    /** The scores before the softmax; −∞ where the key lies after its query. */
    SCORES("scores before softmax");

    private final String label;

    AttentionWeight(String label) {
        this.label = label;
    }

    /** The words for a person. */
    public String label() {
        return label;
    }

    /** The next in turn, the first after the last. */
    public AttentionWeight next() {
        return values()[(ordinal() + 1) % values().length];
    }

    /** What a run has to keep. */
    public boolean needs(Hook hook) {
        return switch (this) {
            case PATTERN -> hook.point() == HookPoint.PATTERN;
            case TIMES_VALUE, TIMES_OUTPUT -> hook.point() == HookPoint.PATTERN || hook.point() == HookPoint.V;
            case SCORES -> hook.point() == HookPoint.ATTN_SCORES;
        };
    }

    /**
     * One head's attention, so weighed. May be called on any thread. Scores are taken from queries and keys where the
     * run kept those only.
     *
     * @return [T, T], rows are queries
     */
    public Tensor of(Gpt2 model, Run run, Head head) {
        return switch (this) {
            case PATTERN -> run.cache().pattern(head);
            case TIMES_VALUE -> times(run.cache().pattern(head), valueLengths(run, head));
            case TIMES_OUTPUT -> times(run.cache().pattern(head), outputLengths(model, run, head));
            case SCORES -> run.cache().scores(head);
        };
    }

    private static Tensor times(Tensor pattern, double[] byKey) {
        float[] weighed = new float[pattern.size()];
        for (int i = 0; i < weighed.length; i++) {
            weighed[i] = (float) (pattern.at(i) * byKey[i % byKey.length]);
        }
        return Tensor.of(weighed, pattern.shape());
    }

    private static double[] valueLengths(Run run, Head head) {
        Tensor values = run.cache().get(HookPoint.V, head.layer()).slice(0);
        double[] lengths = new double[values.extent(0)];
        for (int key = 0; key < lengths.length; key++) {
            Tensor value = values.slice(key, head.head());
            double squares = 0;
            for (int i = 0; i < value.size(); i++) {
                squares += (double) value.at(i) * value.at(i);
            }
            lengths[key] = Math.sqrt(squares);
        }
        return lengths;
    }

    private static double[] outputLengths(Gpt2 model, Run run, Head head) {
        Tensor values = run.cache().get(HookPoint.V, head.layer()).slice(0);
        int width = model.config().headWidth();
        float[] output = new float[width * model.config().width()];
        FloatBuffer all = model.weights().layers().get(head.layer()).output().floats();
        all.get(head.head() * output.length, output);
        double[] lengths = new double[values.extent(0)];
        for (int key = 0; key < lengths.length; key++) {
            double squares = 0;
            for (double written : written(values.slice(key, head.head()), output)) {
                squares += written * written;
            }
            lengths[key] = Math.sqrt(squares);
        }
        return lengths;
    }

    /** v·W_O: [d] times [d, D]. */
    private static double[] written(Tensor value, float[] output) {
        int width = output.length / value.size();
        double[] written = new double[width];
        for (int row = 0; row < value.size(); row++) {
            float factor = value.at(row);
            for (int i = 0; i < width; i++) {
                written[i] += factor * output[row * width + i];
            }
        }
        return written;
    }
}
