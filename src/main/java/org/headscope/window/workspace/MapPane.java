package org.headscope.window.workspace;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import org.headscope.figure.CellRange;
import org.headscope.figure.Legend;
import org.headscope.figure.Theme;
import org.headscope.session.Which;
import org.headscope.window.ViewState;
import org.headscope.window.control.DrawingView;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Painter;
import org.headscope.window.control.Parts;
import org.headscope.window.control.RangePicker;
import org.headscope.window.control.RunMark;
import org.headscope.window.theme.Appearance;

/**
 * One map with whose it is above and its legend below, or with both on its right where the map then grows larger; where
 * there is no map, why.
 */
final class MapPane extends VBox {

    private static final double WIDEST_LEGEND = 268;
    private static final double LEAST = 120;
    private static final double SMALLEST = 64;
    private static final double GAP = 12;
    /** What both take of the height where they stand above and below. */
    private static final double NAME_AND_LEGEND = 100;
    /** That the drawing of a legend keeps around it. */
    private static final double MARGIN = 16;
    /** Two legends side by side. */
    private static final double BETWEEN = 8;
    private static final Font LEGEND_TITLE = Painter.font(12, 2);
    /** Of the legend beside the map. */
    private static final double NARROWEST_SIDE = 136;
    private static final double WIDEST_SIDE = 200;
    /** What a map may take in width beyond its height, for the labels of its rows. */
    private static final double LABELS = 64;

    private final Appearance appearance;
    private final HeatCanvas canvas;
    private final DrawingView legend = new DrawingView();
    private final Label empty = Parts.label("", "empty-state");
    private final HBox name = new HBox(8);
    private final HBox below = new HBox();
    private String legendTitle = "";
    private Which named;
    private final boolean compact;
    /** How wide the legend stands beside the map; 0 where it is below. */
    private double side;
    /** What labels take on the left, over and under which nothing else stands. */
    private double aside;

    /** @param compact whether it stands beside others */
    MapPane(ViewState view, CellPatches patches, Appearance appearance, boolean compact) {
        super(8);
        this.appearance = appearance;
        this.compact = compact;
        this.canvas = new HeatCanvas(appearance, compact);
        canvas.hoveredProperty().bindBidirectional(view.hoveredCellProperty());
        canvas.lockedProperty().bindBidirectional(view.lockedCellProperty());
        canvas.rangeProperty().bindBidirectional(view.rangeProperty());
        canvas.marksProperty().bind(patches.marksProperty());
        canvas.setReach(patches::reach);
        RangePicker.on(canvas, cell -> patches.cut(CellRange.of(cell, cell)), patches::stage);
        canvas.zoomProperty().bindBidirectional(view.zoomProperty());
        canvas.foundProperty().bind(view.foundProperty());
        canvas.withZoom();
        empty.setMaxWidth(compact ? 180 : 320);
        empty.setPadding(new Insets(48, 0, 0, 0));
        empty.setMinHeight(USE_PREF_SIZE);
        Parts.hideWhile(empty, canvas.pictureProperty().isNotNull());
        Parts.hideWhile(canvas, canvas.pictureProperty().isNull());
        Parts.hideWhile(legend, canvas.pictureProperty().isNull());
        name.setAlignment(Pos.CENTER);
        legend.setMinHeight(USE_PREF_SIZE);
        below.getChildren().add(legend);
        below.setAlignment(Pos.CENTER);
        below.setMinHeight(USE_PREF_SIZE);
        setAlignment(Pos.TOP_CENTER);
        getChildren().addAll(name, canvas, empty, below);
        setMinSize(LEAST, 0);
        widthProperty().addListener((observed, before, now) -> arrange());
        heightProperty().addListener((observed, before, now) -> arrange());
    }

