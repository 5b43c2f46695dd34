package org.headscope.window.workspace;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.headscope.window.Pair;
import org.headscope.window.ViewState;
import org.headscope.session.Which;
import org.headscope.window.Workbench;
import org.headscope.window.control.Found;
import org.headscope.window.control.Zoom;

/** Finds tokens of the prompts by what they say, and brings one after the other into the middle of the maps. */
public final class FindViewModel {

    /** More tokens than this cannot all be labelled, so that what is found is come nearer to. */
    private static final int READABLE = 48;

    private final Workbench workbench;
    private final ViewState view;
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private List<Integer> positions = List.of();
    private int place;

    public FindViewModel(Workbench workbench, ViewState view) {
        this.workbench = workbench;
        this.view = view;
        text.addListener((observed, before, now) -> find());
        open.addListener((observed, before, now) -> find());
        Stream.of(workbench.pairProperty(), view.whichProperty(), view.tabProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> refresh()));
    }

    /** Whether anybody is looking for something. */
    public BooleanProperty openProperty() {
        return open;
    }

    /** What is looked for, case aside. */
    public StringProperty textProperty() {
        return text;
    }

    /** Such as "3 of 17"; empty while nothing is looked for. */
    public ReadOnlyStringProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /** The next one, the first after the last. */
    public void next() {
        step(1);
    }

    /** The one before, the last before the first. */
    public void previous() {
        step(-1);
    }

    private void step(int by) {
        if (!open.get()) {
            open.set(true);
        } else if (!positions.isEmpty()) {
            place = Math.floorMod(place + by, positions.size());
            show();
        }
    }

    private void find() {
        positions = open.get() ? matches() : List.of();
        place = 0;
        show();
    }

    /** After a run: the same words, in the tokens that there are now. */
    private void refresh() {
        List<Integer> now = open.get() ? matches() : List.of();
        if (!now.equals(positions)) {
            find();
        }
    }

    private List<Integer> matches() {
        String wanted = written(text.get());
        Optional<Pair> pair = workbench.pairProperty().get();
        if (wanted.isEmpty() || pair.isEmpty()) {
            return List.of();
        }
        List<List<String>> prompts = prompts(pair.get());
        int longest = prompts.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, longest).filter(at -> prompts.stream()
            .anyMatch(tokens -> at < tokens.size() && written(tokens.get(at)).contains(wanted))).boxed().toList();
    }

    /** Of the runs that are seen. */
    private List<List<String>> prompts(Pair pair) {
        boolean single = view.tabProperty().get() == ViewState.Tab.PATTERN;
        Which which = view.whichProperty().get();
        Stream<List<String>> clean = single && which == Which.CORRUPT ? Stream.empty()
            : Stream.of(pair.clean().labels());
        Stream<List<String>> corrupt = single && which == Which.CLEAN ? Stream.empty()
            : pair.corrupt().stream().map(prompt -> prompt.labels());
        return Stream.concat(clean, corrupt).toList();
    }

    /** As labels write it: a space is typed as one. */
    private static String written(String token) {
        return token.replace(' ', '·').toLowerCase(Locale.ROOT);
    }

    private void show() {
        Found found = Found.of(positions, place);
        view.foundProperty().set(found);
        count.set(!open.get() || text.get().isEmpty() ? "" : positions.isEmpty() ? "none"
            : "%d of %d".formatted(place + 1, positions.size()));
        found.current().ifPresent(this::centre);
    }

    /** The query's row and the key's column of a token cross on the diagonal. */
    private void centre(int position) {
        int tokens = workbench.pairProperty().get().map(pair -> pair.clean().size()).orElse(0);
        if (tokens > READABLE) {
            Zoom now = view.zoomProperty().get();
            double at = (position + 0.5) / tokens;
            view.zoomProperty().set(new Zoom(0, 0, Math.min(now.side(), (double) READABLE / tokens))
                .centredOn(at, at));
        }
    }
}
