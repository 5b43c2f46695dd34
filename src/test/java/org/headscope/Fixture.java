package org.headscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Safetensors;
import org.headscope.weights.Tensor;

/** What TransformerLens 2.15.4 computed for one small model: tensors and facts, by the names of the fixtures. */
public final class Fixture {

    public static final Fixture TINY = new Fixture("tiny");
    public static final Fixture SMALL = new Fixture("small");
    public static final Fixture DEMO = new Fixture("demo");

    private final String name;
    private final Path folder;
    private final Safetensors tensors;
    private final JsonObject facts;

    private Fixture(String name) {
        this.name = name;
        this.folder = resource("/fixtures/" + name);
        this.tensors = Safetensors.open(folder.resolve("expected.safetensors"));
        try {
            this.facts = JsonParser.parseString(Files.readString(folder.resolve("expected.json"))).getAsJsonObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Path resource(String path) {
        try {
            return Path.of(Objects.requireNonNull(Fixture.class.getResource(path), path).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path modelPath() {
        return folder.resolve("model");
    }

    public ModelFolder model() {
        return this == DEMO ? ModelFolder.demo() : ModelFolder.open(modelPath());
    }

    public JsonObject facts() {
        return facts;
    }

    public String prompt(String run) {
        return facts.getAsJsonObject(run).get("prompt").getAsString();
    }

    public int[] ids(String run) {
        return ints(facts.getAsJsonObject(run).getAsJsonArray("ids"));
    }

    public static int[] ints(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false).mapToInt(e -> e.getAsInt()).toArray();
    }

    public Set<String> names() {
        return tensors.names();
    }

    public Tensor tensor(String tensor) {
        return tensors.tensor(tensor);
    }

    /** Compares shape and every value, allowing the tolerance times the largest magnitude where that exceeds one. */
    public static void assertClose(String what, Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        float largest = 1;
        for (int i = 0; i < expected.size(); i++) {
            if (Float.isFinite(expected.at(i))) {
                largest = Math.max(largest, Math.abs(expected.at(i)));
            }
        }
        for (int i = 0; i < expected.size(); i++) {
            if (Float.isFinite(expected.at(i))) {
                assertThat((double) actual.at(i)).as("%s[%d] of %s", what, i, Arrays.toString(expected.shape()))
                    .isCloseTo(expected.at(i), within(tolerance * largest));
            } else {
                assertThat(actual.at(i)).as("%s[%d]", what, i).isEqualTo(expected.at(i));
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
