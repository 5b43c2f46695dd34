package org.headscope.window.circuits;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Figure;
import org.headscope.figure.Heatmap;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.model.Head;

/**
 * What was read from the weights: a map, or a table of pairs.
 *
 * @param title what is shown
 * @param map empty where there are pairs
 * @param pairs the strongest first; empty where there is a map
 * @param heads of each row and column of a map of heads, which can be looked at; empty for maps of tokens
 */
public record ShownCircuit(CircuitKind kind, String title, Optional<CircuitMap> map, List<TokenPair> pairs,
                           Optional<HeadAxes> heads) {

    /** @param quantity what a value is */
    public record CircuitMap(Matrix matrix, Axis rows, Axis columns, Scale scale, String quantity) {
    }

    /** Two tokens as they are labelled, and the entry. */
    public record TokenPair(int rank, String from, String to, float value) {
    }

    /** Which heads the rows and the columns stand for; one list for a map of layers by heads. */
    public record HeadAxes(List<Head> rows, List<Head> columns) {
    }

    public ShownCircuit {
        pairs = List.copyOf(pairs);
    }

    /** The head that a cell leads to: itself, or the earlier one of two. */
    public Optional<Head> head(Cell cell) {
        if (kind == CircuitKind.COPYING) {
            return Optional.of(new Head(cell.row(), cell.column()));
        }
        return heads.map(axes -> axes.rows().get(cell.row()));
    }

    /** A cell in words. */
    public String words(Cell cell) {
        CircuitMap shown = map.orElseThrow();
        float value = shown.matrix().value(cell.row(), cell.column());
        if (kind == CircuitKind.COPYING) {
            return "%s: %s".formatted(new Head(cell.row(), cell.column()), number(value));
        }
        return "%s → %s: %s".formatted(shown.rows().labels().get(cell.row()),
            shown.columns().labels().get(cell.column()), number(value));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replace('-', '−');
    }

    /** As it is exported; empty where it is a table. */
    public Optional<Figure> figure(String caption) {
        return map.map(shown -> new Heatmap(title, caption, shown.rows(), shown.columns(), shown.matrix(),
            shown.scale(), shown.quantity(), null, true));
    }

    /** Tab-separated, every digit. */
    public String table() {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        if (map.isEmpty()) {
            lines.add("from\tto\tvalue");
            pairs.forEach(pair -> lines.add(pair.from() + "\t" + pair.to() + "\t" + pair.value()));
            return lines.toString();
        }
        CircuitMap shown = map.get();
        lines.add("\t" + String.join("\t", shown.columns().labels()));
        for (int row = 0; row < shown.matrix().rows(); row++) {
            StringJoiner line = new StringJoiner("\t").add(shown.rows().labels().get(row));
            for (int column = 0; column < shown.matrix().columns(); column++) {
                line.add(Float.toString(shown.matrix().value(row, column)));
            }
            lines.add(line.toString());
        }
        return lines.toString();
    }
}
