package org.headscope.window.workspace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.headscope.figure.Matrix;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.window.Finished;
import org.headscope.window.Pair;
import org.headscope.window.ViewState;
import org.headscope.window.Which;
import org.headscope.window.Workbench;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.work.Lane;

/** The maps of the head that is looked at, made in the background. */
public final class WorkspaceViewModel {

    /** One of several heads whose lines are drawn over one another. */
    public record HeadMatrix(String name, Matrix clean, Optional<Matrix> corrupt) {

        /** Of one run; of the clean one where a difference is asked for, which has no lines. */
        public Optional<Matrix> of(Which which) {
            return which == Which.CORRUPT ? corrupt : Optional.of(clean);
        }
    }

    /**
     * The maps of one head, or of several in one.
     *
     * @param head that is looked at
     * @param name whose attention they show, such as "L4H1" or "Mean of L0H0, L1H0"
     * @param quantity what a value is, such as "attention pattern"
     * @param corrupt empty where there is no corrupt run
     * @param difference empty where the runs cannot be laid over one another
     * @param lines of the chosen heads; empty where the maps themselves are drawn as lines
     */
    public record Maps(Head head, Pair pair, String name, String quantity, HeatPicture clean,
                       Optional<HeatPicture> corrupt, Optional<HeatPicture> difference, List<HeadMatrix> lines) {

        /** What a legend calls the values. */
        public String legend(Which which) {
            if (quantity.equals(MapMaker.PATTERN)) {
                return which == Which.DIFFERENCE ? "Difference" : "Attention";
            }
            return which == Which.DIFFERENCE ? "Difference of " + quantity
                : Character.toUpperCase(quantity.charAt(0)) + quantity.substring(1);
        }

        public Optional<HeatPicture> of(Which which) {
            return switch (which) {
                case CLEAN -> Optional.of(clean);
                case CORRUPT -> corrupt;
                case DIFFERENCE -> difference;
            };
        }
    }

    private final Workbench workbench;
    private final ViewState view;
    private final ObservableValue<Theme> theme;
    private final ReadOnlyObjectWrapper<Optional<Head>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Maps>> maps = new ReadOnlyObjectWrapper<>(Optional.empty());

    public WorkspaceViewModel(Workbench workbench, ViewState view, ObservableValue<Theme> theme) {
        this.workbench = workbench;
        this.view = view;
        this.theme = theme;
        Stream.of(workbench.documentProperty(), view.hoveredHeadProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> choose()));
        Stream.of(workbench.pairProperty(), shown, view.scaleProperty(), view.hideFirstProperty(), theme,
            view.weightProperty(), view.combineProperty(), view.headSetProperty(), workbench.finishedProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> draw()));
        workbench.pairProperty().addListener((observed, before, now) -> letGoOfVanishedCell());
        choose();
        draw();
    }

    /** The head whose maps are shown: the locked one, else the one under the pointer, else the last one. */
    public ReadOnlyObjectProperty<Optional<Head>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Maps>> mapsProperty() {
        return maps.getReadOnlyProperty();
    }

    private void choose() {
        Document document = workbench.document();
        shown.set(document.locked() ? document.focus() : view.hoveredHeadProperty().get().or(document::focus));
    }

    private void letGoOfVanishedCell() {
        int tokens = workbench.pairProperty().get().map(pair -> pair.clean().size()).orElse(0);
        view.lockedCellProperty().get().filter(cell -> cell.row() >= tokens || cell.column() >= tokens)
            .ifPresent(cell -> view.lockedCellProperty().set(Optional.empty()));
    }

    private void draw() {
        Optional<Pair> pair = workbench.pairProperty().get();
        Optional<Head> head = shown.get()
            .filter(h -> pair.isPresent() && h.layer() < pair.get().layers() && h.head() < pair.get().heads());
        if (pair.isEmpty() || head.isEmpty()) {
            workbench.background().drop(Lane.FOCUS);
            maps.set(Optional.empty());
            return;
        }
        MapMaker maker = new MapMaker(pair.get(), runs(pair.get()), head.get(), view.headSetProperty().get().stream()
            .filter(h -> h.layer() < pair.get().layers() && h.head() < pair.get().heads()).toList(),
            view.weightProperty().get(), view.combineProperty().get(), view.scaleProperty().get(),
            view.hideFirstProperty().get(), theme.getValue());
        if (!maker.isPlain() && maker.runs().isEmpty()) {
            // It takes the whole run, which is on its way; the one before stays until then.
            return;
        }
        workbench.background().run(Lane.FOCUS, "Drawing " + head.get(), job -> maker.maps(),
            made -> maps.set(Optional.of(made)), error -> { });
    }

    private Optional<Finished> runs(Pair pair) {
        return workbench.finishedProperty().get().filter(runs -> runs.pair().number() == pair.number());
    }

    /** The head after or before in reading order, for stepping through all of them. */
    public Optional<Head> neighbour(int step) {
        return workbench.pairProperty().get().flatMap(pair -> workbench.document().focus().map(head -> {
            int count = pair.layers() * pair.heads();
            int place = Math.floorMod(head.layer() * pair.heads() + head.head() + step, count);
            return new Head(place / pair.heads(), place % pair.heads());
        }));
    }

    /** Why two maps cannot be subtracted; empty where they can. */
    public String differenceProblem() {
        return workbench.pairProperty().get().filter(pair -> !pair.isComparable()).map(pair -> pair.corrupt().isEmpty()
            ? "Add a corrupt prompt to compare the two runs."
            : "The clean and the corrupt prompt have %d and %d tokens; a difference needs as many in both."
                .formatted(pair.clean().size(), pair.corrupt().get().size())).orElse("");
    }
}
