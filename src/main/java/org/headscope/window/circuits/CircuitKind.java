package org.headscope.window.circuits;

import java.util.Optional;
import org.headscope.analysis.Circuit;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.analysis.Circuits.Input;
import org.headscope.model.Head;
import org.headscope.session.Substitution.Side;
import org.headscope.session.code.CircuitPlan;

/** What is read from a model's weights. */
public enum CircuitKind {
    COPYING("Copying scores", "How far each head copies: the sum of W_OV's eigenvalues over the sum of their magnitudes; "
        + "1 writes again what is read, −1 writes it with the opposite sign"),
    COMPOSITION_Q("Q-composition", "How much of what each head writes each later one reads for its queries: "
        + "‖W_OV·W_QK‖ / (‖W_OV‖·‖W_QK‖)"),
    COMPOSITION_K("K-composition", "How much of what each head writes each later one reads for its keys: "
        + "‖W_OV·W_QKᵀ‖ / (‖W_OV‖·‖W_QK‖)"),
    COMPOSITION_V("V-composition", "How much of what each head writes each later one reads for its values: "
        + "‖W_OV·W_OV′‖ / (‖W_OV‖·‖W_OV′‖)"),
    OV_PAIRS("Top OV pairs", "W_E·W_V·W_O·W_U on the whole vocabulary: which logits change when a token is attended to"),
    QK_PAIRS("Top QK pairs", "W_E·W_Q·W_Kᵀ·W_Eᵀ on the whole vocabulary: which key's token a query's token looks for"),
    OV_PROMPT("OV on the prompt", "W_E·W_V·W_O·W_U between the prompt's tokens, whatever their positions"),
    QK_PROMPT("QK on the prompt", "W_E·W_Q·W_Kᵀ·W_Eᵀ between the prompt's tokens, whatever their positions");

    private final String label;
    private final String meaning;

    CircuitKind(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** What it is, in one sentence with its formula. */
    public String meaning() {
        return meaning;
    }

    /** The input of the later head; empty for all but composition. */
    Optional<Input> input() {
        return switch (this) {
            case COMPOSITION_Q -> Optional.of(Input.Q);
            case COMPOSITION_K -> Optional.of(Input.K);
            case COMPOSITION_V -> Optional.of(Input.V);
            default -> Optional.empty();
        };
    }

    Circuit circuit() {
        return this == QK_PAIRS || this == QK_PROMPT ? Circuit.QK : Circuit.OV;
    }

    /** Whether it is a table of the vocabulary's pairs; all others are maps. */
    public boolean isPairs() {
        return this == OV_PAIRS || this == QK_PAIRS;
    }

    public boolean isOfPrompt() {
        return this == OV_PROMPT || this == QK_PROMPT;
    }

    /** Whether it is about the head that is looked at, rather than about all. */
    public boolean isOfHead() {
        return isPairs() || isOfPrompt();
    }

    /** What code has to read. */
    CircuitPlan plan(Optional<Head> head, Optional<Extreme> extreme, Side side) {
        if (this == COPYING) {
            return new CircuitPlan.Copying();
        }
        if (input().isPresent()) {
            return new CircuitPlan.Composition(input().get());
        }
        return isPairs() ? new CircuitPlan.Pairs(head.orElseThrow(), circuit(), extreme.orElseThrow(),
            CircuitReader.PAIRS) : new CircuitPlan.Between(head.orElseThrow(), circuit(), side);
    }

    @Override
    public String toString() {
        return label;
    }
}
