package org.headscope.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Site;
import org.headscope.model.SiteRefusal;
import org.headscope.patching.ExperimentRefusal;
import org.headscope.patching.Source;
import org.headscope.session.Substitution.Side;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;

/** A document as JSON. What is missing is as in a new document. */
final class DocumentJson {

    /** Stands for means that the file does not hold. */
    static final String REFERENCE_MEAN = "reference_mean";

    /** Which heads there are is known once the model is; until then as many as any model may have. */
    private static final Gpt2Config ANY_MODEL = new Gpt2Config(1_000, 10_000, 10_000, 10_000_000, 10_000_000, 1e-5,
        Activation.GELU_NEW, false);

    private DocumentJson() {
    }

    static JsonObject write(Document document) {
        JsonObject json = new JsonObject();
        json.addProperty("clean", document.clean());
        json.addProperty("corrupt", document.corrupt());
        json.addProperty("bos", document.bos());
        document.focus().ifPresent(head -> json.addProperty("focus", head.toString()));
        json.addProperty("locked", document.locked());
        json.addProperty("part", document.part().shortName());
        Source source = document.substitution().source();
        json.addProperty("put_in", word(source));
        json.addProperty("into", document.substitution().into().word());
        JsonArray patches = new JsonArray();
        document.patches().forEach(staged -> patches.add(write(staged)));
        json.add("patches", patches);
        JsonArray pins = new JsonArray();
        document.pins().forEach(pins::add);
        json.add("watched", pins);
        json.add("viewing", ViewingJson.write(document.viewing()));
        json.add("sweeping", ViewingJson.write(document.sweeping()));
        document.path().ifPresent(path -> json.add("path", write(path)));
        return json;
    }

    private static JsonObject write(HeadPath path) {
        JsonObject json = new JsonObject();
        json.addProperty("from", path.sender().toString());
        json.addProperty("to", Site.head(path.part(), path.receiver()).toString());
        return json;
    }

    private static JsonObject write(StagedPatch staged) {
        JsonObject json = new JsonObject();
        json.addProperty("site", staged.site().toString());
        json.addProperty("on", staged.on());
        staged.source().ifPresent(own -> json.addProperty("with", word(own)));
        json.addProperty("strength", staged.strength());
        json.addProperty("renormalized", staged.renormalized());
        return json;
    }

    /** As {@link Source#parse} reads it. */
    private static String word(Source source) {
        if (source instanceof Source.Attention attention) {
            return JsonFields.word(attention.rule());
        }
        return source instanceof Source.ReferenceMean ? REFERENCE_MEAN : source.toString();
    }

    /** @throws SessionRefusal naming the field that is wrong */
    static Document read(JsonFields json) {
        Document start = Document.notebook();
        Optional<Head> focus = json.choice("focus", "a head such as L4H1", DocumentJson::head);
        HookPoint part = json.choice("part", "one of z, pattern, q, k, v", DocumentJson::part).orElse(start.part());
        Source source = json.choice("put_in", "clean, zero, mean or a number", DocumentJson::source)
            .orElse(start.substitution().source());
        Side into = json.choice("into", Side.class).orElse(start.substitution().into());
        List<StagedPatch> patches = json.objects("patches").stream().map(DocumentJson::patch).toList();
        return new Document(json.text("clean", ""), json.text("corrupt", ""), json.flag("bos", true), focus,
            json.flag("locked", false), part, new Substitution(source, into), patches, json.wholes("watched"),
            ViewingJson.readViewing(json.object("viewing")), ViewingJson.readSweeping(json.object("sweeping")),
            json.object("path").map(DocumentJson::path));
    }

    private static HeadPath path(JsonFields json) {
        Head sender = json.choice("from", "a head such as L0H3", DocumentJson::head)
            .orElseThrow(() -> new SessionRefusal(json.path() + "from is missing"));
        StagedPatch end = json.choice("to", "a head's q, k or v such as L4H1.q", text -> site(text)
            .filter(site -> HeadPath.PARTS.contains(site.hook().point()) && site.head().isPresent()
                && site.positions().isAll())).map(site -> new StagedPatch(site, true))
            .orElseThrow(() -> new SessionRefusal(json.path() + "to is missing"));
        Head receiver = end.head().orElseThrow();
        HeadPath.whyNot(sender, receiver).ifPresent(why -> {
            throw new SessionRefusal("%sto is no later head: %s".formatted(json.path(), why.replaceFirst("\\.$", "")));
        });
        return new HeadPath(sender, receiver, end.site().hook().point());
    }

    /** Whether it puts in means that have to be made again. */
    static boolean needsReferences(JsonFields json) {
        return json.text("put_in", "").equals(REFERENCE_MEAN);
    }

    static Optional<Head> head(String text) {
        return site(text + ".z").flatMap(site -> new StagedPatch(site, true).head());
    }

    private static Optional<HookPoint> part(String text) {
        return Document.PARTS.stream().filter(part -> part.shortName().equals(text)).findFirst();
    }

    private static Optional<Source> source(String text) {
        // Attention is put in patch by patch.
        return text.equals(REFERENCE_MEAN) ? Optional.of(Source.CLEAN)
            : Source.parse(text).filter(source -> !(source instanceof Source.Attention));
    }

    private static StagedPatch patch(JsonFields json) {
        Site site = json.choice("site", "a place such as L4H1.z or L4.resid_pre@3", DocumentJson::site)
            .orElseThrow(() -> new SessionRefusal(json.path() + "site is missing"));
        Optional<Source> source = json.choice("with", "clean, zero, mean, uniform, first, previous or a number",
            Source::parse);
        StagedPatch staged = new StagedPatch(site, source, json.number("strength").orElse(1),
            json.flag("renormalized", false), json.flag("on", true));
        try {
            staged.patch(Source.CLEAN);
            return staged;
        } catch (ExperimentRefusal e) {
            throw new SessionRefusal("%ssite does not go with the rest: %s".formatted(json.path(),
                e.getMessage().replaceFirst("\\.$", "")), e);
        }
    }

    private static Optional<Site> site(String text) {
        try {
            return Optional.of(Site.parse(text, ANY_MODEL));
        } catch (SiteRefusal e) {
            return Optional.empty();
        }
    }
}
