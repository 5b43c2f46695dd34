package org.headscope.model;

/**
 * One change to a run. Where several name the same hook they act in their order, as TransformerLens's hooks do.
 *
 * @param renormalized whether the rows of a pattern that the site touches are divided by their sums afterwards, keys
 *     outside the site included; a row whose sum is not above 0 stays as it is
 */
public record Intervention(Site site, Replacement replacement, boolean renormalized) {

    public Intervention {
        if ((renormalized || replacement.isOfPatterns()) && site.hook().point() != HookPoint.PATTERN) {
            throw new IllegalArgumentException(replacement + " at " + site);
        }
    }

    /** Leaves the other values of a row as they are, as TransformerLens does. */
    public Intervention(Site site, Replacement replacement) {
        this(site, replacement, false);
    }
}
