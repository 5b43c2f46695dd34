package org.headscope.window.control;

import org.headscope.figure.CellRange;

/**
 * Cells of a map that something is done to.
 *
 * @param struck whether a line goes through each of them, since what they show is taken away; else a frame goes around
 * @param words what is done, such as "knocked out"
 */
public record HeatMark(CellRange cells, boolean struck, String words) {
}
