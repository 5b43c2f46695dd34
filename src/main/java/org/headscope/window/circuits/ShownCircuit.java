package org.headscope.window.circuits;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.headscope.analysis.Circuit;
import org.headscope.figure.Axis;
import org.headscope.figure.Bars;
import org.headscope.figure.Cell;
import org.headscope.figure.Figure;
import org.headscope.figure.Heatmap;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.model.Head;
import org.headscope.window.control.Taken;

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

    /** Without an ending, such as "circuits-top-ov-pairs". */
    public String fileName() {
        return "circuits-" + kind.toString().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** As it is exported; empty where it is a table. */
    public Optional<Figure> figure(String caption) {
        return map.map(shown -> new Heatmap(title, caption, shown.rows(), shown.columns(), shown.matrix(),
            shown.scale(), shown.quantity(), null, true));
    }

    /** The pairs as bars, and as a table with every digit; empty where it is a map. */
    public Optional<Taken> takenPairs(String caption) {
        if (map.isPresent()) {
            return Optional.empty();
        }
        List<List<String>> rows = new ArrayList<>(List.of(List.of("from", "to", "value")));
        pairs.forEach(pair -> rows.add(List.of(pair.from(), pair.to(), Float.toString(pair.value()))));
        return Optional.of(new Taken(fileName(), () -> bars(caption), rows));
    }

    private Bars bars(String caption) {
        boolean isOv = kind.circuit() == Circuit.OV;
        return new Bars(title, caption, pairs.stream().map(pair -> new Bars.Bar(pair.from() + " → " + pair.to(),
            pair.value(), false)).toList(), isOv ? "raises the logit" : "raises the score",
            isOv ? "lowers the logit" : "lowers the score");
    }
}
