package org.headscope.tokens;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A tokenizer's files: {@code tokenizer.json}, or {@code vocab.json} with {@code merges.txt}, from which the same JSON
 * is written here (the library's own loader for those two forgets the byte level, so that spaces and all but ASCII
 * vanish).
 *
 * @param json as it was found or written
 * @param source the file to name when it is no tokenizer
 */
record TokenizerFiles(byte[] json, Path source) {

    private static final String TOKENIZER = "tokenizer.json";
    private static final String VOCABULARY = "vocab.json";
    private static final String MERGES = "merges.txt";

    /** @throws TokenizerRefusal naming the file that is missing or broken */
    static TokenizerFiles find(Path folder) {
        Path tokenizer = folder.resolve(TOKENIZER);
        if (Files.exists(tokenizer)) {
            return new TokenizerFiles(bytes(tokenizer), tokenizer);
        }
        Path vocabulary = folder.resolve(VOCABULARY);
        Path merges = folder.resolve(MERGES);
        if (Files.exists(vocabulary) && Files.exists(merges)) {
            JsonObject json = synthesized(parse(vocabulary), vocabulary, merges);
            return new TokenizerFiles(json.toString().getBytes(StandardCharsets.UTF_8), vocabulary);
        }
        if (Files.exists(vocabulary) || Files.exists(merges)) {
            Path missing = Files.exists(vocabulary) ? merges : vocabulary;
            throw new TokenizerRefusal("“" + missing + "” is missing: the tokenizer needs " + VOCABULARY
                + " together with " + MERGES + ", or " + TOKENIZER + ".");
        }
        throw new TokenizerRefusal("“" + folder + "” has no tokenizer: put " + TOKENIZER + ", or " + VOCABULARY
            + " with " + MERGES + ", beside the weights.");
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw TokenizerContents.broken(file, "it cannot be read", unreadable);
        }
    }

    private static JsonObject parse(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException unreadable) {
            throw TokenizerContents.broken(file, "it is no readable UTF-8 file", unreadable);
        } catch (JsonParseException | IllegalStateException noObject) {
            throw TokenizerContents.broken(file, "it is no JSON object", noObject);
        }
    }

    private static JsonObject synthesized(JsonObject vocabulary, Path vocabularyFile, Path mergesFile) {
        if (vocabulary.size() == 0) {
            throw TokenizerContents.broken(vocabularyFile, "it has no tokens", null);
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
            added.add(TokenizerContents.special(highestId(vocabulary, vocabularyFile) + 1));
        }
        root.addProperty("version", "1.0");
        root.add(TokenizerContents.ADDED_TOKENS, added);
        root.add("normalizer", JsonNull.INSTANCE);
        root.add("pre_tokenizer", byteLevel);
        root.add("post_processor", byteLevel);
        root.add("decoder", byteLevel);
        root.add("model", model);
        return root;
    }

    private static int highestId(JsonObject vocabulary, Path source) {
        int highest = -1;
        for (Map.Entry<String, JsonElement> token : vocabulary.entrySet()) {
            String id = token.getValue().isJsonPrimitive() ? token.getValue().getAsString() : null;
            highest = Math.max(highest, TokenizerContents.id(id, source));
        }
        return highest;
    }

    private static JsonArray merges(JsonObject vocabulary, Path vocabularyFile, Path mergesFile) {
        String content;
        try {
            content = Files.readString(mergesFile);
        } catch (IOException unreadable) {
            throw TokenizerContents.broken(mergesFile, "it is no readable UTF-8 file", unreadable);
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
                throw TokenizerContents.broken(mergesFile, "line " + lineNumber + " is no pair of tokens", null);
            }
            for (String token : new String[] {parts[0], parts[1], parts[0] + parts[1]}) {
                if (!vocabulary.has(token)) {
                    throw TokenizerContents.broken(mergesFile, "line " + lineNumber + " merges to “" + token + "”, which “"
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
}
