package org.headscope.window.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.headscope.refusal.Refusal;
import org.headscope.session.OpenModel;
import org.headscope.weights.hub.FetchListener;
import org.headscope.weights.hub.FetchProgress;
import org.headscope.weights.hub.FoundModel;
import org.headscope.weights.hub.KnownModel;
import org.headscope.weights.hub.ModelName;
import org.headscope.weights.hub.ModelStore;
import org.headscope.weights.hub.Offer;
import org.headscope.weights.hub.StoredModel;
import org.headscope.window.Settings;
import org.headscope.window.Workbench;
import org.headscope.window.work.Activity;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that are here and those that can be fetched. The hub is asked only when a person searches or fetches; one
 * model is fetched at a time, and the next one pauses it. Belongs to the FX thread.
 */
public final class ModelsViewModel {

    private static final Logger LOG = LoggerFactory.getLogger(ModelsViewModel.class);

    /** Remembers what was begun. */
    private static final String BEGUN = "fetches";
    private static final String SEARCHING = "Searching the hub…";

    /** How far one is with the chosen model. */
    enum Step {
        /** None is chosen. */
        NOTHING,
        /** It can be opened. */
        HERE,
        /** Whether it shall be removed is being asked. */
        REMOVING,
        /** The hub can be asked for it. */
        KNOWN,
        /** The hub is being asked. */
        ASKING,
        /** Its licence, card and size are there. */
        OFFERED,
        FETCHING,
        PAUSED,
        FAILED
    }

    private record Listing(List<StoredModel> models, boolean offline) {
    }

