package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.OptionalDouble;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;
import org.headscope.weights.Tensor;

/** Values as JSON: numbers with all their digits, and null for what JSON has no number for. */
final class Json {

    private Json() {
    }

    static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }

    /** A float keeps its own, fewer digits: as a double it would grow false ones. */
    static JsonElement number(float value) {
        return Float.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }

    static JsonElement number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : JsonNull.INSTANCE;
    }

    /** [row][column] */
    static JsonArray matrix(double[][] values) {
        JsonArray rows = new JsonArray();
        for (double[] row : values) {
            JsonArray columns = new JsonArray();
            for (double value : row) {
                columns.add(number(value));
            }
            rows.add(columns);
        }
        return rows;
    }

    /** Nested as deep as the tensor has axes. */
    static JsonArray tensor(Tensor tensor) {
        JsonArray array = new JsonArray();
        for (int i = 0; i < tensor.extent(0); i++) {
            array.add(tensor.rank() == 1 ? number(tensor.get(i)) : tensor(tensor.slice(i)));
        }
        return array;
    }

    static JsonArray strings(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    static JsonArray integers(int[] values) {
        JsonArray array = new JsonArray();
        for (int value : values) {
            array.add(value);
        }
        return array;
    }

    static JsonArray tokens(Prompt prompt) {
        JsonArray tokens = new JsonArray();
        for (Token token : prompt.tokens()) {
            JsonObject object = new JsonObject();
            object.addProperty("index", token.index());
            object.addProperty("id", token.id());
            object.addProperty("text", token.text());
            tokens.add(object);
        }
        return tokens;
    }
}
