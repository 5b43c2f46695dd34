package org.headscope.tokens;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A tokenizer's files, read: {@code tokenizer.json}, or {@code vocab.json} with {@code merges.txt}, from which the same
 * JSON is written here (the library's own loader for those two forgets the byte level, so that spaces and all but ASCII
 * vanish).
 *
 * @param json what the library loads: no truncation, no padding, BOS known as a special token
 * @param vocabulary the same tokens with their bytes
 * @param source the file to name when the library does not accept the JSON
 */
record TokenizerFiles(String json, Vocabulary vocabulary, Path source) {

    private static final String TOKENIZER = "tokenizer.json";
    private static final String VOCABULARY = "vocab.json";
    private static final String MERGES = "merges.txt";

    private static final String ADDED_TOKENS = "added_tokens";

    /** Far above any real vocabulary; keeps a broken id from asking for gigabytes. */
    private static final int HIGHEST_ID = 4_000_000;

    /** @throws TokenizerRefusal naming the file that is missing or broken */
    static TokenizerFiles read(Path folder) {
        Path tokenizer = folder.resolve(TOKENIZER);
        if (Files.exists(tokenizer)) {
            return of(parse(tokenizer), tokenizer);
        }
        Path vocabulary = folder.resolve(VOCABULARY);
        Path merges = folder.resolve(MERGES);
        if (Files.exists(vocabulary) && Files.exists(merges)) {
            return of(synthesized(parse(vocabulary), vocabulary, merges), vocabulary);
        }
        if (Files.exists(vocabulary) || Files.exists(merges)) {
            Path missing = Files.exists(vocabulary) ? merges : vocabulary;
            throw new TokenizerRefusal("“" + missing + "” is missing: the tokenizer needs " + VOCABULARY
                + " together with " + MERGES + ", or " + TOKENIZER + ".");
        }
        throw new TokenizerRefusal("“" + folder + "” has no tokenizer: put " + TOKENIZER + ", or " + VOCABULARY
            + " with " + MERGES + ", beside the weights.");
    }

    private static TokenizerFiles of(JsonObject root, Path source) {
        try {
            JsonObject model = root.getAsJsonObject("model");
            JsonElement type = model.get("type");
            if (type != null && !type.isJsonNull() && !type.getAsString().equals("BPE")) {
                throw broken(source, "its model is " + type.getAsString() + ", not GPT-2's byte-level BPE", null);
            }
            Map<String, Integer> spelled = ids(model.getAsJsonObject("vocab"), source);
            Map<String, Integer> literal = new HashMap<>();
            JsonElement added = root.get(ADDED_TOKENS);
            if (added == null || added.isJsonNull()) {
                added = new JsonArray();
                root.add(ADDED_TOKENS, added);
            }
            for (JsonElement token : added.getAsJsonArray()) {
                JsonObject entry = token.getAsJsonObject();
                literal.put(entry.get("content").getAsString(), checked(entry.get("id"), source));
            }
            if (!literal.containsKey(Vocabulary.BOS) && spelled.containsKey(Vocabulary.BOS)) {
                // Transformers adds it when it builds the tokenizer; without it "<|endoftext|>" would be split.
                added.getAsJsonArray().add(special(spelled.get(Vocabulary.BOS)));
            }
            root.add("truncation", JsonNull.INSTANCE);
            root.add("padding", JsonNull.INSTANCE);
            int size = Math.max(highest(spelled), highest(literal)) + 1;
            if (size == 0) {
                throw broken(source, "it has no tokens", null);
            }
            return new TokenizerFiles(root.toString(), new Vocabulary(spelled, literal, size), source);
        } catch (IllegalArgumentException notSpelledInBytes) {
            throw broken(source, notSpelledInBytes.getMessage() + ", as GPT-2's are", notSpelledInBytes);
        } catch (ClassCastException | IllegalStateException | NullPointerException
            | UnsupportedOperationException otherShape) {
            throw broken(source, "it has not the shape of one", otherShape);
        }
    }

