package org.headscope.session;

import static org.headscope.session.JsonFields.word;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.headscope.figure.Cell;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;

/**
 * A session as JSON text. The format has a version; fields may be added without a new one, since those that are unknown
 * are passed over and those that are missing have a default.
 */
public final class SessionJson {

    /** Raised when a file of this version would be misread by the application as it was before. */
    static final int VERSION = 1;

    private static final String FORMAT = "headscope-session";

    /**
     * What a text held.
     *
     * @param note one sentence where the session was written by a later application; else empty
     */
    public record Read(Session session, String note) {
    }

    private SessionJson() {
    }

    // ---- writing ----

    public static String write(Session session) {
        return text(json(session));
    }

    static JsonObject json(Session session) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("version", VERSION);
        session.model().ifPresent(model -> json.add("model", write(model)));
        json.add("document", DocumentJson.write(session.document()));
        json.addProperty("tab", session.tab());
        session.cell().ifPresent(cell -> json.add("cell", write(cell)));
        session.references().ifPresent(file -> json.addProperty("references", file));
        if (session.swept()) {
            json.addProperty("swept", true);
        }
        JsonArray ledger = new JsonArray();
        session.ledger().lines().forEach(line -> ledger.add(write(line)));
        json.add("ledger", ledger);
        return json;
    }

    static String text(JsonObject json) {
        return withoutHalfCharacters(new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json));
    }

    private static JsonObject write(ModelNote model) {
        JsonObject json = new JsonObject();
        json.addProperty("name", model.name());
        model.folder().ifPresent(folder -> json.addProperty("folder", folder));
        json.addProperty("processing", model.processing().id());
        ModelNote.Size size = model.size();
        json.addProperty("layers", size.layers());
        json.addProperty("heads", size.heads());
        json.addProperty("width", size.width());
        json.addProperty("positions", size.positions());
        json.addProperty("vocabulary", size.vocabulary());
        return json;
    }

    private static JsonObject write(Cell cell) {
        JsonObject json = new JsonObject();
        json.addProperty("query", cell.row());
        json.addProperty("key", cell.column());
        return json;
    }

    private static JsonObject write(Ledger.Line line) {
        JsonObject json = new JsonObject();
        json.addProperty("time", line.time().toString());
        json.addProperty("kind", word(line.kind()));
        json.addProperty("model", line.model());
        json.addProperty("what", line.what());
        json.addProperty("metric", line.metric());
        write(json, "clean", line.clean());
        write(json, "corrupt", line.corrupt());
        write(json, "value", line.value());
        write(json, "recovered", line.recovered());
        json.add("document", DocumentJson.write(line.document()));
        return json;
    }

    private static void write(JsonObject json, String field, OptionalDouble value) {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            json.addProperty(field, value.getAsDouble());
        }
    }

    /** Half of a surrogate pair is no character that UTF-8 could hold; it only ever stands in a string. */
    private static String withoutHalfCharacters(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                text.append("\\u%04x".formatted(point));
            } else {
                text.appendCodePoint(point);
            }
        });
        return text.toString();
    }

    // ---- reading ----

    /**
     * Reads what {@link #write} made, now or in an earlier or later version.
     *
     * @throws SessionRefusal if it is none, or a field has a wrong type; the sentence is without the file's name
     */
    public static Read read(String text) {
        JsonFields json = parse(text);
        if (!json.text("format", "").equals(FORMAT)) {
            throw new SessionRefusal("it is no Headscope session");
        }
        int version = json.wholeOrRefuse("version");
        JsonFields document = json.object("document").orElseThrow(() -> new SessionRefusal("document is missing"));
        Session session = new Session(DocumentJson.read(document), json.object("model").map(SessionJson::model),
            json.text("tab", ""), json.object("cell").map(SessionJson::cell),
            json.text("references").filter(file -> DocumentJson.needsReferences(document)), json.flag("swept", false),
            new Ledger(json.objects("ledger").stream().map(SessionJson::line).toList()));
        return new Read(session, version > VERSION ? "This session was saved by a later Headscope; what this one does "
            + "not know is left out." : "");
    }

    private static JsonFields parse(String text) {
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement json = JsonParser.parseReader(reader);
            if (json.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
                return new JsonFields(json.getAsJsonObject(), "");
            }
        } catch (IOException | JsonParseException e) {
            throw new SessionRefusal("it is no valid JSON", e);
        }
        throw new SessionRefusal("it is no Headscope session");
    }

    private static ModelNote model(JsonFields json) {
        Processing processing = json.choice("processing", "transformerlens or raw", id -> List.of(Processing.values())
            .stream().filter(one -> one.id().equals(id)).findFirst()).orElse(Processing.TRANSFORMERLENS);
        return new ModelNote(json.text("name", ModelFolder.DEMO), json.text("folder"), processing,
            new ModelNote.Size(json.wholeOrRefuse("layers"), json.wholeOrRefuse("heads"),
                json.wholeOrRefuse("width"), json.wholeOrRefuse("positions"), json.wholeOrRefuse("vocabulary")));
    }

    private static Cell cell(JsonFields json) {
        return new Cell(json.wholeOrRefuse("query"), json.wholeOrRefuse("key"));
    }

    private static Ledger.Line line(JsonFields json) {
        Instant time = json.choice("time", "a time such as 2026-01-31T12:00:00Z", SessionJson::time)
            .orElse(Instant.EPOCH);
        Document document = json.object("document").map(DocumentJson::read)
            .orElseThrow(() -> new SessionRefusal(json.path() + "document is missing"));
        return new Ledger.Line(time, json.choice("kind", Ledger.Kind.class).orElse(Ledger.Kind.RUN), document,
            json.text("model", ""), json.text("what", ""), json.text("metric", ""), json.number("clean"),
            json.number("corrupt"), json.number("value"), json.number("recovered"));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
