package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.headscope.command.Table.Align;
import org.headscope.model.Cancellation;
import org.headscope.refusal.Refusal;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.hub.FetchListener;
import org.headscope.weights.hub.FetchProgress;
import org.headscope.weights.hub.FoundModel;
import org.headscope.weights.hub.HubRefusal;
import org.headscope.weights.hub.KnownModel;
import org.headscope.weights.hub.ModelName;
import org.headscope.weights.hub.ModelStore;
import org.headscope.weights.hub.Offer;
import org.headscope.weights.hub.StoredModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What models there are, and fetching more. */
@Command(name = "models", description = {"Lists the models on this machine and in the GPT-2 family, fetches and removes "
    + "them, or searches the hub.", "Fetched models lie in Hugging Face's cache (HF_HOME or HF_HUB_CACHE), where Python "
    + "finds them too. HF_TOKEN, HF_ENDPOINT, HF_HUB_OFFLINE, HTTPS_PROXY and NO_PROXY count as they do there. Ctrl+C stops "
    + "fetching; the same command goes on later."})
final class ModelsCommand extends PrintingCommand {

    /** What to do. */
    enum Action {
        LIST, FETCH, WHERE, REMOVE, SEARCH
    }

    static final class ActionNamed extends WordConverter<Action> {

        ActionNamed() {
            super(Action.values());
        }
    }

    @Parameters(index = "0", paramLabel = "ACTION", arity = "0..1", converter = ActionNamed.class, defaultValue = "list",
        description = "list (the default), fetch NAME, where NAME, remove NAME or search TEXT.")
    private Action action;

    @Parameters(index = "1", paramLabel = "NAME", arity = "0..1", description = "A model such as gpt2, with @ and a "
        + "revision if not the main one; for search any part of a name.")
    private String name;

    @Option(names = "--card", description = "With fetch: show what the model's makers say about it, and fetch nothing.")
    private boolean card;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;

    private final Supplier<ModelStore> stores;

    ModelsCommand() {
        this(ModelStore::ofEnvironment);
    }

    /** @param stores where the models are; asked once there is something to do */
    ModelsCommand(Supplier<ModelStore> stores) {
        this.stores = stores;
    }

    @Override
    boolean isJson() {
        return json;
    }

    @Override
    Answer answer() {
        if (action == Action.LIST && name != null) {
            throw new Refusal("“models list” takes no name; “models where %s” tells about one model.".formatted(
                Text.shortened(name)));
        }
        if (action != Action.LIST && (name == null || name.isBlank())) {
            throw new Refusal("“models %s” needs %s behind it.".formatted(action.name().toLowerCase(Locale.ROOT),
                action == Action.SEARCH ? "a part of a name" : "the name of a model, such as gpt2,"));
        }
        if (card && action != Action.FETCH) {
            throw new Refusal("--card belongs to “models fetch NAME”; leave it out here.");
        }
        ModelStore store = stores.get();
        return switch (action) {
            case LIST -> list(store);
            case FETCH -> card ? card(store) : fetch(store);
            case WHERE -> where(store);
            case REMOVE -> remove(store);
            case SEARCH -> search(store);
        };
    }

    // ---- list ----

    private static Answer list(ModelStore store) {
        List<StoredModel> here = store.list();
        Answer answer = new Answer().line("Here");
        Table table = new Table().column("model", Align.LEFT).column("from", Align.LEFT).column("layers", Align.RIGHT)
            .column("heads", Align.RIGHT).column("on disk", Align.RIGHT).column("in memory", Align.RIGHT);
        JsonArray models = new JsonArray();
        for (StoredModel model : here) {
            Gpt2Config config = model.config().orElseThrow();
            table.row(model.name(), model.source().id() + (model.isComplete() ? "" : ", incomplete"),
                Integer.toString(config.layers()), Integer.toString(config.layers() * config.heads()),
                model.bytes() == 0 ? "" : KnownModel.readable(model.bytes()),
                KnownModel.readable(KnownModel.memory(config)));
            models.add(stored(model, config));
        }
        answer.put("models", models).table(table);
        return family(answer, here).line("").line("cache    " + store.cache()).put("cache",
            new JsonPrimitive(store.cache().toString()));
    }

