package org.headscope.patching;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.headscope.model.ActivationCache;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Hook;
import org.headscope.model.RunOptions;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;

/**
 * The mean activations of a model over all positions of all of some reference prompts, a prepended BOS included: one
 * value a head and component, whatever the position. What an ablation puts in that should look like text in general.
 */
public final class ReferenceMeans {

    private final Map<Hook, Tensor> means;
    private final int prompts;

    private ReferenceMeans(Map<Hook, Tensor> means, int prompts) {
        this.means = means;
        this.prompts = prompts;
    }

    /**
     * Runs every prompt once. Must be called on the inference thread.
     *
     * @param which the activations whose means will be asked for
     * @throws ExperimentRefusal if there are no prompts, or an activation is asked for whose values stand for pairs of
     *     positions, so that prompts of different lengths have no common mean
     */
    public static ReferenceMeans of(Gpt2 model, List<Prompt> prompts, Predicate<Hook> which,
                                    Cancellation cancellation) {
        if (prompts.isEmpty()) {
            throw new ExperimentRefusal("There are no reference prompts to take a mean over; give at least one.");
        }
        Hook.all(model.config().layers()).stream().filter(which).filter(hook -> hook.point().hasKeys()).findFirst()
            .ifPresent(hook -> {
                throw new ExperimentRefusal(("%s has no mean over reference prompts, since its values belong to pairs "
                    + "of positions; replace z, q, k, v or a part of the residual stream.")
                    .formatted(hook.point().shortName()));
            });
        Map<Hook, Sum> sums = new LinkedHashMap<>();
        for (Prompt prompt : prompts) {
            ActivationCache cache = model.run(prompt.ids(), RunOptions.plain().lastLogitsOnly().keeping(which)
                .cancelledBy(cancellation)).cache();
            cache.hooks().forEach(hook -> sums.computeIfAbsent(hook, h -> new Sum(cache.get(h).shape()))
                .add(cache.get(hook)));
        }
        Map<Hook, Tensor> means = new LinkedHashMap<>();
        sums.forEach((hook, sum) -> means.put(hook, sum.mean()));
        return new ReferenceMeans(means, prompts.size());
    }

    /** Over the positions of activations [1, T, …]. */
    private static final class Sum {

        private final int[] shape;
        private final double[] sum;
        private long positions;

        Sum(int[] activation) {
            this.shape = Arrays.copyOfRange(activation, 2, activation.length);
            this.sum = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        }

        void add(Tensor activation) {
            for (int i = 0; i < activation.size(); i++) {
                sum[i % sum.length] += activation.at(i);
            }
            positions += activation.extent(1);
        }

        Tensor mean() {
            float[] mean = new float[sum.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) (sum[i] / positions);
            }
            return Tensor.of(mean, shape);
        }
    }

    /** How many prompts they are taken over. */
    public int prompts() {
        return prompts;
    }

    /**
     * The mean of an activation, without axes of batch and position.
     *
     * @throws IllegalArgumentException if it was not asked for
     */
    public Tensor of(Hook hook) {
        if (!means.containsKey(hook)) {
            throw new IllegalArgumentException("There is no mean of " + hook + ".");
        }
        return means.get(hook);
    }

    /** The mean of an activation at every position of a prompt, [1, tokens, …]. */
    Tensor at(Hook hook, int tokens) {
        Tensor mean = of(hook);
        float[] values = new float[tokens * mean.size()];
        for (int position = 0; position < tokens; position++) {
            System.arraycopy(mean.toArray(), 0, values, position * mean.size(), mean.size());
        }
        int[] shape = new int[mean.rank() + 2];
        shape[0] = 1;
        shape[1] = tokens;
        System.arraycopy(mean.shape(), 0, shape, 2, mean.rank());
        return Tensor.of(values, shape);
    }
}
