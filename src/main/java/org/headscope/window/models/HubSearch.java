package org.headscope.window.models;

import java.util.List;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.headscope.weights.hub.FoundModel;

/** Looks for GPT-2s on the hub by a part of their name. Belongs to the FX thread. */
final class HubSearch {

    private static final String SEARCHING = "Searching the hub…";

    private final StoreWork work;
    private final Runnable changed;
    private final StringProperty query = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");
    private List<ModelEntry> found = List.of();

    /** @param changed told when something else has been found */
    HubSearch(StoreWork work, Runnable changed) {
        this.work = work;
        this.changed = changed;
    }

    /** What is looked for. */
    StringProperty queryProperty() {
        return query;
    }

    /** What became of the search; empty where nothing was searched for. */
    ReadOnlyStringProperty saidProperty() {
        return said.getReadOnlyProperty();
    }

    List<ModelEntry> found() {
        return found;
    }

    /** Searches for what the query says now; finds nothing if it is empty. */
    void search() {
        String text = query.get().strip();
        if (text.isEmpty()) {
            work.dropHub();
            found = List.of();
            said.set("");
            changed.run();
            return;
        }
        said.set(SEARCHING);
        work.hub("Searching the hub", (store, listener) -> store.search(text, listener), result -> take(text, result),
            said::set);
    }

    /** The hub is asked for something else now. */
    void giveUp() {
        if (said.get().equals(SEARCHING)) {
            said.set("");
        }
    }

    private void take(String text, List<FoundModel> result) {
        // A name that is written out as a whole can be asked for even if a search does not show it.
        Stream<ModelEntry> written = Fetches.named(text).filter(name -> name.repository().contains("/")
            && result.stream().noneMatch(model -> model.name().equals(text)))
            .map(name -> ModelEntry.named(name.toString())).stream();
        found = Stream.concat(result.stream().map(ModelEntry::of), written).toList();
        said.set(result.isEmpty() ? "No GPT-2 on the hub has “%s” in its name.".formatted(text)
            : result.size() == 1 ? "1 GPT-2 found." : "%d GPT-2s found.".formatted(result.size()));
        changed.run();
    }
}
