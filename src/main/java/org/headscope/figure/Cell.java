package org.headscope.figure;

/** A cell of a matrix, from zero. */
public record Cell(int row, int column) {
}