    private static JsonObject stored(StoredModel model, Gpt2Config config) {
        JsonObject object = new JsonObject();
        object.addProperty("name", model.name());
        object.addProperty("source", model.source().id());
        object.addProperty("complete", model.isComplete());
        object.addProperty("path", model.path().toString());
        object.addProperty("bytes", model.bytes());
        addSizes(object, config);
        return object;
    }

    private static void addSizes(JsonObject object, Gpt2Config config) {
        object.addProperty("layers", config.layers());
        object.addProperty("heads", config.heads());
        object.addProperty("width", config.width());
        object.addProperty("parameters", config.parameters());
        object.addProperty("memory", KnownModel.memory(config));
    }

    private static Answer family(Answer answer, List<StoredModel> here) {
        List<KnownModel> others = KnownModel.all().stream().filter(known -> here.stream()
            .noneMatch(model -> model.isComplete() && model.name().equals(known.name()))).toList();
        Table table = new Table().column("model", Align.LEFT).column("layers", Align.RIGHT).column("heads", Align.RIGHT)
            .column("to fetch", Align.RIGHT).column("in memory", Align.RIGHT);
        JsonArray fetchable = new JsonArray();
        for (KnownModel known : others) {
            Gpt2Config config = known.config();
            table.row(known.name(), Integer.toString(config.layers()),
                Integer.toString(config.layers() * config.heads()), known.download().isPresent()
                    ? KnownModel.readable(known.download().getAsLong())
                    : "about " + KnownModel.readable(4 * config.parameters()),
                KnownModel.readable(KnownModel.memory(config)));
            JsonObject object = new JsonObject();
            object.addProperty("name", known.name());
            object.add("bytes", number(known.download()));
            addSizes(object, config);
            fetchable.add(object);
        }
        return answer.put("fetchable", fetchable).line("").line("To be fetched (models fetch NAME)").table(table);
    }

    private static JsonElement number(OptionalLong number) {
        return number.isPresent() ? new JsonPrimitive(number.getAsLong()) : JsonNull.INSTANCE;
    }

    // ---- fetch ----

    private Answer card(ModelStore store) {
        Offer offer = watched("looking for " + name, watching -> store.look(ModelName.parse(name), watching));
        Answer answer = new Answer().put("models", models(described(offer)));
        offer(offer).forEach(answer::line);
        return answer.line("").line(offer.text().isEmpty() ? "Its makers say nothing about it." : offer.text());
    }

    private Answer fetch(ModelStore store) {
        ModelName model = ModelName.parse(name);
        return watched("looking for " + model, watching -> {
            Offer offer = store.look(model, watching);
            // Before it begins, so that a person may still think better of it.
            watching.progress.note(offer(offer));
            long start = System.nanoTime();
            try {
                Path folder = store.fetch(offer, watching);
                return fetched(offer, folder).seconds((System.nanoTime() - start) / 1e9);
            } catch (CancellationException e) {
                return stopped(model, watching.last);
            }
        });
    }

    private static Answer fetched(Offer offer, Path folder) {
        JsonObject object = described(offer);
        object.addProperty("path", folder.toString());
        return new Answer().put("models", models(object)).put("fetched", new JsonPrimitive(offer.missing()))
            .line(offer.missing() == 0 ? "%s was here already.".formatted(offer.name())
                : "%s is here, %s of it new.".formatted(offer.name(), KnownModel.readable(offer.missing())))
            .line(folder.toString());
    }

    private static Answer stopped(ModelName model, FetchProgress last) {
        return new Answer().put("models", new JsonArray()).put("stopped", new JsonPrimitive(true))
            .put("bytes", new JsonPrimitive(last.bytes())).put("of", new JsonPrimitive(last.of()))
            .line("Stopped with %s of %s here; “models fetch %s” goes on from there.".formatted(
                KnownModel.readable(last.bytes()), KnownModel.readable(last.of()), model));
    }

