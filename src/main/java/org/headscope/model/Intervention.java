package org.headscope.model;

/**
 * One change to a run. Where several name the same hook they act in their order, as TransformerLens's hooks do.
 */
public record Intervention(Site site, Replacement replacement) {
}
