package org.headscope.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The pairs that were run last, newest first, each once. What was typed on within a moment takes the place of what it
 * was typed on from. Not thread-safe.
 */
public final class PromptHistory {

    /** The most pairs that are kept. */
    public static final int LIMIT = 50;

    /** Longer pairs are not kept, since settings are no place for books. */
    static final int LONGEST = 20_000;

    private static final Duration MOMENT = Duration.ofSeconds(10);

    /**
     * A pair that was run.
     *
     * @param corrupt empty where there was none
     */
    public record Entry(String clean, String corrupt, boolean bos) {

        /** The same document with these prompts. */
        public Document into(Document document) {
            return document.withClean(clean).withCorrupt(corrupt).withBos(bos);
        }

        private boolean isTypedOnFrom(Entry earlier) {
            return bos == earlier.bos && isGrown(clean, earlier.clean) && isGrown(corrupt, earlier.corrupt);
        }

        /** Whether a text came to be by putting letters into another one at one place, or is the same. */
        private static boolean isGrown(String text, String from) {
            if (text.length() < from.length()) {
                return false;
            }
            int start = 0;
            while (start < from.length() && text.charAt(start) == from.charAt(start)) {
                start++;
            }
            return text.endsWith(from.substring(start));
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private Instant last = Instant.MIN;

    /** Newest first; a copy. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Puts a pair first that was just run. */
    public void add(Entry entry, Instant now) {
        if (entry.clean().length() + entry.corrupt().length() > LONGEST) {
            return;
        }
        if (!entries.isEmpty() && entry.isTypedOnFrom(entries.get(0)) && now.isBefore(last.plus(MOMENT))) {
            entries.remove(0);
        }
        entries.remove(entry);
        entries.add(0, entry);
        if (entries.size() > LIMIT) {
            entries.remove(LIMIT);
        }
        last = now;
    }

    public void clear() {
        entries.clear();
        last = Instant.MIN;
    }

    /** All of it as text that holds nothing but ASCII. */
    public String toJson() {
        JsonArray array = new JsonArray();
        for (Entry entry : entries) {
            JsonObject object = new JsonObject();
            object.addProperty("clean", entry.clean());
            object.addProperty("corrupt", entry.corrupt());
            object.addProperty("bos", entry.bos());
            array.add(object);
        }
        StringBuilder ascii = new StringBuilder();
        array.toString().chars().forEach(unit -> {
            if (unit < 0x7F) {
                ascii.append((char) unit);
            } else {
                ascii.append(String.format("\\u%04x", unit));
            }
        });
        return ascii.toString();
    }

    /** What {@link #toJson} gave; whatever cannot be read is left out. */
    public static PromptHistory ofJson(String json) {
        PromptHistory history = new PromptHistory();
        try {
            for (JsonElement element : JsonParser.parseString(json).getAsJsonArray()) {
                JsonObject object = element.getAsJsonObject();
                history.entries.add(new Entry(object.get("clean").getAsString(), object.get("corrupt").getAsString(),
                    object.get("bos").getAsBoolean()));
            }
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException
                 | NullPointerException damaged) {
            // A history that was damaged is only shorter.
            return history;
        }
        return history;
    }
}