    private static List<String> offer(Offer offer) {
        Gpt2Config config = offer.config();
        return List.of(
            "%s, %d layers of %d heads, %,d parameters".formatted(offer.name(), config.layers(), config.heads(),
                config.parameters()),
            "licence  %s".formatted(offer.licence().orElse("not stated")),
            "size     %s, %s of it to fetch; about %s in memory".formatted(KnownModel.readable(offer.bytes()),
                KnownModel.readable(offer.missing()), KnownModel.readable(KnownModel.memory(config))));
    }

    private static JsonObject described(Offer offer) {
        JsonObject object = new JsonObject();
        object.addProperty("name", offer.name().toString());
        object.addProperty("commit", offer.commit());
        object.add("licence", offer.licence().<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
        object.addProperty("bytes", offer.bytes());
        object.addProperty("missing", offer.missing());
        addSizes(object, offer.config());
        object.addProperty("card", offer.text());
        return object;
    }

    private static JsonArray models(JsonObject... objects) {
        JsonArray array = new JsonArray();
        List.of(objects).forEach(array::add);
        return array;
    }

    /** Does something that asks the hub, with a line that says so. */
    private <T> T watched(String what, Function<Watching, T> work) {
        try (Progress progress = Progress.on(err(), "bytes")) {
            progress.say(what);
            return work.apply(new Watching(progress, interrupt().listen()));
        }
    }

    /** Shows how far it is, and stops at Ctrl+C. */
    private static final class Watching implements FetchListener {

        private final Progress progress;
        private final Cancellation cancellation;
        private FetchProgress last = new FetchProgress("", 0, 0, 0, "");

        Watching(Progress progress, Cancellation cancellation) {
            this.progress = progress;
            this.cancellation = cancellation;
        }

        @Override
        public void progress(FetchProgress now) {
            last = now;
            progress.say(line(now));
        }

        @Override
        public boolean isCancelled() {
            return cancellation.isRequested();
        }
    }

    /** How far the fetching is, in one line. */
    static String line(FetchProgress now) {
        if (!now.note().isEmpty()) {
            return now.file().isEmpty() ? now.note() : now.file() + ": " + now.note();
        }
        String left = now.secondsLeft().isEmpty() || now.bytes() == now.of() ? ""
            : ", %s left".formatted(duration(now.secondsLeft().getAsLong()));
        return String.format(Locale.ROOT, "%s: %s of %s, %.1f MB/s%s", now.file(), KnownModel.readable(now.bytes()),
            KnownModel.readable(now.of()), now.bytesPerSecond() / 1e6, left);
    }

    private static String duration(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    // ---- where, remove, search ----

    private Answer where(ModelStore store) {
        ModelName model = ModelName.parse(name);
        Path folder = store.where(model).orElseThrow(() -> new HubRefusal(
            "%s is not in %s; “models fetch %s” fetches it.".formatted(model, store.cache(), model)));
        JsonObject object = new JsonObject();
        object.addProperty("name", model.toString());
        object.addProperty("path", folder.toString());
        return new Answer().put("models", models(object)).line(folder.toString());
    }

    private Answer remove(ModelStore store) {
        ModelName model = ModelName.parse(name);
        long freed = store.remove(model);
        return new Answer().put("models", new JsonArray()).put("freed", new JsonPrimitive(freed))
            .line("%s is removed; %s of the disk are free again.".formatted(model, KnownModel.readable(freed)));
    }

    private Answer search(ModelStore store) {
        List<FoundModel> found = watched("searching", watching -> store.search(name, watching));
        Table table = new Table().column("model", Align.LEFT).column("parameters", Align.RIGHT)
            .column("downloads a month", Align.RIGHT);
        JsonArray models = new JsonArray();
        for (FoundModel model : found) {
            table.row(model.name(), model.parameters().isPresent() ? "%,d".formatted(model.parameters().getAsLong())
                : "no safetensors", "%,d".formatted(model.downloads()));
            JsonObject object = new JsonObject();
            object.addProperty("name", model.name());
            object.add("parameters", number(model.parameters()));
            object.addProperty("downloads", model.downloads());
            models.add(object);
        }
        Answer answer = new Answer().put("models", models);
        return found.isEmpty() ? answer.line("No GPT-2 on the hub has “%s” in its name.".formatted(Text.shortened(name)))
            : answer.table(table);
    }
}
