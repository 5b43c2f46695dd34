package org.headscope.model;

import java.util.Optional;
import java.util.stream.IntStream;
import org.headscope.weights.Tensor;

/**
 * What one forward pass gave.
 *
 * @param output the logits, [1, T, V] or [1, 1, V] as asked for; [1, T, D] where the run stopped at a layer
 */
public record Run(Tensor output, ActivationCache cache) {

    /** The logits of one position; −1 is the last. */
    public Logits logits(int position) {
        int row = position < 0 ? output.extent(1) + position : position;
        return new Logits(output.slice(0, row).toArray());
    }

    /**
     * The mean over the prompt of −log P(next token), TransformerLens's {@code lm_cross_entropy_loss}. Needs the
     * logits of all positions.
     *
     * @return NaN for a prompt of one token, which has no next one
     */
    public double loss(int[] ids) {
        double sum = 0;
        for (int position = 0; position + 1 < ids.length; position++) {
            sum -= logits(position).logProb(ids[position + 1]);
        }
        return sum / (ids.length - 1);
    }

    /**
     * Where a number first was too large for single precision: the earliest activation that was kept with a value that
     * is infinite or not a number, by TransformerLens's name, or {@code logits}. Scores before softmax are left aside:
     * masked ones are infinite.
     *
     * @return empty where all logits are finite
     */
    public Optional<String> overflow() {
        return isFinite(output) ? Optional.empty() : Optional.of(cache.hooks().stream()
            .filter(hook -> hook.point() != HookPoint.ATTN_SCORES && !isFinite(cache.get(hook)))
            .findFirst().map(Hook::name).orElse("logits"));
    }

    private static boolean isFinite(Tensor tensor) {
        return IntStream.range(0, tensor.size()).allMatch(i -> Float.isFinite(tensor.at(i)));
    }
}
