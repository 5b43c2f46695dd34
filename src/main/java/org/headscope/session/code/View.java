package org.headscope.session.code;

/** What code can be asked to compute: one for each thing that the window shows. */
public enum View {
    PATTERNS("Attention patterns"),
    COMPARE("Clean, corrupt and their difference"),
    PATCH("The staged patches"),
    SWEEP("The sweep"),
    PATH("The path from a head to another"),
    LENS("Logit lens"),
    ATTRIBUTION("Direct logit attribution"),
    NEURON("A neuron"),
    DETECTORS("Head detectors"),
    CIRCUIT("What the weights say"),
    GENERATION("The prompt continued");

    private final String title;

    View(String title) {
        this.title = title;
    }

    /** The heading of its section. */
    public String title() {
        return title;
    }
}
