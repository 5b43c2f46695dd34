package org.headscope.weights;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code model.safetensors.index.json}: which of a large model's files holds which tensor.
 *
 * @param path of the index itself
 * @param files the name of the file that holds a tensor, by the tensor's name
 */
public record ShardIndex(Path path, Map<String, String> files) {

    /** What Hugging Face's libraries call it. */
    public static final String NAME = "model.safetensors.index.json";

    /** Far above any GPT-2's, and few enough to be open at once. */
    private static final int MOST_FILES = 500;

    /** A file's name beside the index, and nothing that could lead elsewhere. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}\\.safetensors");

    /**
     * Reads an index. The files that it names need not be there yet.
     *
     * @throws ModelRefusal if it is no index, or names files outside its own folder
     */
    public static ShardIndex read(Path path) {
        return of(path, SmallFile.text(path));
    }

    /**
     * As {@link #read}, of an index's text.
     *
     * @param path to name in a refusal
     */
    public static ShardIndex of(Path path, String json) {
        try {
            JsonObject map = JsonParser.parseString(json).getAsJsonObject().getAsJsonObject("weight_map");
            Map<String, String> files = new LinkedHashMap<>();
            for (Map.Entry<String, JsonElement> e : map.entrySet()) {
                files.put(e.getKey(), checked(path, e.getValue().getAsString()));
            }
            return checked(new ShardIndex(path, files));
        } catch (JsonParseException | IllegalStateException | ClassCastException | NullPointerException
            | UnsupportedOperationException e) {
            throw new ModelRefusal("%s is no index of weights, with a weight_map from tensors to files; fetch it again."
                .formatted(path), e);
        }
    }

    private static String checked(Path path, String file) {
        if (PLAIN.matcher(file).matches()) {
            return file;
        }
        throw new ModelRefusal("%s names the file “%s”, which is no plain name of a safetensors file beside it; fetch "
            .formatted(path, file.length() > 80 ? file.substring(0, 80) + "…" : file) + "it again.");
    }

    private static ShardIndex checked(ShardIndex index) {
        int files = index.names().size();
        if (files == 0 || files > MOST_FILES) {
            throw new ModelRefusal("%s names %,d files, where 1 to %,d are to be expected; fetch it again."
                .formatted(index.path, files, MOST_FILES));
        }
        return index;
    }

    /** The names of the files, each once. */
    public List<String> names() {
        return files.values().stream().distinct().toList();
    }

    /** The files, beside the index. */
    List<Path> paths() {
        return names().stream().map(path::resolveSibling).toList();
    }
}
