package org.headscope.window.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import org.headscope.figure.CellRange;
import org.headscope.figure.Legend;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.model.Head;
import org.headscope.session.Which;
import org.headscope.window.ViewState;
import org.headscope.window.control.DrawingView;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Parts;
import org.headscope.window.control.RangePicker;
import org.headscope.window.theme.Appearance;
import org.headscope.window.workspace.WorkspaceViewModel.Maps;
import org.headscope.window.workspace.WorkspaceViewModel.NamedMaps;

/** Several heads side by side as small maps on one scale, with one cross hair; a click on a name looks at that head. */
final class MultiplesPane extends VBox {

    private static final double GAP = 8;
    private static final double LEAST = 144;
    private static final double NAME = 24;
    private static final double WIDEST_LEGEND = 300;

    private final ViewState view;
    private final Appearance appearance;
    private final Consumer<Head> look;
    private final CellPatches patches;
    private final List<Tile> tiles = new ArrayList<>();
    private final TilePane grid = new TilePane(GAP, GAP);
    private final ScrollPane scroll = new ScrollPane(grid);
    private final HBox sign = new HBox();
    private Which named;
    private final Label empty = Parts.label("", "empty-state");
    private final DrawingView legend = new DrawingView();

    /** One small map under its name. */
    private final class Tile extends VBox {

        private final Button name = new Button();
        private final HeatCanvas canvas = new HeatCanvas(appearance, true);
        private Head head;

        Tile() {
            super(2);
            name.getStyleClass().addAll("flat", "small");
            name.setFocusTraversable(false);
            canvas.setMinSize(64, 64);
            canvas.setReach(patches::reach);
            RangePicker.on(canvas, cell -> patches.cut(head, CellRange.of(cell, cell)),
                cells -> patches.stage(head, cells));
            canvas.withZoom();
            VBox.setVgrow(canvas, Priority.ALWAYS);
            setAlignment(Pos.TOP_CENTER);
            getChildren().addAll(name, canvas);
        }

        void show(Head shown, HeatPicture picture) {
            head = shown;
            canvas.marksProperty().bind(patches.ofHeadsProperty().map(all -> all.getOrDefault(shown, List.of())));
            name.setText(shown.toString());
            Parts.named(name, "Look at " + shown);
            name.setOnAction(event -> look.accept(shown));
            canvas.setId("multiple-" + shown);
            canvas.setName(Maps.spoken(shown));
            canvas.pictureProperty().set(picture);
        }

        /** What is not shown must not follow the cell that is pointed at, which it may not have. */
        void follow(boolean follows) {
            if (follows) {
                canvas.hoveredProperty().bindBidirectional(view.hoveredCellProperty());
                canvas.lockedProperty().bindBidirectional(view.lockedCellProperty());
                canvas.rangeProperty().bindBidirectional(view.rangeProperty());
                canvas.zoomProperty().bindBidirectional(view.zoomProperty());
            } else {
                canvas.marksProperty().unbind();
                canvas.hoveredProperty().unbindBidirectional(view.hoveredCellProperty());
                canvas.lockedProperty().unbindBidirectional(view.lockedCellProperty());
                canvas.rangeProperty().unbindBidirectional(view.rangeProperty());
                canvas.zoomProperty().unbindBidirectional(view.zoomProperty());
            }
        }
    }

    /** @param look looks at one of the heads */
    MultiplesPane(ViewState view, CellPatches patches, Appearance appearance, Consumer<Head> look) {
        super(GAP);
        this.view = view;
        this.appearance = appearance;
        this.look = look;
        this.patches = patches;
        setId("multiples");
        setAlignment(Pos.TOP_CENTER);
        setMinSize(0, 0);
        empty.setMaxWidth(320);
        sign.setAlignment(Pos.CENTER);
        grid.setAlignment(Pos.TOP_CENTER);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.setMinHeight(0);
        scroll.viewportBoundsProperty().addListener((observed, before, now) -> arrange());
        VBox.setVgrow(scroll, Priority.ALWAYS);
        HBox below = new HBox(legend);
        below.setAlignment(Pos.CENTER);
        below.setMinHeight(USE_PREF_SIZE);
        legend.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(sign, empty, scroll, below);
    }

    /** @param whyNot where the heads have no map of this run */
    void show(Maps maps, Which which, String whyNot) {
        if (which != named) {
            named = which;
            sign.getChildren().setAll(MapPane.sign(which));
        }
        List<NamedMaps> shown = maps.several().stream().filter(one -> one.maps().of(which).isPresent()).toList();
        empty.setText(shown.isEmpty() ? whyNot : "");
        empty.setManaged(shown.isEmpty());
        setCount(shown.size());
        for (int i = 0; i < shown.size(); i++) {
            tiles.get(i).show(shown.get(i).head(), shown.get(i).maps().of(which).orElseThrow());
        }
        legend.setVisible(!shown.isEmpty());
        if (!shown.isEmpty()) {
            List<Matrix> matrices = shown.stream().map(one -> one.maps().of(which).orElseThrow().matrix()).toList();
            Scale scale = shown.get(0).maps().of(which).orElseThrow().shading().scale();
            legend.show(Legend.of(maps.legend(which), scale, matrices).draw(appearance.themeProperty().get(),
                WIDEST_LEGEND));
        }
        arrange();
    }

    private void setCount(int count) {
        while (tiles.size() < count) {
            tiles.add(new Tile());
            tiles.get(tiles.size() - 1).follow(true);
        }
        while (tiles.size() > count) {
            tiles.remove(tiles.size() - 1).follow(false);
        }
        if (!grid.getChildren().equals(tiles)) {
            grid.getChildren().setAll(tiles);
        }
    }

    /** As large as all fit at once; where that is too small to be read, the rest is scrolled to. */
    private void arrange() {
        double width = scroll.getViewportBounds().getWidth();
        double height = scroll.getViewportBounds().getHeight();
        if (tiles.isEmpty() || width <= 0) {
            return;
        }
        double side = LEAST;
        for (int across = 1; across <= tiles.size(); across++) {
            int down = (tiles.size() + across - 1) / across;
            side = Math.max(side, Math.min(width / across - GAP, height / down - GAP - NAME));
        }
        grid.setPrefTileWidth(Math.min(side, width));
        grid.setPrefTileHeight(side + NAME);
    }

    /** What takes the keys. */
    Node focusable() {
        return tiles.isEmpty() ? this : tiles.get(0).canvas;
    }
}
