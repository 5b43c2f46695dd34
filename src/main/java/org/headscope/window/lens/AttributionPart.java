package org.headscope.window.lens;

/** What stands beside an attribution and can be taken away alone. */
public enum AttributionPart {
    /** What the focused head writes. */
    WRITING,
    /** The activation of the neuron that is looked at, over the prompt. */
    NEURON,
    /** What that neuron writes. */
    NEURON_WRITING
}