    /** Puts the legend where the map, which is square, grows larger. */
    private void arrange() {
        double narrowest = Math.max(NARROWEST_SIDE, Painter.width(legendTitle, LEGEND_TITLE));
        double beside = Math.max(narrowest, Math.min(WIDEST_SIDE, getWidth() - getHeight() - LABELS - GAP));
        boolean isBeside = !compact && canvas.pictureProperty().get() != null
            && Math.min(getWidth() - beside - GAP, getHeight()) > Math.min(getWidth(), getHeight() - NAME_AND_LEGEND);
        double before = side;
        side = isBeside ? beside : 0;
        name.setAlignment(isBeside ? Pos.CENTER_LEFT : Pos.CENTER);
        below.setAlignment(isBeside ? Pos.TOP_LEFT : Pos.CENTER);
        placeName();
        showLegend();
        if (side != before) {
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        if (side == 0) {
            super.layoutChildren();
            return;
        }
        double map = Math.min(getWidth() - side - GAP, getHeight() + LABELS);
        double left = Math.floor((getWidth() - map - GAP - side) / 2);
        canvas.resizeRelocate(left, 0, map, getHeight());
        double right = left + map + GAP;
        name.resizeRelocate(right, 0, side, name.prefHeight(-1));
        below.resizeRelocate(right - MARGIN, name.getHeight(), side + 2 * MARGIN, below.prefHeight(-1));
    }

    /** Keeps what stands above and below the map in its middle, though labels take so much on its left. */
    void setAside(double labels) {
        if (labels != aside) {
            aside = labels;
            below.setPadding(new Insets(0, 0, 0, labels));
            placeName();
            showLegend();
        }
    }

    /** A long name in little room stands above the labels too. */
    private void placeName() {
        double words = name.prefWidth(-1) - name.getPadding().getLeft();
        name.setPadding(new Insets(0, 0, 0, Math.max(0, Math.min(aside, getWidth() - words))));
    }

    /** Leaves the legend out, where it stands beside the map already. */
    void setBare(boolean bare) {
        below.setVisible(!bare);
        below.setManaged(!bare);
    }

    /** Whether it has very little room. */
    void setDense(boolean dense) {
        setSpacing(dense ? 2 : 8);
        empty.setPadding(new Insets(dense ? 8 : 48, 0, 0, 0));
        setMinWidth(dense ? SMALLEST : LEAST);
        canvas.setMinSize(dense ? SMALLEST : LEAST, dense ? SMALLEST : LEAST);
        canvas.setDense(dense);
    }

    HeatCanvas canvas() {
        return canvas;
    }

    /**
     * @param spoken whose attention it is, to screen readers
     * @param quantity what the legend calls the values
     */
    void show(Which run, Optional<HeatPicture> picture, String spoken, String quantity, String whyNot) {
        canvas.setName(spoken);
        legendTitle = quantity;
        // A new sign would have to be styled, and then the toolkit paints the whole window again.
        if (run != named) {
            named = run;
            name.getChildren().setAll(sign(run));
        }
        canvas.pictureProperty().set(picture.orElse(null));
        empty.setText(picture.isPresent() ? "" : whyNot);
        arrange();
    }

    /** Which run a map shows. */
    static Node sign(Which run) {
        return switch (run) {
            case CLEAN -> RunMark.CLEAN.label();
            case CORRUPT -> RunMark.CORRUPT.label();
            case DIFFERENCE -> Parts.label("Clean − corrupt", "strong");
        };
    }

    private void showLegend() {
        HeatPicture picture = canvas.pictureProperty().get();
        if (picture != null && getWidth() > aside) {
            Theme theme = appearance.themeProperty().get();
            double room = getWidth() - aside;
            double width = 2 * MARGIN + (side > 0 ? side : Math.min(WIDEST_LEGEND, room - BETWEEN));
            legend.show(Legend.of(legendTitle, picture.shading().scale(), List.of(picture.matrix())).draw(theme, width));
            // Its margins may lie outside of the pane, as far on either side.
            legend.setTranslateX(side > 0 ? 0 : Math.min(0, (room - width) / 2));
        }
    }
}
