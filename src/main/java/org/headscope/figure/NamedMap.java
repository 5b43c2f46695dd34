package org.headscope.figure;

/** A map with the name that a figure and a file give it, such as {@code L4H1} or {@code clean}. */
public record NamedMap(String name, Matrix matrix) {
}
