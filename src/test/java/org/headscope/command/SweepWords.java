package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The words of the sweep command and how its JSON is read, for the tests of that command. */
final class SweepWords {

    static final String CLEAN = "Tom went to the store. Tom";
    static final String CORRUPT = "Tom went to the store. Sarah";
    static final String[] PAIR = {"--clean", CLEAN, "--corrupt", CORRUPT};
    static final String[] HEADS = {"--what", "z", "--by", "head"};
    static final String[] DIFFERENCE = {"--metric", "diff: went: travelled"};

    private SweepWords() {
    }

    static String[] args(Object... parts) {
        return Stream.concat(Stream.of("sweep"), Arrays.stream(parts).flatMap(part -> part instanceof String[] several
            ? Arrays.stream(several) : Stream.of((String) part))).toArray(String[]::new);
    }

    static void flatten(JsonElement element, List<Double> values, List<Integer> shape, int axis) {
        if (!element.isJsonArray()) {
            values.add(element.isJsonNull() ? Double.NaN : element.getAsDouble());
            return;
        }
        if (shape.size() == axis) {
            shape.add(element.getAsJsonArray().size());
        }
        element.getAsJsonArray().forEach(inner -> flatten(inner, values, shape, axis + 1));
    }

    static List<Double> flat(JsonElement nested) {
        List<Double> values = new ArrayList<>();
        flatten(nested, values, new ArrayList<>(), 0);
        return values;
    }

    /** [layer][position][head] to [layer][head][position], in which TransformerLens has patterns. */
    static JsonArray positionsLast(JsonElement values) {
        JsonArray turned = new JsonArray();
        for (JsonElement layer : values.getAsJsonArray()) {
            JsonArray heads = new JsonArray();
            for (int head = 0; head < layer.getAsJsonArray().get(0).getAsJsonArray().size(); head++) {
                JsonArray positions = new JsonArray();
                for (JsonElement position : layer.getAsJsonArray()) {
                    positions.add(position.getAsJsonArray().get(head));
                }
                heads.add(positions);
            }
            turned.add(heads);
        }
        return turned;
    }
}
