package org.headscope.session.code;

/** The TransformerLens that code is written for. */
public enum Version {
    /** HookedTransformer, which 4.0 removed. Later versions of transformers have no longer what it reads. */
    TWO("2.15", "\"transformer-lens==2.15.4\" \"transformers<5\""),
    /** TransformerBridge in its compatibility mode. */
    FOUR("4", "\"transformer-lens>=4.3\"");

    private final String label;
    private final String requirements;

    Version(String label, String requirements) {
        this.label = label;
        this.requirements = requirements;
    }

    /** Such as "TransformerLens 2.15". */
    public String label() {
        return "TransformerLens " + label;
    }

    /** The number as a person writes it. */
    public String number() {
        return label;
    }

    /** What pip installs it by. */
    String requirements() {
        return requirements;
    }
}
