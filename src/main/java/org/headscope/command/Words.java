package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.headscope.model.Logits;
import org.headscope.tokens.Tokenizer;

/** Tokens of a vocabulary in answers. An embedding may have more rows than the tokenizer has ids. */
final class Words {

    private final Tokenizer tokenizer;

    Words(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** What it reads; nothing where the tokenizer does not have it. */
    String text(int id) {
        return id < tokenizer.size() ? tokenizer.text(id) : "";
    }

    /** The same with its spaces visible. */
    String label(int id) {
        return id < tokenizer.size() ? tokenizer.token(id).label() : "#" + id;
    }

    /** Each as an object of id, token, logit and prob. */
    JsonArray json(List<Logits.Candidate> candidates) {
        JsonArray json = new JsonArray();
        for (Logits.Candidate candidate : candidates) {
            JsonObject object = new JsonObject();
            object.addProperty("id", candidate.id());
            object.addProperty("token", text(candidate.id()));
            object.add("logit", Json.number(candidate.logit()));
            object.add("prob", Json.number(candidate.prob()));
            json.add(object);
        }
        return json;
    }
}
