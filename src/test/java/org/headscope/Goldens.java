package org.headscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.headscope.weights.Tensor;

/** What has been published of the real gpt2-small. */
final class Goldens {

    private static final JsonObject ALL = read();

    private Goldens() {
    }

    private static JsonObject read() {
        try {
            return JsonParser.parseString(Files.readString(Fixture.resource("/goldens/gpt2-small.json")))
                .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject part(String name) {
        return ALL.getAsJsonObject(name);
    }

    /** What a list holds, such as "scalars". */
    static Stream<JsonObject> entries(String list) {
        return elements(ALL.getAsJsonArray(list)).map(JsonElement::getAsJsonObject);
    }

    static Stream<JsonElement> elements(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static JsonObject entry(String list, String key, String name) {
        return entries(list).filter(entry -> entry.get(key).getAsString().equals(name)).findFirst().orElseThrow();
    }

    static JsonObject scalar(String id) {
        return entry("scalars", "id", id);
    }

    /** Compares one number within the tolerance that was published with it. */
    static void assertScalar(String id, double actual) {
        assertThat(actual).as(id).isCloseTo(scalar(id).get("expected").getAsDouble(), tolerance(id));
    }

    static void assertScalars(String id, List<Double> actual) {
        List<JsonElement> expected = scalar(id).getAsJsonArray("expected").asList();
        assertThat(actual).as(id).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("%s[%d]", id, i).isCloseTo(expected.get(i).getAsDouble(), tolerance(id));
        }
    }

    static Offset<Double> tolerance(String id) {
        return within(scalar(id).get("suggested_abs_tol").getAsDouble());
    }

    /** [rows, columns]. */
    static Tensor matrix(JsonArray rows) {
        double[] values = elements(rows).flatMapToDouble(row -> elements(row.getAsJsonArray())
            .mapToDouble(JsonElement::getAsDouble)).toArray();
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, rows.size(), rows.get(0).getAsJsonArray().size());
    }
}
