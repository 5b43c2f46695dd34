package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.weights.Gpt2Config;

/**
 * How the cells of a sweep are arranged: what its axes stand for, and what its cells are called.
 *
 * @param axes two or three; the first stands for layers
 */
record SweepLayout(SweepKind kind, List<Axis> axes) {

    /**
     * @param name in the singular
     * @param prefix of the numbers along it, such as {@code L}
     * @param tokens one label a position; empty for an axis of something else
     */
    record Axis(String name, String prefix, int size, List<String> tokens) {

        /** What each place along it is called. */
        List<String> labels() {
            return tokens.isEmpty() ? IntStream.range(0, size).mapToObj(i -> prefix + i).toList() : tokens;
        }

        boolean isOfTokens() {
            return !tokens.isEmpty();
        }
    }

    /** @param tokens what each position is called */
    static SweepLayout of(SweepKind kind, Gpt2Config config, List<String> tokens) {
        return of(kind, config, tokens.size(), tokens);
    }

    /** Where a position has no name, since each of many prompts has another token there. */
    static SweepLayout of(SweepKind kind, Gpt2Config config, int positions) {
        return of(kind, config, positions, List.of());
    }

    private static SweepLayout of(SweepKind kind, Gpt2Config config, int count, List<String> tokens) {
        Axis layers = new Axis("layer", "L", config.layers(), List.of());
        Axis heads = new Axis("head", "H", config.heads(), List.of());
        return new SweepLayout(kind, switch (kind.by()) {
            case HEAD -> List.of(layers, heads);
            case EDGE -> List.of(layers, heads, new Axis("key", "", count, tokens));
            case POSITION -> {
                Axis positions = new Axis("position", "", count, tokens);
                yield SweepKind.OF_HEADS.contains(kind.point()) ? List.of(layers, positions, heads)
                    : List.of(layers, positions);
            }
        });
    }

    boolean hasThreeAxes() {
        return axes.size() > 2;
    }

    /** Where a cell lies along each axis. */
    int[] index(int cell) {
        int[] index = new int[axes.size()];
        int rest = cell;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % axes.get(axis).size();
            rest /= axes.get(axis).size();
        }
        return index;
    }

    /** A cell in the manner of sites: {@code L1H0}, {@code L1@7}, {@code L1H0@7} or, of an edge, {@code L1H0@7,2}. */
    String name(int cell) {
        int[] index = index(cell);
        if (kind.by() == By.EDGE) {
            return "L%dH%d@%d,%d".formatted(index[0], index[1], axes.get(2).size() - 1, index[2]);
        }
        if (kind.by() == By.HEAD) {
            return "L%dH%d".formatted(index[0], index[1]);
        }
        return hasThreeAxes() ? "L%dH%d@%d".formatted(index[0], index[2], index[1])
            : "L%d@%d".formatted(index[0], index[1]);
    }

    /** Nested as the axes are; null for what is no number. */
    JsonArray nested(double[] values) {
        return nested(values, 0, 0, values.length).getAsJsonArray();
    }

    private JsonElement nested(double[] values, int axis, int from, int count) {
        if (axis == axes.size()) {
            return Json.number(values[from]);
        }
        JsonArray array = new JsonArray();
        int size = count / axes.get(axis).size();
        for (int i = 0; i < axes.get(axis).size(); i++) {
            array.add(nested(values, axis + 1, from + i * size, size));
        }
        return array;
    }

    /** The columns of a table that say which cell a row is. */
    List<String> header() {
        List<String> header = new ArrayList<>();
        for (Axis axis : axes) {
            header.add(axis.name());
            if (axis.isOfTokens()) {
                header.add("token");
            }
        }
        return header;
    }

    /** One cell's values in the columns of {@link #header}. */
    List<String> row(int cell) {
        List<String> row = new ArrayList<>();
        int[] index = index(cell);
        for (int axis = 0; axis < index.length; axis++) {
            row.add(Integer.toString(index[axis]));
            if (axes.get(axis).isOfTokens()) {
                row.add(axes.get(axis).tokens().get(index[axis]));
            }
        }
        return row;
    }
}
