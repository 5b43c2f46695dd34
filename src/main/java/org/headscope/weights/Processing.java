package org.headscope.weights;

/** In which form the weights are used; every logit depends on it, so it is shown wherever one is. */
public enum Processing {
    /**
     * What {@code HookedTransformer.from_pretrained} does by default: fold_ln, center_writing_weights,
     * center_unembed, fold_value_biases. Probabilities are the same; logits are centred at every position.
     */
    TRANSFORMERLENS("transformerlens", "TransformerLens processing"),
    /** As the file has them. */
    RAW("raw", "raw weights");

    private final String id;
    private final String label;

    Processing(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** The word in JSON and on the command line. */
    public String id() {
        return id;
    }

    public String label() {
        return label;
    }
}