    private static Map<String, Integer> ids(JsonObject vocabulary, Path source) {
        Map<String, Integer> ids = new HashMap<>(2 * vocabulary.size());
        for (Map.Entry<String, JsonElement> entry : vocabulary.entrySet()) {
            ids.put(entry.getKey(), checked(entry.getValue(), source));
        }
        return ids;
    }

    private static int highest(Map<String, Integer> ids) {
        return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
    }

    private static int checked(JsonElement id, Path source) {
        if (id == null || !id.isJsonPrimitive()) {
            throw broken(source, "a token has no id", null);
        }
        double value;
        try {
            value = id.getAsDouble();
        } catch (NumberFormatException noNumber) {
            throw broken(source, "“" + id.getAsString() + "” is no token id", noNumber);
        }
        if (value != Math.rint(value) || value < 0 || value > HIGHEST_ID) {
            throw broken(source, id + " is no token id", null);
        }
        return (int) value;
    }

    private static JsonObject parse(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException unreadable) {
            throw broken(file, "it is no readable UTF-8 file", unreadable);
        } catch (JsonParseException | IllegalStateException noObject) {
            throw broken(file, "it is no JSON object", noObject);
        }
    }

    private static JsonObject synthesized(JsonObject vocabulary, Path vocabularyFile, Path mergesFile) {
        if (vocabulary.size() == 0) {
            throw broken(vocabularyFile, "it has no tokens", null);
        }
        JsonObject model = new JsonObject();
        model.addProperty("type", "BPE");
        model.add("vocab", vocabulary);
        model.add("merges", merges(vocabulary, vocabularyFile, mergesFile));

        JsonObject byteLevel = new JsonObject();
        byteLevel.addProperty("type", "ByteLevel");
        byteLevel.addProperty("add_prefix_space", false);
        byteLevel.addProperty("trim_offsets", false);
        byteLevel.addProperty("use_regex", true);

        JsonObject root = new JsonObject();
        JsonArray added = new JsonArray();
        if (!vocabulary.has(Vocabulary.BOS)) {
            // As Transformers does for these two files: the next free id.
            added.add(special(highest(ids(vocabulary, vocabularyFile)) + 1));
        }
        root.addProperty("version", "1.0");
        root.add(ADDED_TOKENS, added);
        root.add("normalizer", JsonNull.INSTANCE);
        root.add("pre_tokenizer", byteLevel);
        root.add("post_processor", byteLevel);
        root.add("decoder", byteLevel);
        root.add("model", model);
        return root;
    }

    private static JsonArray merges(JsonObject vocabulary, Path vocabularyFile, Path mergesFile) {
        String content;
        try {
            content = Files.readString(mergesFile);
        } catch (IOException unreadable) {
            throw broken(mergesFile, "it is no readable UTF-8 file", unreadable);
        }
        JsonArray merges = new JsonArray();
        int lineNumber = 0;
        for (String line : content.lines().toList()) {
            lineNumber++;
            if (line.isEmpty() || lineNumber == 1 && line.startsWith("#version")) {
                continue;
            }
            String[] parts = line.split(" ", -1);
            if (parts.length != 2) {
                throw broken(mergesFile, "line " + lineNumber + " is no pair of tokens", null);
            }
            for (String token : new String[] {parts[0], parts[1], parts[0] + parts[1]}) {
                if (!vocabulary.has(token)) {
                    throw broken(mergesFile, "line " + lineNumber + " merges to “" + token + "”, which “"
                        + vocabularyFile.getFileName() + "” does not have", null);
                }
            }
            JsonArray pair = new JsonArray();
            pair.add(parts[0]);
            pair.add(parts[1]);
            merges.add(pair);
        }
        return merges;
    }

    private static JsonObject special(int id) {
        JsonObject token = new JsonObject();
        token.addProperty("id", id);
        token.addProperty("content", Vocabulary.BOS);
        token.addProperty("single_word", false);
        token.addProperty("lstrip", false);
        token.addProperty("rstrip", false);
        token.addProperty("normalized", false);
        token.addProperty("special", true);
        return token;
    }

    static TokenizerRefusal broken(Path file, String reason, Throwable cause) {
        return new TokenizerRefusal("“" + file + "” is not a tokenizer that can be read, since " + reason
            + ": replace it with the one that came with the model.", cause);
    }
}
