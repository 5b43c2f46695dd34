package org.headscope.figure;

/** An attention head by its layer and its place in it, both from zero. */
public record Head(int layer, int index) {

    /** The field's name for it, such as {@code L4H1}. */
    public String name() {
        return "L" + layer + "H" + index;
    }
}
