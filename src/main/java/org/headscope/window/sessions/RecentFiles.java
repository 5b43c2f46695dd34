package org.headscope.window.sessions;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.headscope.window.Settings;

/** The session files that were opened or saved last, remembered between starts. Belongs to the FX thread. */
final class RecentFiles {

    static final int LIMIT = 8;

    private static final String NAME = "recent-sessions";

    private final Settings settings;

    RecentFiles(Settings settings) {
        this.settings = settings;
    }

    /** Newest first. */
    List<Path> all() {
        List<Path> files = new ArrayList<>();
        try {
            String json = new String(Base64.getDecoder().decode(settings.text(NAME, "")), StandardCharsets.UTF_8);
            for (JsonElement file : JsonParser.parseString(json.isEmpty() ? "[]" : json).getAsJsonArray()) {
                files.add(Path.of(file.getAsString()));
            }
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
            // What somebody else wrote there is not worth a word.
            return List.copyOf(files);
        }
        return List.copyOf(files);
    }

    void add(Path file) {
        List<Path> files = new ArrayList<>(all());
        files.remove(file.toAbsolutePath());
        files.add(0, file.toAbsolutePath());
        JsonArray json = new JsonArray();
        files.stream().limit(LIMIT).forEach(one -> json.add(one.toString()));
        // Settings hold ASCII only.
        settings.putText(NAME, Base64.getEncoder().encodeToString(json.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
