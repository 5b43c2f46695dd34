package org.headscope.window.workspace;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.headscope.session.Which;
import org.headscope.window.ViewState;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.RowLabels;
import org.headscope.window.theme.Appearance;

/** A head's clean map, its corrupt one and their difference, side by side or beside the map of a sweep. */
final class ComparedMaps extends Region {

    static final double HALF = 300;
    private static final double GAP = 8;
    /** Beside a sweep of several. */
    private static final double COLUMN = 192;
    /** Where several maps of a sweep leave room for others. */
    private static final double WIDE = 640;

    /** How they lie. */
    private record Arrangement(int columns, boolean beside, boolean crowded) {
    }

    private final List<MapPane> three;
    private Arrangement arranged;
    private boolean comparable;

    ComparedMaps(ViewState view, CellPatches patches, Appearance appearance) {
        this.three = Stream.of(Which.values()).map(which -> new MapPane(view, patches, appearance, true)).toList();
        for (Which which : Which.values()) {
            pane(which).canvas().setId("compare-" + which.name().toLowerCase(Locale.ROOT));
        }
        getChildren().addAll(three);
        arrange(Which.values().length, false, false);
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
        labelRows();
        three.forEach(pane -> {
            pane.setDense(beside);
            pane.setBare(beside);
        });
        setPrefWidth(crowded ? COLUMN : HALF);
        setMinWidth(crowded ? COLUMN : 0);
        HBox.setHgrow(this, crowded ? Priority.NEVER : Priority.ALWAYS);
    }

    private void labelRows() {
        for (Which which : Which.values()) {
            pane(which).canvas().setRowLabels(!isShared() ? RowLabels.OWN
                : which.ordinal() % arranged.columns() == 0 ? RowLabels.SHARED : RowLabels.NONE);
        }
        requestLayout();
    }

    /** Only prompts of one length have a difference, and rows in common. */
    private boolean isShared() {
        return comparable && arranged.columns() > 1;
    }

    // ---- layout: those in the first column are wider by the labels of the rows, which the others share ----

    @Override
    protected double computeMinHeight(double width) {
        return 0;
    }

    @Override
    protected double computePrefHeight(double width) {
        return DoubleStream.of(rowHeights(width < 0 ? getWidth() : width)).sum() + GAP * (rows() - 1);
    }

    @Override
    protected void layoutChildren() {
        double labels = sharedLabels();
        double each = each(getWidth(), labels);
        double[] heights = rowHeights(getWidth());
        double room = getHeight() - GAP * (rows() - 1);
        if (DoubleStream.of(heights).sum() > room) {
            Arrays.fill(heights, Math.floor(room / rows()));
        }
        double y = 0;
        for (Which which : Which.values()) {
            int column = which.ordinal() % arranged.columns();
            int row = which.ordinal() / arranged.columns();
            y += column == 0 && row > 0 ? heights[row - 1] + GAP : 0;
            pane(which).setAside(column == 0 ? labels : 0);
            pane(which).resizeRelocate(column == 0 ? 0 : labels + column * (each + GAP), y,
                column == 0 ? labels + each : each, heights[row]);
        }
    }

    private int rows() {
        return (three.size() + arranged.columns() - 1) / arranged.columns();
    }

    private double sharedLabels() {
        return isShared() ? Math.ceil(canvas().roomOfSharedLabels()) : 0;
    }

    /** The width of one without labels. */
    private double each(double width, double labels) {
        return Math.max(1, Math.floor((width - labels - GAP * (arranged.columns() - 1)) / arranged.columns()));
    }

    private double[] rowHeights(double width) {
        double labels = sharedLabels();
        double each = each(width, labels);
        double[] heights = new double[rows()];
        for (Which which : Which.values()) {
            int row = which.ordinal() / arranged.columns();
            boolean isFirst = which.ordinal() % arranged.columns() == 0;
            heights[row] = Math.max(heights[row], Math.ceil(pane(which).prefHeight(isFirst ? labels + each : each)));
        }
        return heights;
    }

    private void show(boolean shown) {
        setVisible(shown);
        setManaged(shown);
    }

    /** @param whyNot what keeps one of them away, in one sentence */
    void show(WorkspaceViewModel.Maps maps, Function<Which, String> whyNot) {
        if (maps.difference().isPresent() != comparable) {
            comparable = !comparable;
            labelRows();
        }
        for (Which which : Which.values()) {
            pane(which).canvas().labelLike(maps.difference().orElse(null));
            pane(which).show(which, maps.of(which), maps.spoken(which), maps.legend(which), whyNot.apply(which));
        }
    }
}