    private final Workbench workbench;
    private final Settings settings;
    private final Supplier<ModelStore> stores;
    private final Consumer<StoredModel> open;
    private final ObservableList<ModelEntry> entries = FXCollections.observableArrayList();
    private final ObjectProperty<Optional<ModelEntry>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty query = new SimpleStringProperty("");
    private final StringProperty revision = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.NOTHING);
    private final ReadOnlyObjectWrapper<Optional<Offer>> offer = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Map<String, Fetch>> fetches = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper searched = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper offline = new ReadOnlyBooleanWrapper();
    private List<StoredModel> stored = List.of();
    private List<ModelEntry> found = List.of();

    /**
     * @param stores where the models are; asked in the background
     * @param open shows one in the window
     */
    public ModelsViewModel(Workbench workbench, Settings settings, Supplier<ModelStore> stores,
                           Consumer<StoredModel> open) {
        this.workbench = workbench;
        this.settings = settings;
        this.stores = stores;
        this.open = open;
        Map<String, Fetch> left = new LinkedHashMap<>();
        settings.words(BEGUN).forEach(name -> named(name).ifPresent(it -> left.put(name, Fetch.left(it))));
        fetches.set(left);
        chosen.addListener((observed, before, now) -> {
            if (!before.map(ModelEntry::name).equals(now.map(ModelEntry::name))) {
                revision.set("");
                if (now.isPresent()) {
                    said.set("");
                }
            }
            forgetOffer();
        });
        revision.addListener((observed, before, now) -> forgetOffer());
        list();
    }

    private static Optional<ModelName> named(String name) {
        try {
            return Optional.of(ModelName.parse(name));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    // ---- what there is ----

    /** By group. */
    ObservableList<ModelEntry> entries() {
        return entries;
    }

    ObjectProperty<Optional<ModelEntry>> chosenProperty() {
        return chosen;
    }

    /** What is looked for on the hub. */
    StringProperty queryProperty() {
        return query;
    }

    /** The revision or the checkpoint of the chosen model; empty for the main one. */
    StringProperty revisionProperty() {
        return revision;
    }

    ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    /** What the hub says about the chosen model. */
    ReadOnlyObjectProperty<Optional<Offer>> offerProperty() {
        return offer.getReadOnlyProperty();
    }

    /** What is being fetched or was begun, by name. */
    ReadOnlyObjectProperty<Map<String, Fetch>> fetchesProperty() {
        return fetches.getReadOnlyProperty();
    }

    Map<String, Fetch> fetches() {
        return fetches.get();
    }

    /** Of the chosen model. */
    Optional<Fetch> fetch() {
        return chosen.get().map(entry -> fetches.get().get(entry.name()));
    }

    /** Why the last thing that was wished did not come to be; else empty. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What became of the search; empty where nothing was searched for. */
    ReadOnlyStringProperty searchedProperty() {
        return searched.getReadOnlyProperty();
    }

    /** What became of what was wished. */
    ReadOnlyStringProperty saidProperty() {
        return said.getReadOnlyProperty();
    }

    /** Whether the hub must not be asked. */
    ReadOnlyBooleanProperty offlineProperty() {
        return offline.getReadOnlyProperty();
    }

    /** What the window shows. */
    ReadOnlyObjectProperty<Optional<OpenModel>> openedProperty() {
        return workbench.modelProperty();
    }

    /** Whether it is the model that the window shows. */
    boolean isOpen(StoredModel model) {
        return workbench.modelProperty().get().filter(opened -> opened.folder().path().equals(model.path())
            || opened.folder().name().equals(model.name())).isPresent();
    }

    private void show() {
        step.set(stepNow());
    }

    private Step stepNow() {
        if (chosen.get().isEmpty()) {
            return Step.NOTHING;
        }
        Optional<Fetch> fetch = fetch();
        if (fetch.isPresent()) {
            return switch (fetch.get().state()) {
                case RUNNING -> Step.FETCHING;
                case PAUSED -> Step.PAUSED;
                case FAILED -> Step.FAILED;
            };
        }
        return switch (chosen.get().get().group()) {
            case HERE -> Step.HERE;
            case BEGUN -> Step.PAUSED;
            default -> offer.get().isPresent() ? Step.OFFERED : Step.KNOWN;
        };
    }

    private void forgetOffer() {
        if (step.get() == Step.ASKING) {
            workbench.background().drop(Lane.HUB);
        }
        offer.set(Optional.empty());
        problem.set("");
        show();
    }

    // ---- the list ----

    /** Looks anew at what is on this machine. */
    void list() {
        onThisMachine("Looking for models", store -> new Listing(store.list(), store.isOffline()), this::take);
    }

    private <T> void onThisMachine(String what, Function<ModelStore, T> work, Consumer<T> done) {
        workbench.background().run(Lane.MODELS, what, job -> work.apply(stores.get()), done, error -> {
            show();
            problem.set(sentence(error));
        });
    }

    private void take(Listing listing) {
        stored = listing.models();
        offline.set(listing.offline());
        // Somebody else may have brought it to an end.
        isHere().forEach(name -> put(name, Optional.empty()));
        arrange();
    }

    private List<String> isHere() {
        return stored.stream().filter(StoredModel::isComplete).map(StoredModel::name)
            .filter(name -> fetches.get().containsKey(name) && !fetches.get().get(name).isRunning()).toList();
    }

    private void arrange() {
        List<ModelEntry> all = new ArrayList<>();
        stored.stream().filter(StoredModel::isComplete).map(ModelEntry::of).forEach(all::add);
        fetches.get().values().stream().map(ModelEntry::begun).forEach(all::add);
        stored.stream().filter(model -> !model.isComplete() && fetches.get().values().stream()
            .noneMatch(fetch -> isOf(fetch, model))).map(ModelEntry::of).forEach(all::add);
        Stream.concat(KnownModel.all().stream().map(ModelEntry::of), found.stream())
            .filter(entry -> all.stream().noneMatch(other -> other.name().equals(entry.name()))).toList()
            .forEach(all::add);
        if (!all.equals(entries)) {
            Optional<ModelEntry> before = chosen.get();
            entries.setAll(all);
            chosen.set(before.flatMap(old -> all.stream().filter(entry -> entry.name().equals(old.name())).findFirst()));
        }
        show();
    }

    /** What has only been begun is listed by its commit. */
    private static boolean isOf(Fetch fetch, StoredModel begun) {
        return named(begun.name()).filter(name -> name.repository().equals(fetch.name().repository())).isPresent();
    }

    // ---- on this machine ----

    /** Opens the chosen model in the window. */
    void open() {
        chosen.get().flatMap(ModelEntry::here).filter(StoredModel::isComplete).ifPresent(open);
    }

    /** Asks whether the chosen model shall be removed; a folder is only forgotten, at once. */
    void askToRemove() {
        StoredModel model = chosen.get().flatMap(ModelEntry::here).orElseThrow();
        if (model.source() == StoredModel.Source.FOLDER) {
            onThisMachine("Forgetting a folder", store -> {
                store.folders().forget(model.path());
                return new Listing(store.list(), store.isOffline());
            }, this::take);
        } else if (isOpen(model)) {
            problem.set("%s is open in the window; open another model, then remove it.".formatted(model.name()));
        } else {
            problem.set("");
            step.set(Step.REMOVING);
        }
    }

    /** Thinks better of removing or fetching it. */
    void leave() {
        forgetOffer();
    }

    void remove() {
        String name = chosen.get().orElseThrow().name();
        onThisMachine("Removing " + name, store -> store.remove(ModelName.parse(name)), freed -> {
            said.set("%s is removed; %s are free again.".formatted(name, KnownModel.readable(freed)));
            list();
        });
    }

    // ---- on the hub ----

    /** Searches the hub for GPT-2s whose name holds the query. */
    void search() {
        String text = query.get().strip();
        if (text.isEmpty()) {
            workbench.background().drop(Lane.HUB);
            found = List.of();
            searched.set("");
            arrange();
            return;
        }
        searched.set(SEARCHING);
        workbench.background().run(Lane.HUB, "Searching the hub", job -> stores.get().search(text,
            listening(job, now -> { })), result -> found(text, result), error -> searched.set(sentence(error)));
        show();
    }

    private void found(String text, List<FoundModel> result) {
        found = Stream.concat(result.stream().map(ModelEntry::of), named(text)
            .filter(name -> name.repository().contains("/") && result.stream()
                .noneMatch(model -> model.name().equals(text))).map(name -> ModelEntry.named(name.toString())).stream())
            .toList();
        searched.set(result.isEmpty() ? "No GPT-2 on the hub has “%s” in its name.".formatted(text)
            : result.size() == 1 ? "1 GPT-2 found." : "%d GPT-2s found.".formatted(result.size()));
        arrange();
    }

    /** Asks the hub for the chosen model's licence, card and size. */
    void look() {
        problem.set("");
        said.set("");
        ModelName name;
        try {
            name = wanted();
        } catch (Refusal e) {
            problem.set(e.getMessage());
            return;
        }
        step.set(Step.ASKING);
        if (searched.get().equals(SEARCHING)) {
            searched.set("");
        }
        workbench.background().run(Lane.HUB, "Asking the hub for " + name,
            job -> stores.get().look(name, listening(job, now -> { })), made -> {
                offer.set(Optional.of(made));
                show();
            }, error -> {
                show();
                problem.set(sentence(error));
            });
    }

    /** The chosen model at the chosen revision. */
    private ModelName wanted() {
        ModelEntry entry = chosen.get().orElseThrow();
        String written = revision.get().strip();
        String at = entry.hasCheckpoints() && written.matches("\\d+") ? "checkpoint-" + written : written;
        return ModelName.parse(at.isEmpty() ? entry.name() : entry.name() + "@" + at);
    }

    /** Fetches what the hub has offered. */
    void fetchOffered() {
        ModelName name = offer.get().orElseThrow().name();
        start(Fetch.begun(name));
        choose(name.toString());
    }

    private void choose(String name) {
        chosen.set(entries.stream().filter(entry -> entry.name().equals(name)).findFirst().or(chosen::get));
    }

    /** Goes on with the chosen model where it stopped. */
    void resume() {
        start(fetch().map(Fetch::resumed).orElseGet(() -> Fetch.begun(ModelName.parse(
            chosen.get().orElseThrow().name()))));
    }

    private void start(Fetch fetch) {
        said.set("");
        problem.set("");
        fetches.get().values().stream().filter(Fetch::isRunning).forEach(other -> put(other.paused()));
        put(fetch);
        arrange();
        ModelName name = fetch.name();
        workbench.background().run(Lane.FETCH, "Fetching " + name, job -> stores.get().fetch(name,
            listening(job, now -> follow(job, name, now))), folder -> arrived(name, folder), error -> stopped(name, error));
    }

    private void follow(Job job, ModelName name, FetchProgress now) {
        if (now.of() > 0) {
            job.progress((double) now.bytes() / now.of());
        }
        job.show(() -> Optional.ofNullable(fetches.get().get(name.toString())).ifPresent(fetch -> put(fetch.at(now))));
    }

    private void arrived(ModelName name, Path folder) {
        LOG.info("{} is in {}", name, folder);
        put(name.toString(), Optional.empty());
        said.set("%s is here.".formatted(name));
        list();
    }

    private void stopped(ModelName name, Throwable error) {
        Fetch fetch = fetches.get().get(name.toString());
        if (fetch == null) {
            discard(name);
        } else {
            put(error instanceof CancellationException ? fetch.paused() : fetch.failed(sentence(error)));
            list();
        }
    }

    /** Stops; what has arrived is kept. */
    void pause() {
        workbench.background().activities().stream().filter(activity -> activity.lane() == Lane.FETCH).toList()
            .forEach(Activity::cancel);
    }

    /** Stops fetching the chosen model and deletes what has arrived of it. */
    void cancel() {
        ModelName name = ModelName.parse(chosen.get().orElseThrow().name());
        boolean running = fetch().filter(Fetch::isRunning).isPresent();
        put(name.toString(), Optional.empty());
        if (running) {
            pause();
        } else {
            discard(name);
        }
    }

    private void discard(ModelName name) {
        onThisMachine("Removing what had arrived of " + name, store -> store.discard(name), freed -> {
            said.set("%s is not fetched; %s are free again.".formatted(name, KnownModel.readable(freed)));
            list();
        });
    }

    private void put(Fetch fetch) {
        put(fetch.name().toString(), Optional.of(fetch));
    }

    private void put(String name, Optional<Fetch> fetch) {
        Map<String, Fetch> changed = new LinkedHashMap<>(fetches.get());
        fetch.ifPresentOrElse(now -> changed.put(name, now), () -> changed.remove(name));
        if (!changed.keySet().equals(fetches.get().keySet())) {
            settings.putWords(BEGUN, List.copyOf(changed.keySet()));
        }
        fetches.set(changed);
        show();
    }

    private static FetchListener listening(Job job, Consumer<FetchProgress> told) {
        return new FetchListener() {
            @Override
            public void progress(FetchProgress progress) {
                told.accept(progress);
            }

            @Override
            public boolean isCancelled() {
                return job.cancellation().isRequested();
            }
        };
    }

    private static String sentence(Throwable error) {
        if (error instanceof Refusal) {
            return error.getMessage();
        }
        if (error instanceof CancellationException) {
            return "This was cancelled.";
        }
        LOG.error("Background work failed", error);
        return "This failed for a reason that Headscope did not expect; the log says more.";
    }
}
