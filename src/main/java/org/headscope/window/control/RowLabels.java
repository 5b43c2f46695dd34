package org.headscope.window.control;

/** Where the labels of a map's rows stand. */
public enum RowLabels {
    /** Beside it, its own. */
    OWN,
    /** Beside it, for the maps on its right too, so they are those of all. */
    SHARED,
    /** Beside the map on its left. */
    NONE
}
