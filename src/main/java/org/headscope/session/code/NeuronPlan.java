package org.headscope.session.code;

import org.headscope.analysis.NeuronReading;
import org.headscope.session.Substitution.Side;

/**
 * A neuron over one of the prompts.
 *
 * @param written how many tokens to tell that it promotes most, and that it suppresses most
 */
public record NeuronPlan(NeuronReading.Id neuron, Side side, int written) {
}
