package org.headscope.window.sweep;

import java.util.List;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.session.HeadPath;

/**
 * What one path from a head to another does to the metric: one cell of the sweep of all paths from its sender, with the
 * same number and the same words.
 *
 * @param sweep in which that cell alone is computed
 */
public record ShownPath(HeadPath path, ShownSweep sweep) {

    private Cell cell() {
        return new Cell(path.receiver().layer(), path.receiver().head());
    }

    /** The metric with the path patched. */
    public double value() {
        return sweep.results().get(0).get(cell().row(), cell().column());
    }

    /** The share of the way between the runs where there is one, else the change of the metric. */
    public double effect() {
        return sweep.shown(value());
    }

    /** The effect in its unit, with its sign, such as "+12.3 %". */
    public String label() {
        String text = sweep.text(effect());
        return effect() > 0 && !text.startsWith("+") ? "+" + text : text;
    }

    /** What happened, such as "L0H3 → L1H0 q: logit difference 1.2345, change +0.3000, recovered 3.1 %". */
    public String words() {
        return sweep.words(0, cell());
    }

    /** What is put where, such as "clean into corrupt". */
    public String substitution() {
        return sweep.substitution().toString();
    }

    /** What the effect is a share or a change of. */
    public String quantity() {
        return sweep.quantity();
    }

    /** Of the sweep of all paths from the sender, so that a colour means there what it means here. */
    public Scale scale() {
        return sweep.isShare() ? Scale.signedUnit() : Scale.signedMax(Matrix.of(1, 1, new float[] {(float) effect()}));
    }

    /** A line a quantity, tab-separated with every digit. */
    public List<List<String>> table() {
        return List.of(List.of("path", "run", "metric", "value", "before", sweep.isShare() ? "share" : "change"),
            List.of(path.toString(), substitution(), sweep.measure().toString(), Double.toString(value()),
                Double.toString(sweep.before()), Double.toString(effect())));
    }
}
