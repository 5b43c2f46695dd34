package org.headscope.window.workspace;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.headscope.session.Which;
import org.headscope.window.ViewState;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.theme.Appearance;

/** A head's clean map, its corrupt one and their difference, side by side or beside the map of a sweep. */
final class ComparedMaps extends GridPane {

    static final double HALF = 300;
    /** Beside a sweep of several. */
    private static final double COLUMN = 192;
    /** Where several maps of a sweep leave room for others. */
    private static final double WIDE = 640;

    /** How they lie. */
    private record Arrangement(int columns, boolean beside, boolean crowded) {
    }

    private final List<MapPane> three;
    private Arrangement arranged;

    ComparedMaps(ViewState view, CellPatches patches, Appearance appearance) {
        this.three = Stream.of(Which.values()).map(which -> new MapPane(view, patches, appearance, true)).toList();
        for (Which which : Which.values()) {
            pane(which).canvas().setId("compare-" + which.name().toLowerCase(Locale.ROOT));
            add(pane(which), which.ordinal(), 0);
        }
        setHgap(8);
        setVgap(8);
    }

    private MapPane pane(Which which) {
        return three.get(which.ordinal());
    }

    /** The first of them. */
    HeatCanvas canvas() {
        return three.get(0).canvas();
    }

    /** Without a sweep all three in a row. */
    void arrangeAlone() {
        arrange(Which.values().length, false, false);
        show(true);
    }

    /**
     * Beside one sweep's map two above one, beside several one above the other.
     *
     * @param crowded whether there are several maps of the sweep
     * @param filled whether the sweep takes all the room
     * @param width of the whole workspace
     */
    void arrangeBeside(boolean crowded, boolean filled, double width) {
        arrange(crowded ? 1 : 2, true, crowded);
        show((!crowded || width >= WIDE) && !filled);
    }

    /** Anew only where something changes, since all of them are laid out and styled again then. */
    private void arrange(int columns, boolean beside, boolean crowded) {
        Arrangement now = new Arrangement(columns, beside, crowded);
        if (now.equals(arranged)) {
            return;
        }
        arranged = now;
        ColumnConstraints share = new ColumnConstraints();
        share.setPercentWidth(100.0 / columns);
        getColumnConstraints().setAll(Collections.nCopies(columns, share));
        for (Which which : Which.values()) {
            setConstraints(pane(which), which.ordinal() % columns, which.ordinal() / columns);
        }
        three.forEach(pane -> {
            pane.setDense(beside);
            pane.setBare(beside);
        });
        setPrefWidth(crowded ? COLUMN : HALF);
        setMinWidth(crowded ? COLUMN : 0);
        HBox.setHgrow(this, crowded ? Priority.NEVER : Priority.ALWAYS);
    }

    private void show(boolean shown) {
        setVisible(shown);
        setManaged(shown);
    }

    /** @param whyNot what keeps one of them away, in one sentence */
    void show(WorkspaceViewModel.Maps maps, Function<Which, String> whyNot) {
        for (Which which : Which.values()) {
            pane(which).canvas().labelLike(maps.difference().orElse(null));
            pane(which).show(which, maps.of(which), maps.spoken(which), maps.legend(which), whyNot.apply(which));
        }
    }
}
