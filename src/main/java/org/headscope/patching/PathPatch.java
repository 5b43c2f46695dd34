package org.headscope.patching;

import java.util.List;
import java.util.Map;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Intervention;
import org.headscope.model.Logits;
import org.headscope.model.Replacement;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;

/**
 * What one head, the sender, tells the query, key or value of a later one, the receiver, and nobody else: path patching
 * as in “Interpretability in the Wild” (Wang et al., 2022), for one direct path. The corrupt run goes on as it is but
 * for one thing: what the receiver's query, key or value reads from the residual stream holds the sender's clean output
 * instead of its corrupt one. The heads and MLPs between the two do not hear of it; all that comes after the receiver
 * does.
 *
 * <p>One sender serves any number of receivers. Every method that computes must be called on the inference thread.
 */
public final class PathPatch {

    private static final Map<HookPoint, HookPoint> INPUTS = Map.of(HookPoint.Q, HookPoint.Q_INPUT, HookPoint.K,
        HookPoint.K_INPUT, HookPoint.V, HookPoint.V_INPUT);

    private final Gpt2 model;
    private final Prompt corrupt;
    private final Head sender;
    private final Run clean;
    private final Run base;

    private PathPatch(Gpt2 model, Prompt corrupt, Head sender, Run clean, Run base) {
        this.model = model;
        this.corrupt = corrupt;
        this.sender = sender;
        this.clean = clean;
        this.base = base;
    }

    /**
     * Runs both prompts once.
     *
     * @throws ExperimentRefusal if nothing can be moved between the prompts
     * @throws org.headscope.model.SiteRefusal if the model has no such head
     */
    public static PathPatch from(Head sender, Gpt2 model, Prompt clean, Prompt corrupt, Cancellation cancellation) {
        Experiment.checkPair(clean, corrupt);
        Site output = Site.head(HookPoint.RESULT, sender);
        output.checkFits(model.config());
        RunOptions options = RunOptions.plain().lastLogitsOnly().cancelledBy(cancellation);
        return new PathPatch(model, corrupt, sender,
            model.run(clean.ids(), options.keeping(hook -> hook.equals(output.hook()))),
            model.run(corrupt.ids(), options.keeping(hook -> hook.equals(output.hook())
                || hook.point() == HookPoint.RESID_PRE && hook.layer() > sender.layer())));
    }

    /** The clean run's logits at its last position. */
    public Logits cleanLogits() {
        return clean.logits(-1);
    }

    /** The corrupt run's logits at its last position. */
    public Logits corruptLogits() {
        return base.logits(-1);
    }

    /**
     * The logits at the last position of the corrupt run in which a receiver reads the sender's clean output.
     *
     * @param part what of the receiver reads it: {@link HookPoint#Q}, {@link HookPoint#K} or {@link HookPoint#V}
     * @throws ExperimentRefusal if the receiver does not lie in a later layer than the sender
     * @throws org.headscope.model.SiteRefusal if the model has no such head
     */
    public Logits into(Head receiver, HookPoint part, Cancellation cancellation) {
        if (!INPUTS.containsKey(part)) {
            throw new IllegalArgumentException(part + " reads nothing from the residual stream.");
        }
        Site input = Site.head(INPUTS.get(part), receiver);
        input.checkFits(model.config());
        if (receiver.layer() <= sender.layer()) {
            throw new ExperimentRefusal("%s cannot tell %s anything, which lies in no later layer; choose a receiver "
                .formatted(sender, receiver) + "above the sender.");
        }
        Intervention intervention = new Intervention(input, new Replacement.Values(reading(receiver)));
        return model.run(corrupt.ids(), RunOptions.plain().lastLogitsOnly().with(List.of(intervention))
            .cancelledBy(cancellation)).logits(-1);
    }

    /** The heads' inputs, [1, T, H, D], filled in for the receiver alone: nothing else of it is put in. */
    private Tensor reading(Head receiver) {
        int tokens = corrupt.size();
        int heads = model.config().heads();
        int width = model.config().width();
        Tensor stream = base.cache().get(HookPoint.RESID_PRE, receiver.layer());
        Tensor cleanOutput = clean.cache().get(HookPoint.RESULT, sender.layer());
        Tensor corruptOutput = base.cache().get(HookPoint.RESULT, sender.layer());
        float[] values = new float[tokens * heads * width];
        for (int position = 0; position < tokens; position++) {
            for (int i = 0; i < width; i++) {
                float change = cleanOutput.get(0, position, sender.head(), i)
                    - corruptOutput.get(0, position, sender.head(), i);
                values[(position * heads + receiver.head()) * width + i] = stream.get(0, position, i) + change;
            }
        }
        return Tensor.of(values, 1, tokens, heads, width);
    }
}
