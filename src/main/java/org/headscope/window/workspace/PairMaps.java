package org.headscope.window.workspace;

import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.session.Which;
import org.headscope.window.ViewState;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.Parts;
import org.headscope.window.sweep.SweepPane;

/** What is about two runs: a head's maps in both, and, to patch, the map of a sweep with what is swept above. */
final class PairMaps extends VBox {

    private final ViewState view;
    private final SweepPane sweep;
    private final ComparedMaps compare;
    private final ObservableValue<? extends Number> room;

    /** @param room the width of the whole workspace */
    PairMaps(ViewState view, SweepPane sweep, ComparedMaps compare, ObservableValue<? extends Number> room) {
        super(8);
        this.view = view;
        this.sweep = sweep;
        this.compare = compare;
        this.room = room;
        Node controls = sweep.controls();
        Parts.hideWhile(controls, view.tabProperty().map(tab -> tab != ViewState.Tab.PATCH));
        Parts.hideWhile(sweep, view.tabProperty().map(tab -> tab != ViewState.Tab.PATCH));
        HBox maps = new HBox(16, sweep, compare);
        HBox.setHgrow(sweep, Priority.ALWAYS);
        sweep.setPrefWidth(ComparedMaps.HALF);
        maps.setMinHeight(0);
        setVgrow(maps, Priority.ALWAYS);
        getChildren().addAll(controls, maps);
        view.tabProperty().addListener((observed, before, now) -> arrange());
        sweep.severalProperty().addListener((observed, before, now) -> arrange());
        sweep.fillsProperty().addListener((observed, before, now) -> arrange());
        room.addListener((observed, before, now) -> arrange());
        arrange();
    }

    private boolean isPatching() {
        return view.tabProperty().get() == ViewState.Tab.PATCH;
    }

    private void arrange() {
        if (isPatching()) {
            compare.arrangeBeside(sweep.severalProperty().get(), sweep.fillsProperty().get(),
                room.getValue().doubleValue());
        } else {
            compare.arrangeAlone();
        }
    }

    /** @param whyNot what keeps one of the maps away, in one sentence */
    void show(WorkspaceViewModel.Maps maps, Function<Which, String> whyNot) {
        compare.show(maps, whyNot);
    }

    /** The first map of the head. */
    HeatCanvas canvas() {
        return compare.canvas();
    }

    /** The map that takes the keys. */
    Node shownMap() {
        return isPatching() ? sweep.shownMap().orElse(canvas()) : canvas();
    }

    /** Lets go of the cell of the sweep that was chosen; false where there is none. */
    boolean letGo() {
        return sweep.letGo();
    }
}
