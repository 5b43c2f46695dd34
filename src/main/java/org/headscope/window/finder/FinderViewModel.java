package org.headscope.window.finder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.headscope.model.Head;
import org.headscope.weights.Gpt2Config;
import org.headscope.window.Workbench;
import org.headscope.window.action.Action;

/** Finds what can be done, and heads, by a few letters; what was used last comes first. */
public final class FinderViewModel {

    /** Such as "L4H1", "l4 h1", "4.1", or "L4" while somebody is writing. */
    private static final Pattern HEAD = Pattern.compile("l?(\\d{1,3})(?:\\s*[h.]\\s*(\\d{1,3})?)?",
        Pattern.CASE_INSENSITIVE);
    private static final int REMEMBERED = 8;

    private final Workbench workbench;
    private final List<Action> actions;
    private final Consumer<List<String>> remember;
    private final List<String> recent;
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<Found> found = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper chosen = new ReadOnlyIntegerWrapper();

    /**
     * @param recent the ids of what was used before, the last one first
     * @param remember told of them whenever they change
     */
    public FinderViewModel(Workbench workbench, List<Action> actions, List<String> recent,
                           Consumer<List<String>> remember) {
        this.workbench = workbench;
        this.actions = List.copyOf(actions);
        this.recent = new ArrayList<>(recent);
        this.remember = remember;
        query.addListener((observed, before, now) -> find());
    }

    public StringProperty queryProperty() {
        return query;
    }

    /** What fits, the best first. */
    ObservableList<Found> found() {
        return found;
    }

    /** Which of what was found is done next. */
    ReadOnlyIntegerProperty chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /** Begins anew: everything, as it stands now. */
    void open() {
        query.set("");
        find();
    }

    void move(int step) {
        choose(chosen.get() + step);
    }

    void choose(int place) {
        chosen.set(Math.max(0, Math.min(found.size() - 1, place)));
    }

    /** Takes what is chosen; empty where there is nothing or it cannot be done now. */
    Optional<Runnable> take() {
        if (found.isEmpty() || !found.get(chosen.get()).possible()) {
            return Optional.empty();
        }
        Found taken = found.get(chosen.get());
        recent.remove(taken.id());
        recent.add(0, taken.id());
        if (recent.size() > REMEMBERED) {
            recent.remove(REMEMBERED);
        }
        remember.accept(List.copyOf(recent));
        return Optional.of(taken.run());
    }

    private void find() {
        List<Found> all = actions.stream().map(Found::of).toList();
        String written = query.get().strip();
        List<Found> fitting = written.isEmpty() ? recentFirst(all)
            : Stream.concat(heads(written).stream(), best(written, all).stream()).toList();
        chosen.set(0);
        found.setAll(fitting);
    }

    private List<Found> recentFirst(List<Found> all) {
        return all.stream().sorted(Comparator.comparingInt(this::age)).toList();
    }

    private int age(Found one) {
        int at = recent.indexOf(one.id());
        return at < 0 ? REMEMBERED : at;
    }

    private List<Found> best(String written, List<Found> all) {
        Map<Found, Integer> scores = new HashMap<>();
        for (Found one : all) {
            OptionalInt score = Fuzzy.score(written, one.all());
            score.ifPresent(value -> scores.put(one, value));
        }
        // What cannot be done now must not stand under the cursor while something else fits.
        return all.stream().filter(scores::containsKey).sorted(Comparator.comparing(Found::possible).reversed()
            .thenComparing(Comparator.comparingInt(one -> -scores.get(one))).thenComparingInt(this::age)).toList();
    }

    private List<Found> heads(String written) {
        Matcher matcher = HEAD.matcher(written);
        Optional<Gpt2Config> config = workbench.modelProperty().get().map(model -> model.folder().config());
        if (config.isEmpty() || !matcher.matches()) {
            return List.of();
        }
        int layer = Integer.parseInt(matcher.group(1));
        int heads = config.get().heads();
        if (matcher.group(2) != null) {
            return List.of(head(new Head(layer, Integer.parseInt(matcher.group(2))), config.get()));
        }
        return layer >= config.get().layers() ? List.of(head(new Head(layer, 0), config.get()))
            : IntStream.range(0, heads).mapToObj(head -> head(new Head(layer, head), config.get())).toList();
    }

    private Found head(Head head, Gpt2Config config) {
        boolean isThere = head.layer() < config.layers() && head.head() < config.heads();
        return isThere ? new Found("head " + head, "Look at " + head, "Head", "", true, () -> workbench.focus(head, true))
            : new Found("", "There is no %s: %d layers of %d heads, from zero".formatted(head, config.layers(),
                config.heads()), "Head", "", false, () -> { });
    }
}
