package org.headscope.window.models;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.headscope.refusal.Refusal;
import org.headscope.weights.hub.FetchListener;
import org.headscope.weights.hub.KnownModel;
import org.headscope.weights.hub.ModelName;
import org.headscope.weights.hub.ModelStore;
import org.headscope.weights.hub.Offer;
import org.headscope.window.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that are being fetched or were begun, remembered between starts. One is fetched at a time, and the next
 * one pauses it. Belongs to the FX thread.
 */
final class Fetches {

    private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);

    /** Remembers what was begun. */
    private static final String BEGUN = "fetches";

    private final StoreWork work;
    private final Settings settings;
    private final Consumer<String> ended;
    private final Consumer<String> failed;
    private final ReadOnlyObjectWrapper<Map<String, Fetch>> all = new ReadOnlyObjectWrapper<>(Map.of());

    /**
     * @param ended told in a sentence, or an empty text, what became of a fetch that moves no longer
     * @param failed told why what had arrived could not be deleted
     */
    Fetches(StoreWork work, Settings settings, Consumer<String> ended, Consumer<String> failed) {
        this.work = work;
        this.settings = settings;
        this.ended = ended;
        this.failed = failed;
        Map<String, Fetch> left = new LinkedHashMap<>();
        settings.words(BEGUN).forEach(name -> named(name).ifPresent(it -> left.put(name, Fetch.left(it))));
        all.set(left);
    }

    /** The name of a model that a text is; empty if it is none. */
    static Optional<ModelName> named(String name) {
        try {
            return Optional.of(ModelName.parse(name));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** By name, in the order in which they were begun. */
    ReadOnlyObjectProperty<Map<String, Fetch>> allProperty() {
        return all.getReadOnlyProperty();
    }

    Map<String, Fetch> all() {
        return all.get();
    }

    Optional<Fetch> of(String name) {
        return Optional.ofNullable(all.get().get(name));
    }

    /** Fetches what the hub has offered. */
    void start(Offer offer) {
        start(Fetch.begun(offer.name()), (store, listener) -> store.fetch(offer, listener));
    }

    /** Begins with a model, or goes on with it. */
    void start(ModelName name) {
        start(of(name.toString()).map(Fetch::resumed).orElseGet(() -> Fetch.begun(name)),
            (store, listener) -> store.fetch(name, listener));
    }

    private void start(Fetch fetch, BiFunction<ModelStore, FetchListener, Path> fetching) {
        all.get().values().stream().filter(Fetch::isRunning).forEach(other -> put(other.paused()));
        put(fetch);
        ModelName name = fetch.name();
        work.fetch("Fetching " + name, fetching, now -> of(name.toString()).ifPresent(it -> put(it.at(now))),
            folder -> arrived(name, folder), error -> stopped(name, error));
    }

    private void arrived(ModelName name, Path folder) {
        LOG.info("{} is in {}", name, folder);
        forget(name.toString());
        ended.accept("%s is here.".formatted(name));
    }

    private void stopped(ModelName name, Throwable error) {
        Optional<Fetch> fetch = of(name.toString());
        if (fetch.isEmpty()) {
            discard(name);
            return;
        }
        put(error instanceof CancellationException ? fetch.get().paused()
            : fetch.get().failed(StoreWork.sentence(error)));
        ended.accept("");
    }

    /** Stops; what has arrived is kept. */
    void pause() {
        work.stopFetching();
    }

    /** Stops fetching a model and deletes what has arrived of it. */
    void cancel(ModelName name) {
        boolean running = of(name.toString()).filter(Fetch::isRunning).isPresent();
        forget(name.toString());
        if (running) {
            // What has arrived is deleted once nothing more comes.
            pause();
        } else {
            discard(name);
        }
    }

    private void discard(ModelName name) {
        work.here("Removing what had arrived of " + name, store -> store.discard(name), freed -> ended.accept(
            "%s is not fetched; %s are free again.".formatted(name, KnownModel.readable(freed))), failed);
    }

    /** Leaves one out that has come to its end. */
    void forget(String name) {
        Map<String, Fetch> changed = new LinkedHashMap<>(all.get());
        changed.remove(name);
        set(changed);
    }

    private void put(Fetch fetch) {
        Map<String, Fetch> changed = new LinkedHashMap<>(all.get());
        changed.put(fetch.name().toString(), fetch);
        set(changed);
    }

    private void set(Map<String, Fetch> changed) {
        if (!changed.keySet().equals(all.get().keySet())) {
            settings.putWords(BEGUN, List.copyOf(changed.keySet()));
        }
        all.set(changed);
    }
}
