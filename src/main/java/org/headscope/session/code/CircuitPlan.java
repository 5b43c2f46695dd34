package org.headscope.session.code;

import org.headscope.analysis.Circuit;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.analysis.Circuits.Input;
import org.headscope.model.Head;
import org.headscope.session.Substitution.Side;

/** What is read from a model's weights. */
public sealed interface CircuitPlan {

    /** How far each head copies, [layer, head]. */
    record Copying() implements CircuitPlan {
    }

    /** How much of what each head writes each later one reads, [layer, head, later layer, later head]. */
    record Composition(Input input) implements CircuitPlan {
    }

    /**
     * The strongest entries of a head's circuit on the vocabulary, the strongest first.
     *
     * @param count at most so many
     */
    record Pairs(Head head, Circuit circuit, Extreme extreme, int count) implements CircuitPlan {
    }

    /** A head's circuit between the tokens of one of the prompts, [token, token]. */
    record Between(Head head, Circuit circuit, Side side) implements CircuitPlan {
    }
}
