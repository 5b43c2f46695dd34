package org.headscope.analysis;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.headscope.model.Gpt2;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.weights.Gpt2Weights.Norm;
import org.headscope.weights.Tensor;

/**
 * The last LayerNorm, applied to what is not the end of the residual stream. D is the width of the residual stream.
 */
final class FinalNorm {

    private final Optional<float[]> scale;
    private final Optional<float[]> shift;
    private final double epsilon;

    FinalNorm(Gpt2 model) {
        Optional<Norm> norm = model.weights().finalNorm();
        this.scale = norm.map(n -> floats(n.scale().floats()));
        this.shift = norm.map(n -> floats(n.shift().floats()));
        this.epsilon = model.config().layerNormEpsilon();
    }

    private static float[] floats(FloatBuffer buffer) {
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    /** What the run itself divided by, at one position. */
    static double frozenScale(Run run, int position) {
        return run.cache().get(Hook.of(HookPoint.LN_FINAL_SCALE)).get(0, position, 0);
    }

    /**
     * Centres a vector, divides it and, unless that has been folded into the unembedding, scales and shifts it.
     *
     * @param x [D]
     * @param frozenScale what to divide by; empty for the vector's own root of the variance
     * @param to where the D results go, from this place on
     */
    void apply(Tensor x, Optional<Double> frozenScale, float[] to, int at) {
        int width = x.size();
        double mean = mean(x);
        double divisor = frozenScale.orElseGet(() -> {
            double squares = 0;
            for (int i = 0; i < width; i++) {
                squares += (x.at(i) - mean) * (x.at(i) - mean);
            }
            return Math.sqrt(squares / width + epsilon);
        });
        for (int i = 0; i < width; i++) {
            double normalized = (x.at(i) - mean) / divisor;
            to[at + i] = (float) (scale.isEmpty() ? normalized : normalized * scale.get()[i] + shift.get()[i]);
        }
    }

    /** A part of the residual stream as the norm hands it on, without its own shift, which belongs to no part: [D]. */
    float[] withoutShift(double[] part, double frozenScale) {
        double mean = Arrays.stream(part).average().orElseThrow();
        float[] normalized = new float[part.length];
        for (int i = 0; i < part.length; i++) {
            normalized[i] = (float) ((part[i] - mean) / frozenScale * (scale.isEmpty() ? 1 : scale.get()[i]));
        }
        return normalized;
    }

    /**
     * A direction that is read after the norm, as one that is read before it: x·(result) / scale + {@link #shift} is
     * what the direction reads of x.
     */
    double[] before(double[] direction) {
        double[] before = direction.clone();
        double mean = 0;
        for (int i = 0; i < before.length; i++) {
            before[i] *= scale.isEmpty() ? 1 : scale.get()[i];
            mean += before[i] / before.length;
        }
        // To centre what is read is to centre what reads.
        for (int i = 0; i < before.length; i++) {
            before[i] -= mean;
        }
        return before;
    }

    /** What a direction reads of the norm's own shift. */
    double shift(double[] direction) {
        double sum = 0;
        for (int i = 0; shift.isPresent() && i < direction.length; i++) {
            sum += direction[i] * shift.get()[i];
        }
        return sum;
    }

    private static double mean(Tensor x) {
        double sum = 0;
        for (int i = 0; i < x.size(); i++) {
            sum += x.at(i);
        }
        return sum / x.size();
    }
}
