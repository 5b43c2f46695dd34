package org.headscope.tokens;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a {@code tokenizer.json} says about its tokens, read in one pass: the library reads the same bytes meanwhile.
 */
final class TokenizerContents {

    /** Far above any real vocabulary; keeps a broken id from asking for gigabytes. */
    private static final int HIGHEST_ID = 4_000_000;

    /** Of GPT-2, with room to spare. */
    private static final int USUAL_SIZE = 1 << 17;

    static final String ADDED_TOKENS = "added_tokens";
    private static final String TRUNCATION = "truncation";
    private static final String PADDING = "padding";

    private final Path source;

    /** Tokens in the byte alphabet, with their ids. */
    private final Map<String, Integer> spelled = new HashMap<>(USUAL_SIZE);

    /** Added tokens, written as they are, with their ids. */
    private final Map<String, Integer> literal = new HashMap<>();

    private boolean hasVocabulary;

    /** Whether the file asks for prompts to be cut off or filled up. */
    private boolean resizes;

    private TokenizerContents(Path source) {
        this.source = source;
    }

    /**
     * @param source the file to name in a refusal
     * @throws TokenizerRefusal if it is no byte-level BPE
     */
    static TokenizerContents read(byte[] json, Path source) {
        TokenizerContents contents = new TokenizerContents(source);
        try (JsonReader reader = new JsonReader(new InputStreamReader(new ByteArrayInputStream(json),
            StandardCharsets.UTF_8.newDecoder()))) {
            reader.setStrictness(Strictness.LENIENT);
            contents.readRoot(reader);
        } catch (MalformedJsonException | EOFException noJson) {
            throw broken(source, "it is no JSON object", noJson);
        } catch (IOException unreadable) {
            throw broken(source, "it is no readable UTF-8 file", unreadable);
        } catch (IllegalStateException otherShape) {
            throw broken(source, "it has not the shape of one", otherShape);
        }
        return contents;
    }

    private void readRoot(JsonReader reader) throws IOException {
        if (reader.peek() != JsonToken.BEGIN_OBJECT) {
            throw broken(source, "it is no JSON object", null);
        }
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "model" -> readModel(reader);
                case ADDED_TOKENS -> readAddedTokens(reader);
                case TRUNCATION, PADDING -> {
                    resizes |= reader.peek() != JsonToken.NULL;
                    reader.skipValue();
                }
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw broken(source, "it is no JSON object", null);
        }
        if (!hasVocabulary) {
            throw new IllegalStateException("No vocabulary");
        }
    }

    private void readModel(JsonReader reader) throws IOException {
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "type" -> checkType(reader);
                case "vocab" -> readVocabulary(reader);
                default -> reader.skipValue();
            }
        }
        reader.endObject();
    }

    private void checkType(JsonReader reader) throws IOException {
        if (reader.peek() == JsonToken.NULL) {
            reader.nextNull();
            return;
        }
        String type = reader.nextString();
        if (!type.equals("BPE")) {
            throw broken(source, "its model is " + type + ", not GPT-2's byte-level BPE", null);
        }
    }

    private void readVocabulary(JsonReader reader) throws IOException {
        hasVocabulary = true;
        reader.beginObject();
        while (reader.hasNext()) {
            spelled.put(reader.nextName(), id(reader));
        }
        reader.endObject();
    }

    private void readAddedTokens(JsonReader reader) throws IOException {
        if (reader.peek() == JsonToken.NULL) {
            reader.nextNull();
            return;
        }
        reader.beginArray();
        while (reader.hasNext()) {
            readAddedToken(reader);
        }
        reader.endArray();
    }

    private void readAddedToken(JsonReader reader) throws IOException {
        String content = null;
        Integer id = null;
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "content" -> content = reader.nextString();
                case "id" -> id = id(reader);
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        if (id == null) {
            throw broken(source, "a token has no id", null);
        }
        if (content == null) {
            throw new IllegalStateException("An added token without content");
        }
        literal.put(content, id);
    }

    private int id(JsonReader reader) throws IOException {
        return id(switch (reader.peek()) {
            case NUMBER, STRING -> reader.nextString();
            case BOOLEAN -> Boolean.toString(reader.nextBoolean());
            default -> null;
        }, source);
    }

    /** @param text null where there is none */
    static int id(String text, Path source) {
        if (text == null) {
            throw broken(source, "a token has no id", null);
        }
        try {
            double value = Double.parseDouble(text);
            if (value == Math.rint(value) && value >= 0 && value <= HIGHEST_ID) {
                return (int) value;
            }
        } catch (NumberFormatException noNumber) {
            throw broken(source, "“" + text + "” is no token id", noNumber);
        }
        throw broken(source, text + " is no token id", null);
    }

    /**
     * The same tokens with their bytes.
     *
     * @throws TokenizerRefusal if one has none, or there are no tokens
     */
    Vocabulary vocabulary() {
        int size = 1 + Stream.of(spelled, literal).flatMap(ids -> ids.values().stream())
            .mapToInt(Integer::intValue).max().orElse(-1);
        if (size == 0) {
            throw broken(source, "it has no tokens", null);
        }
        try {
            return new Vocabulary(spelled, literal, size);
        } catch (IllegalArgumentException notSpelledInBytes) {
            throw broken(source, notSpelledInBytes.getMessage() + ", as GPT-2's are", notSpelledInBytes);
        }
    }

    /** Whether the library is to read the file as it is. */
    boolean isComplete() {
        return !resizes && !lacksBos();
    }

    /** Transformers adds it when it builds the tokenizer; without it "<|endoftext|>" would be split. */
    private boolean lacksBos() {
        return !literal.containsKey(Vocabulary.BOS) && spelled.containsKey(Vocabulary.BOS);
    }

    /** The file with all that the library needs: no truncation, no padding, BOS known as a special token. */
    byte[] completed(byte[] json) {
        JsonObject root = JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
        root.add(TRUNCATION, JsonNull.INSTANCE);
        root.add(PADDING, JsonNull.INSTANCE);
        if (lacksBos()) {
            JsonElement added = root.get(ADDED_TOKENS);
            JsonArray tokens = added == null || added.isJsonNull() ? new JsonArray() : added.getAsJsonArray();
            tokens.add(special(spelled.get(Vocabulary.BOS)));
            root.add(ADDED_TOKENS, tokens);
        }
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** How tokenizer.json lists BOS. */
    static JsonObject special(int id) {
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
