package org.headscope.window.models;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.headscope.weights.hub.KnownModel;
import org.headscope.weights.hub.StoredModel;

/** The models by group: those here, those begun, the family, and those that were found. Belongs to the FX thread. */
final class ModelList {

    private final ObservableList<ModelEntry> entries = FXCollections.observableArrayList();
    private List<StoredModel> stored = List.of();

    ObservableList<ModelEntry> entries() {
        return entries;
    }

    /** Takes note of what is on this machine; {@link #arrange} shows it. */
    void take(List<StoredModel> models) {
        stored = models;
    }

    boolean isComplete(String name) {
        return stored.stream().anyMatch(model -> model.isComplete() && model.name().equals(name));
    }

    /** @return whether anything is another than before */
    boolean arrange(Collection<Fetch> fetches, List<ModelEntry> found) {
        List<ModelEntry> all = new ArrayList<>();
        stored.stream().filter(StoredModel::isComplete).map(ModelEntry::of).forEach(all::add);
        fetches.stream().map(ModelEntry::begun).forEach(all::add);
        stored.stream().filter(model -> !model.isComplete() && fetches.stream().noneMatch(fetch -> isOf(fetch, model)))
            .map(ModelEntry::of).forEach(all::add);
        Stream.concat(KnownModel.all().stream().map(ModelEntry::of), found.stream())
            .filter(entry -> all.stream().noneMatch(other -> other.name().equals(entry.name()))).toList()
            .forEach(all::add);
        return !all.equals(entries) && entries.setAll(all);
    }

    /** What has only been begun is listed by its commit. */
    private static boolean isOf(Fetch fetch, StoredModel begun) {
        return Fetches.named(begun.name()).filter(name -> name.repository().equals(fetch.name().repository())).isPresent();
    }
}
