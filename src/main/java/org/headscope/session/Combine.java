package org.headscope.session;

/** Whose attention one map shows. */
public enum Combine {
    HEAD("Each head", "Each head", "The head that is looked at, or each of the chosen heads in a map of its own"),
    MEAN("Mean of heads", "Mean", "The mean over the chosen heads, place by place; over the layer's where none are chosen"),
    MAXIMUM("Maximum of heads", "Maximum", "The largest value of any chosen head, place by place; of the layer's where none are "
        + "chosen"),
    ROLLOUT("Rollout", "Rollout", "How much of each position reaches each later one, from the input to after this layer, if every "
        + "layer passes on half of the stream as it is and half by the mean of its heads");

    private final String label;
    private final String brief;
    private final String meaning;

    Combine(String label, String brief, String meaning) {
        this.label = label;
        this.brief = brief;
        this.meaning = meaning;
    }

    /** As it is called where there is little room. */
    public String brief() {
        return brief;
    }

    /** What it does, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** Whether it shows the chosen set of heads. */
    public boolean isOfSet() {
        return this == MEAN || this == MAXIMUM;
    }

    @Override
    public String toString() {
        return label;
    }
}
