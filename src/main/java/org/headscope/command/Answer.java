package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.List;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;

/** What a command has to say, for programs and for people. */
final class Answer {

    private final JsonObject json = new JsonObject();
    private final StringBuilder text = new StringBuilder();

    /** Empty: of a command that is about no single model. */
    Answer() {
    }

    /** Begins with what every answer says. */
    static Answer about(ModelFolder model, Processing processing) {
        Gpt2Config config = model.config();
        return new Answer()
            .put("model", new JsonPrimitive(model.name()))
            .put("processing", new JsonPrimitive(processing.id()))
            .line("%s (%d layers of %d heads), %s".formatted(model.name(), config.layers(), config.heads(),
                processing.label()));
    }

    /** A field of the JSON object. */
    Answer put(String name, JsonElement value) {
        json.add(name, value);
        return this;
    }

    /** A line for people. */
    Answer line(String line) {
        text.append(line).append(System.lineSeparator());
        return this;
    }

    /** An empty line for people, and a table. */
    Answer table(Table table) {
        line("");
        table.lines().forEach(this::line);
        return this;
    }

    /** A prompt: its tokens under this name, and a line with them. */
    Answer prompt(String name, Prompt prompt) {
        return put(name, Json.tokens(prompt)).fact(name, Text.tokens(prompt));
    }

    /** A line for people that begins with what it is about. */
    Answer fact(String name, String text) {
        return line("%-8s %s".formatted(name, text));
    }

    /** Files that have been written. */
    Answer files(List<Path> files) {
        JsonArray names = new JsonArray();
        files.forEach(file -> names.add(file.toString()));
        line("");
        files.forEach(file -> line("wrote " + file));
        return put("files", names);
    }

    /** How long the computation alone took. */
    Answer seconds(double seconds) {
        return put("seconds", Json.number(seconds));
    }

    String json() {
        return json.toString();
    }

    String text() {
        return text.toString();
    }
}
