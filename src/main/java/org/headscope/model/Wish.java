package org.headscope.model;

/** What a person wants models to compute on. */
public enum Wish {
    /** Nobody looks for a GPU. */
    CPU,
    /** A GPU or nothing. */
    GPU,
    /** A GPU where there is one that computes rightly, and else the CPU. */
    AUTO
}
