package org.headscope.session;

import static org.headscope.session.JsonFields.word;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.headscope.analysis.AttentionWeight;

/** How attention is looked at and what is swept, as JSON. What is missing is as in a new document. */
final class ViewingJson {

    private static final String A_HEAD = "a head such as L4H1";

    private ViewingJson() {
    }

    static JsonObject write(Viewing viewing) {
        JsonObject json = new JsonObject();
        json.addProperty("which", word(viewing.which()));
        json.addProperty("scale", word(viewing.scale()));
        json.addProperty("hide_first", viewing.hideFirst());
        json.addProperty("weight", word(viewing.weight()));
        json.addProperty("combine", word(viewing.combine()));
        json.addProperty("look", word(viewing.look()));
        JsonArray heads = new JsonArray();
        viewing.headSet().forEach(head -> heads.add(head.toString()));
        json.add("heads", heads);
        json.addProperty("of_each_row", word(viewing.topShare()));
        json.addProperty("direction", word(viewing.direction()));
        return json;
    }

    /** @throws SessionRefusal naming the field that is wrong */
    static Viewing readViewing(Optional<JsonFields> fields) {
        Viewing start = Viewing.FIRST;
        return fields.map(json -> new Viewing(json.choice("which", Which.class).orElse(start.which()),
            json.choice("scale", ScaleChoice.class).orElse(start.scale()),
            json.flag("hide_first", start.hideFirst()),
            json.choice("weight", AttentionWeight.class).orElse(start.weight()),
            json.choice("combine", Combine.class).orElse(start.combine()),
            json.choice("look", Look.class).orElse(start.look()),
            json.choices("heads", A_HEAD, DocumentJson::head),
            json.choice("of_each_row", TopShare.class).orElse(start.topShare()),
            json.choice("direction", Direction.class).orElse(start.direction()))).orElse(start);
    }

    static JsonObject write(Sweeping sweeping) {
        JsonObject json = new JsonObject();
        json.addProperty("what", sweeping.swept().label());
        sweeping.end().ifPresent(head -> json.addProperty("end", head.toString()));
        json.addProperty("metric", word(sweeping.metric()));
        JsonArray tokens = new JsonArray();
        sweeping.tokens().forEach(tokens::add);
        json.add("tokens", tokens);
        json.addProperty("fit", sweeping.fit());
        return json;
    }

    /** @throws SessionRefusal naming the field that is wrong */
    static Sweeping readSweeping(Optional<JsonFields> fields) {
        Sweeping start = Sweeping.FIRST;
        return fields.map(json -> new Sweeping(
            json.choice("what", "a sweep such as “z by head”", ViewingJson::swept).orElse(start.swept()),
            json.choice("end", A_HEAD, DocumentJson::head),
            json.choice("metric", MetricChoice.class).orElse(start.metric()), json.wholes("tokens"),
            json.flag("fit", start.fit()))).orElse(start);
    }

    private static Optional<Swept> swept(String label) {
        return Swept.ALL.stream().filter(one -> one.label().equals(label)).findFirst();
    }
}
