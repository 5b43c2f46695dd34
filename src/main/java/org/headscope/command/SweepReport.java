package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.headscope.command.Table.Align;
import org.headscope.patching.Readout;
import org.headscope.patching.SweepResult;

/**
 * What a sweep found, in numbers and in words: as shares of the way from the corrupt to the clean metric where that
 * means something, as the metric itself otherwise.
 *
 * @param errors the standard error of each value; empty where there is one pair alone
 * @param quantity what is measured, in short
 */
record SweepReport(SweepLayout layout, SweepResult result, double[] errors, String quantity) {

    private static final int NAMED_CELLS = 5;
    private static final int WIDEST = 96;
    private static final String MISSING = "–";

    boolean showsShares() {
        return result.isRecoveredMeaningful();
    }

    private double[] shares() {
        return Arrays.stream(result.values()).map(result::recovered).toArray();
    }

    /** The fields of the JSON object that hold the numbers. */
    void addNumbers(Answer answer) {
        addAxes(answer);
        answer.put("values", nestedValues());
        if (errors.length > 0) {
            answer.put("sem", layout.nested(errors));
        }
        answer.put("recovered", showsShares() ? nestedShares() : JsonNull.INSTANCE);
        addNote(answer);
    }

    /** The metric of both runs, and what the axes of the values are called. */
    void addAxes(Answer answer) {
        SweepLayout.Axis last = layout.axes().get(layout.axes().size() - 1);
        answer.put("clean", Json.number(result.clean()))
            .put("corrupt", Json.number(result.corrupt()))
            .put("rows", Json.strings(layout.axes().get(0).labels()))
            .put("columns", Json.strings(layout.axes().get(1).labels()));
        if (layout.hasThreeAxes()) {
            answer.put(last.name() + "s", Json.strings(last.labels()));
        }
    }

    JsonArray nestedValues() {
        return layout.nested(result.values());
    }

    JsonArray nestedShares() {
        return layout.nested(shares());
    }

    /** Says why there are no shares, where there could have been. */
    void addNote(Answer answer) {
        if (result.clean().isPresent() && !showsShares()) {
            answer.put("note", new JsonPrimitive(whyNoShares()));
        }
    }

    /** The same for people. */
    void addWhyNoShares(Answer answer) {
        if (result.clean().isPresent() && !showsShares()) {
            answer.line("").line(whyNoShares());
        }
    }

    private String whyNoShares() {
        return String.format(Locale.ROOT, "The clean and the corrupt metric are %.3g apart, less than %s, so a share "
            + "of that would say nothing: the values are the metric itself.",
            Math.abs(result.clean().orElseThrow() - result.corrupt()), Readout.SMALLEST_GAP);
    }

    /** A table of the first two axes, and the cells that change most. */
    void addMap(Answer answer) {
        List<String> columns = headings();
        for (int from = 0, to; from < columns.size(); from = to) {
            int width = width(columns.get(from));
            for (to = from + 1; to < columns.size() && width + width(columns.get(to)) <= WIDEST; to++) {
                width += width(columns.get(to));
            }
            answer.table(block(columns, from, to));
        }
        if (layout.hasThreeAxes()) {
            answer.line("of each, the %s that changes it most".formatted(layout.axes().get(2).name()));
        }
        answer.line(strongest());
    }

    /** Of a column with its gap, at least what a number needs. */
    private static int width(String heading) {
        return 2 + Math.max(6, heading.length());
    }

    private List<String> headings() {
        SweepLayout.Axis axis = layout.axes().get(1);
        List<String> labels = axis.labels();
        return !axis.isOfTokens() ? labels
            : IntStream.range(0, labels.size()).mapToObj(i -> i + " " + labels.get(i)).toList();
    }

    private Table block(List<String> columns, int from, int to) {
        Table table = new Table().column(showsShares() ? "recovered, %" : quantity, Align.LEFT);
        columns.subList(from, to).forEach(column -> table.column(column, Align.RIGHT));
        int inRow = result.cells() / layout.axes().get(0).size();
        int inColumn = inRow / columns.size();
        for (int row = 0; row < layout.axes().get(0).size(); row++) {
            List<String> cells = new ArrayList<>(List.of(layout.axes().get(0).labels().get(row)));
            for (int column = from; column < to; column++) {
                cells.add(strongestOf(row * inRow + column * inColumn, inColumn));
            }
            table.row(cells);
        }
        return table;
    }

    /** The value of the cell among some that changes most; of one cell its own. */
    private String strongestOf(int first, int count) {
        return IntStream.range(first, first + count).filter(result.done()::get).boxed()
            .max(Comparator.comparingDouble(this::change)).map(cell -> number(result.values()[cell])).orElse(MISSING);
    }

    private double change(int cell) {
        return Math.abs(result.values()[cell] - result.corrupt());
    }

    private String number(double value) {
        return unsignedZero(showsShares() ? percent(result.recovered(value)) : Text.number(value));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String unsignedZero(String number) {
        return number.matches("-0\\.0+") ? number.substring(1) : number;
    }

    private String strongest() {
        List<Integer> changed = result.done().stream().filter(cell -> change(cell) > 0).boxed()
            .sorted(Comparator.comparingDouble(this::change).reversed()).limit(NAMED_CELLS).toList();
        return changed.isEmpty() ? "no cell changes anything"
            : "strongest: " + changed.stream().map(this::named).collect(Collectors.joining(", "));
    }

    private String named(int cell) {
        return layout.name(cell) + " " + number(result.values()[cell]) + error(cell) + (showsShares() ? " %" : "");
    }

    private String error(int cell) {
        if (errors.length == 0 || Double.isNaN(errors[cell])) {
            return "";
        }
        return " ± " + (showsShares()
            ? percent(errors[cell] / Math.abs(result.clean().orElseThrow() - result.corrupt()))
            : Text.number(errors[cell]));
    }

    /**
     * One row a cell under a header, every digit of its numbers, and nothing for a cell that was not computed.
     *
     * @param others further columns of values, with the name of each
     */
    List<List<String>> table(List<String> names, List<SweepResult> others) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(layout.header());
        header.add("value");
        if (errors.length > 0) {
            header.add("sem");
        }
        header.add("recovered");
        header.addAll(names);
        rows.add(header);
        for (int cell = 0; cell < result.cells(); cell++) {
            List<String> row = new ArrayList<>(layout.row(cell));
            row.add(digits(result.values()[cell]));
            if (errors.length > 0) {
                row.add(digits(errors[cell]));
            }
            row.add(showsShares() ? digits(result.recovered(result.values()[cell])) : "");
            for (SweepResult other : others) {
                row.add(digits(other.values()[cell]));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String digits(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
