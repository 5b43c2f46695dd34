package org.headscope.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.headscope.model.Cancellation;
import org.headscope.model.Continuation;
import org.headscope.model.Gpt2;
import org.headscope.model.Logits;

/**
 * Continues a prompt token by token, as TransformerLens's {@code HookedTransformer.generate} does with its cache of
 * keys and values and {@code stop_at_eos=False}.
 */
public final class Generation {

    private Generation() {
    }

    /**
     * One new token.
     *
     * @param prob of the token, before temperature and filters
     * @param top the likeliest tokens at this place, best first
     */
    public record Step(int id, double prob, List<Logits.Candidate> top) {
    }

    /**
     * Must be called on the inference thread.
     *
     * @param ids the prompt
     * @param count how many tokens to add
     * @param candidates how many of the likeliest tokens each step tells
     * @param listener hears of each token as soon as there is one, on the inference thread
     * @param cancellation looked at between tokens
     * @return the steps, fewer than asked for where they were cancelled
     * @throws AnalysisRefusal if there is nothing to add, or the model does not read as many tokens
     * @throws org.headscope.model.ContextRefusal if the model cannot read the prompt
     */
    public static List<Step> run(Gpt2 model, int[] ids, int count, Sampling sampling, int candidates,
                                 Consumer<Step> listener, Cancellation cancellation) {
        check(ids.length, count, model.config().positions());
        List<Step> steps = new ArrayList<>();
        Random random = new Random(sampling.seed());
        try (Continuation text = model.continuing(ids, cancellation)) {
            while (steps.size() < count && !cancellation.isRequested()) {
                Logits next = text.next();
                int chosen = sampling.choose(next, random);
                steps.add(new Step(chosen, next.prob(chosen), next.top(candidates)));
                listener.accept(steps.get(steps.size() - 1));
                if (steps.size() < count) {
                    text.append(chosen);
                }
            }
        }
        return List.copyOf(steps);
    }

    private static void check(int length, int count, int positions) {
        if (count < 1) {
            throw new AnalysisRefusal("%,d new tokens continue nothing; take at least 1.".formatted(count));
        }
        // Of a prompt that is too long by itself, the model says so.
        if (length <= positions && count > positions - length) {
            int room = positions - length;
            throw new AnalysisRefusal(("%,d new tokens after a prompt of %,d are more than this model reads, which is "
                + "%,d; %s.").formatted(count, length, positions,
                room == 0 ? "shorten the prompt" : "take at most %,d".formatted(room)));
        }
    }
}
