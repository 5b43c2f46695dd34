package org.headscope.session.code;

import org.headscope.weights.Processing;

/** Python for one neuron: its activation over a prompt, and what it writes. */
final class NeuronCode {

    private final NeuronPlan plan;
    private final Processing processing;

    NeuronCode(NeuronPlan plan, Processing processing) {
        this.plan = plan;
        this.processing = processing;
    }

    /** Leaves the numbers in {@code activation}, {@code promotes} and {@code suppresses}. */
    String code() {
        int layer = plan.neuron().layer();
        int neuron = plan.neuron().neuron();
        String side = plan.side().word();
        return """
            activation = %1$s_cache["blocks.%2$d.mlp.hook_post"][0, :, %3$d]  # %4$s, [position]
            print(list(zip(model.to_str_tokens(%1$s[0]), activation.tolist())))

            direction = model.W_out[%2$d, %3$d]  # what it writes for each unit of its activation
            """.formatted(side, layer, neuron, plan.neuron()) + (processing == Processing.RAW ? """
            # The last LayerNorm's weights, which unprocessed models have.
            direction = (direction - direction.mean()) * model.ln_final.w
            """ : "") + """
            writes = direction @ model.W_U  # [token]
            promotes, suppresses = writes.topk(%1$d), writes.topk(%1$d, largest=False)
            for most in (promotes, suppresses):
                print([(model.tokenizer.decode([token]), value)
                       for token, value in zip(most.indices.tolist(), most.values.tolist())])
            """.formatted(plan.written());
    }
}
