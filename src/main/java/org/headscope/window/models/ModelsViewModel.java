package org.headscope.window.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import org.headscope.refusal.Refusal;
import org.headscope.session.OpenModel;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.hub.KnownModel;
import org.headscope.weights.hub.ModelName;
import org.headscope.weights.hub.ModelStore;
import org.headscope.weights.hub.Offer;
import org.headscope.weights.hub.StoredModel;
import org.headscope.window.Settings;
import org.headscope.window.Workbench;

/**
 * The models that are here and those that can be fetched. The hub is asked only when a person searches or fetches; one
 * model is fetched at a time, and the next one pauses it. Belongs to the FX thread.
 */
public final class ModelsViewModel {

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

        static Listing of(ModelStore store) {
            return new Listing(store.list(), store.isOffline());
        }
    }

    private final Workbench workbench;
    private final Consumer<StoredModel> open;
    private final LongSupplier budget;
    private final StoreWork work;
    private final ModelList list = new ModelList();
    private final HubSearch search;
    private final Fetches fetches;
    private final ObjectProperty<Optional<ModelEntry>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty revision = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.NOTHING);
    private final ReadOnlyObjectWrapper<Optional<Offer>> offer = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper offline = new ReadOnlyBooleanWrapper();

    /**
     * @param stores where the models are; asked in the background
     * @param open shows one in the window
     */
    public ModelsViewModel(Workbench workbench, Settings settings, Supplier<ModelStore> stores,
                           Consumer<StoredModel> open) {
        this(workbench, settings, stores, open, () -> workbench.memoryProperty().get());
    }

    /** @param budget how many bytes of memory a model's weights may take */
    ModelsViewModel(Workbench workbench, Settings settings, Supplier<ModelStore> stores, Consumer<StoredModel> open,
                    LongSupplier budget) {
        this.workbench = workbench;
        this.open = open;
        this.budget = budget;
        this.work = new StoreWork(workbench.background(), stores);
        this.search = new HubSearch(work, this::arrange);
        this.fetches = new Fetches(work, settings, this::fetchEnded, this::fail);
        fetches.allProperty().addListener((observed, before, now) -> show());
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

    // ---- what there is ----

    /** By group. */
    ObservableList<ModelEntry> entries() {
        return list.entries();
    }

    ObjectProperty<Optional<ModelEntry>> chosenProperty() {
        return chosen;
    }

    /** What is looked for on the hub. */
    StringProperty queryProperty() {
        return search.queryProperty();
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
        return fetches.allProperty();
    }

    Map<String, Fetch> fetches() {
        return fetches.all();
    }

    /** Of the chosen model. */
    Optional<Fetch> fetch() {
        return chosen.get().flatMap(entry -> fetches.of(entry.name()));
    }

    /** Why the last thing that was wished did not come to be; else empty. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What became of the search; empty where nothing was searched for. */
    ReadOnlyStringProperty searchedProperty() {
        return search.saidProperty();
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

    /** What a model may take; whether one is too large follows it. */
    ReadOnlyLongProperty memoryProperty() {
        return workbench.memoryProperty();
    }

    /** Whether it is the model that the window shows. */
    boolean isOpen(StoredModel model) {
        return workbench.modelProperty().get().filter(opened -> opened.folder().path().equals(model.path())
            || opened.folder().name().equals(model.name())).isPresent();
    }

    /** Whether a model's weights take more memory than they may, so that it is refused; false if that is not known. */
    boolean isTooLarge(ModelEntry entry) {
        return entry.config().filter(this::isTooLarge).isPresent();
    }

    private boolean isTooLarge(Gpt2Config config) {
        return Gpt2Weights.memory(config) > budget.getAsLong();
    }

    /** Says that a model of these sizes takes more memory than it may; empty if it does not. */
    String warning(Gpt2Config config) {
        return !isTooLarge(config) ? "" : ("Its weights need about %s of memory, more than the budget of %s, so it does "
            + "not open here: raise the budget under Preferences, Memory, or take a smaller model.").formatted(
            KnownModel.readable(Gpt2Weights.memory(config)), KnownModel.readable(budget.getAsLong()));
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
            work.dropHub();
        }
        offer.set(Optional.empty());
        problem.set("");
        show();
    }

    private void fail(String why) {
        show();
        problem.set(why);
    }

    // ---- the list ----

    /** Looks anew at what is on this machine. */
    void list() {
        work.here("Looking for models", Listing::of, this::take, this::fail);
    }

    private void take(Listing listing) {
        list.take(listing.models());
        offline.set(listing.offline());
        // Somebody else may have brought it to an end.
        fetches.all().values().stream().filter(fetch -> !fetch.isRunning()).map(fetch -> fetch.name().toString())
            .filter(list::isComplete).toList().forEach(fetches::forget);
        arrange();
    }

    private void arrange() {
        Optional<ModelEntry> before = chosen.get();
        if (list.arrange(fetches.all().values(), search.found())) {
            chosen.set(before.flatMap(old -> named(old.name())));
        }
        show();
    }

    private Optional<ModelEntry> named(String name) {
        return entries().stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    // ---- on this machine ----

    /** Opens the chosen model in the window. */
    void open() {
        chosen.get().flatMap(ModelEntry::here).filter(StoredModel::isComplete).ifPresent(open);
    }

    /** What a double click on the chosen model means: it is opened, or asked for where it is not here yet. */
    void activate() {
        if (step.get() == Step.HERE) {
            open();
        } else if (step.get() == Step.KNOWN && !offline.get()) {
            look();
        }
    }

    /** Asks whether the chosen model shall be removed; a folder is only forgotten, at once. */
    void askToRemove() {
        StoredModel model = chosen.get().flatMap(ModelEntry::here).orElseThrow();
        if (model.source() == StoredModel.Source.FOLDER) {
            work.here("Forgetting a folder", store -> {
                store.folders().forget(model.path());
                return Listing.of(store);
            }, this::take, this::fail);
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
        work.here("Removing " + name, store -> store.remove(ModelName.parse(name)), freed -> {
            said.set("%s is removed; %s are free again.".formatted(name, KnownModel.readable(freed)));
            list();
        }, this::fail);
    }

    // ---- on the hub ----

    /** Searches the hub for GPT-2s whose name holds the query. */
    void search() {
        search.search();
        show();
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
        search.giveUp();
        work.hub("Asking the hub for " + name, (store, listener) -> store.look(name, listener), made -> {
            offer.set(Optional.of(made));
            show();
        }, this::fail);
    }

    /** The chosen model at the chosen revision. */
    private ModelName wanted() {
        ModelEntry entry = chosen.get().orElseThrow();
        String written = revision.get().strip();
        String at = entry.hasCheckpoints() && written.matches("\\d+") ? "checkpoint-" + written : written;
        return ModelName.parse(at.isEmpty() ? entry.name() : entry.name() + "@" + at);
    }

    // ---- fetching ----

    /** Fetches what the hub has offered. */
    void fetchOffered() {
        Offer made = offer.get().orElseThrow();
        begin(() -> fetches.start(made));
        named(made.name().toString()).map(Optional::of).ifPresent(chosen::set);
    }

    /** Goes on with the chosen model where it stopped. */
    void resume() {
        ModelName name = ModelName.parse(chosen.get().orElseThrow().name());
        begin(() -> fetches.start(name));
    }

    private void begin(Runnable start) {
        said.set("");
        problem.set("");
        start.run();
        arrange();
    }

    private void fetchEnded(String sentence) {
        if (!sentence.isEmpty()) {
            said.set(sentence);
        }
        list();
    }

    /** Stops; what has arrived is kept. */
    void pause() {
        fetches.pause();
    }

    /** Stops fetching the chosen model and deletes what has arrived of it. */
    void cancel() {
        fetches.cancel(ModelName.parse(chosen.get().orElseThrow().name()));
    }
}
