package org.headscope.weights;

import java.util.Optional;

/** The nonlinearity between the two matrices of an MLP. */
public enum Activation {
    /** GPT-2's own: the tanh approximation of GELU. */
    GELU_NEW,
    /** The exact GELU, by the error function. */
    GELU,
    RELU;

    /** By the name in a {@code config.json}; empty for one that Headscope does not compute. */
    static Optional<Activation> named(String name) {
        return Optional.ofNullable(switch (name) {
            case "gelu_new", "gelu_pytorch_tanh" -> GELU_NEW;
            case "gelu" -> GELU;
            case "relu" -> RELU;
            default -> null;
        });
    }
}
