package org.headscope.figure;

/** What a cell of a {@link Matrix} holds. All but {@link #VALUE} are drawn as a pattern, never as a colour. */
public enum CellState {
    /** A number, drawn as its colour. */
    VALUE(""),
    /** The key lies after the query, which cannot see it: no fill, under a staircase line. */
    FUTURE("future (masked)"),
    /** No number yet, or none any more: a 45-degree hatch. */
    NOT_COMPUTED("not computed"),
    /** Stands for nothing that there is, such as a path to an earlier layer: a dash. */
    NO_PATH("no path"),
    /** Nothing before this place differs between the runs, so neither does this: dots. */
    IDENTICAL("identical by causality"),
    /** Left out by the reader, without renormalising the rest: no fill. */
    HIDDEN("hidden, row not renormalised"),
    /** Not a number: a cross. */
    NAN("not a number");

    private final String legend;

    CellState(String legend) {
        this.legend = legend;
    }

    /** What the legend calls it. */
    String legend() {
        return legend;
    }
}
