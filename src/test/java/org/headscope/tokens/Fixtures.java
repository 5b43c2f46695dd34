package org.headscope.tokens;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The models and TransformerLens's numbers that lie among the test resources. */
final class Fixtures {

    static final List<String> NAMES = List.of("tiny", "small", "demo");

    private Fixtures() {
    }

    static Path model(String name) {
        return name.equals("demo") ? resource("/org/headscope/demo-model") : resource("/fixtures/" + name + "/model");
    }

    static JsonObject expected(String name) {
        try {
            return JsonParser.parseString(Files.readString(resource("/fixtures/" + name + "/expected.json")))
                .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path resource(String path) {
        try {
            return Path.of(Fixtures.class.getResource(path).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
