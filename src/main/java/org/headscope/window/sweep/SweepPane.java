package org.headscope.window.sweep;

import atlantafx.base.controls.ToggleSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Legend;
import org.headscope.figure.Matrix;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Scale;
import org.headscope.figure.Shading;
import org.headscope.window.control.DrawingView;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;
import org.headscope.window.theme.Appearance;

/**
 * A sweep as one map or several on one scale. A click on a cell, or Enter, looks at its head and stages its patch
 * alone, with Shift beside those that are staged.
 */
public final class SweepPane extends HBox {

    private static final double WIDEST_LEGEND = 300;
    private static final double ROOM_FOR_FIT = 88;
    private static final double NARROW = 300;
    private static final double TWO_LINES = 34;
    private static final double LOWEST_MAP = 84;
    private static final double HIGH = 300;
    private static final String INVITATION = "Sweep (S) to see what each patch does: every cell is one run with one "
        + "place replaced.";

    private final SweepViewModel model;
    private final Appearance appearance;
    private final Panel single;
    private final List<Panel> several = new ArrayList<>();
    private final PanelGrid grid = new PanelGrid();
    private final ScrollPane scroll = new ScrollPane(grid);
    private final DrawingView legend = new DrawingView();
    private final Label title = Parts.label("", "strong");
    private final Label partial = Parts.label("", "tag");
    private final Label quantity = Parts.label("", "muted", "small");
    private final Label cell = Parts.label("", "small");
    private final Label empty = Parts.label("", "empty-state");
    private final HBox below;
    private final VBox column = new VBox(8);
    private final PairStrip strip;
    private final PairPane pairs;
    private final ReadOnlyBooleanWrapper isSeveral = new ReadOnlyBooleanWrapper();

    public SweepPane(SweepViewModel model, Appearance appearance) {
        super(16);
        this.model = model;
        this.strip = new PairStrip(appearance);
        this.pairs = new PairPane(model);
        this.appearance = appearance;
        this.single = new Panel(new HeatCanvas(appearance, false), "sweep-map", 0);
        this.below = below();
        Label problem = Parts.note(model.problemProperty(), "small", "warned");
        setId("sweep-pane");
        problem.setId("sweep-problem");
        empty.setId("sweep-invitation");
        // Nobody is asked to do what the sentence above refuses.
        empty.textProperty().bind(model.problemProperty().map(why -> why.isEmpty() ? INVITATION : ""));
        empty.setMaxWidth(340);
        empty.setPadding(new Insets(48, 0, 0, 0));
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        Label fileProblem = Parts.note(model.fileProblemProperty(), "problem");
        fileProblem.setId("sweep-file-problem");
        column.setAlignment(Pos.TOP_CENTER);
        column.getChildren().addAll(fileProblem, problem, heading(), single, scroll, empty, below);
        column.setMinSize(150, 0);
        column.setPrefWidth(300);
        HBox.setHgrow(column, Priority.ALWAYS);
        HBox.setHgrow(pairs, Priority.ALWAYS);
        getChildren().addAll(column, pairs);
        setMinSize(160, 0);
        model.shownProperty().addListener((observed, before, now) -> show());
        model.fitProperty().addListener((observed, before, now) -> show());
        model.olderProperty().addListener((observed, before, now) -> show());
        appearance.themeProperty().addListener((observed, before, now) -> show());
        single.canvas.setMinHeight(LOWEST_MAP);
        column.heightProperty().addListener((observed, before, now) -> {
            single.canvas.setDense(now.doubleValue() < HIGH);
            showCell();
        });
        column.widthProperty().addListener((observed, before, now) -> show());
        pairs.shownRow().addListener((observed, before, now) -> showCell());
        show();
    }

    /** Whether it needs all the room there is, for the table of pairs beside the map. */
    public ReadOnlyBooleanProperty fillsProperty() {
        return pairs.visibleProperty();
    }

    /** Whether there are several maps, which need more room. */
    public ReadOnlyBooleanProperty severalProperty() {
        return isSeveral.getReadOnlyProperty();
    }

    /** What is swept and how; lies above the map and what stands beside it. */
    public Node controls() {
        return new SweepControls(model);
    }

    private VBox heading() {
        title.setId("sweep-title");
        partial.setId("sweep-partial");
        partial.setMinWidth(USE_PREF_SIZE);
        quantity.setId("sweep-quantity");
        quantity.setWrapText(true);
        quantity.setTextAlignment(TextAlignment.CENTER);
        quantity.setMinHeight(USE_PREF_SIZE);
        cell.setId("sweep-cell");
        cell.setWrapText(true);
        cell.setTextAlignment(TextAlignment.CENTER);
        cell.setAlignment(Pos.TOP_CENTER);
        // Always two lines, so that the map stands still when another cell is pointed at.
        cell.setMinHeight(TWO_LINES);
        cell.setPrefHeight(TWO_LINES);
        title.setWrapText(true);
        title.setTextAlignment(TextAlignment.CENTER);
        title.setMinHeight(USE_PREF_SIZE);
        HBox line = new HBox(8, title, partial);
        line.setAlignment(Pos.CENTER);
        line.setMinHeight(USE_PREF_SIZE);
        VBox heading = new VBox(2, line, quantity, cell, strip);
        heading.setAlignment(Pos.CENTER);
        heading.setMinHeight(USE_PREF_SIZE);
        return heading;
    }

    private HBox below() {
        ToggleSwitch fit = Parts.toggle("Fit");
        fit.setId("sweep-fit");
        fit.setMinWidth(USE_PREF_SIZE);
        Tips.on(fit, "End the scale at the largest value instead of at ±1");
        fit.selectedProperty().bindBidirectional(model.fitProperty());
        // A change of logits has no natural end, so its scale always fits.
        Parts.hideWhile(fit, model.shownProperty().map(shown -> shown.filter(ShownSweep::isShare).isEmpty()));
        HBox line = new HBox(8, legend, fit);
        line.setAlignment(Pos.CENTER);
        line.setMinHeight(USE_PREF_SIZE);
        return line;
    }

    // ---- showing ----

    private void show() {
        Optional<ShownSweep> shown = model.shownProperty().get();
        setShown(empty, shown.isEmpty());
        setShown(below, shown.isPresent());
        setShown(single, shown.filter(now -> now.maps().size() == 1).isPresent());
        setShown(scroll, shown.isPresent() && !single.isVisible());
        isSeveral.set(scroll.isVisible());
        title.setText(shown.map(ShownSweep::title).orElse(""));
        quantity.setText(shown.map(now -> now.isOfPairs() ? now.prompts() + ", " + now.quantity() : now.quantity())
            .orElse(""));
        partial.setText(model.olderProperty().get() ? "previous"
            : shown.filter(now -> !now.isComplete()).map(ShownSweep::progress).orElse(""));
        setShown(partial, !partial.getText().isEmpty());
        Stream.of(single, scroll, below).forEach(part -> part.setOpacity(model.olderProperty().get() ? 0.45 : 1));
        shown.ifPresent(this::show);
        showCell();
    }

    private static void setShown(Node node, boolean is) {
        node.setVisible(is);
        node.setManaged(is);
    }

    private void show(ShownSweep shown) {
        List<NamedMap> maps = shown.maps();
        List<Matrix> matrices = maps.stream().map(NamedMap::matrix).toList();
        Scale scale = shown.scale(model.fitProperty().get());
        Shading shading = appearance.themeProperty().get().shading(scale);
        Axis rows = shown.rows();
        Axis columns = shown.columns();
        List<Panel> panels = panels(maps.size());
        for (int map = 0; map < panels.size(); map++) {
            int place = map;
            panels.get(map).show(maps.get(map).name(), HeatPicture.of(matrices.get(map), shading,
                rows, columns, at -> shown.words(place, at)));
        }
        if (panels.size() > 1) {
            grid.show(panels, rows.size(), columns.size());
        }
        double width = column.getWidth();
        if (width > 0) {
            String what = width < NARROW ? shown.isShare() ? "Share" : "Change" : shown.meaning();
            legend.show(Legend.of(what, scale, matrices).draw(appearance.themeProperty().get(),
                Math.min(WIDEST_LEGEND, width - ROOM_FOR_FIT)));
        }
    }

    /** As many as there are maps; those that were there already stay. */
    private List<Panel> panels(int count) {
        if (count == 1) {
            return List.of(single);
        }
        while (several.size() < count) {
            several.add(new Panel(HeatCanvas.dense(appearance), "sweep-map-" + several.size(), several.size()));
        }
        return several.subList(0, count);
    }

    private Stream<Panel> allPanels() {
        return Stream.concat(Stream.of(single), several.stream());
    }

    /** The numbers of the cell that is pointed at, else of the one that is ringed. */
    private void showCell() {
        List<Panel> visible = allPanels().filter(panel -> panel.getParent() != null && panel.isShowing()).toList();
        Optional<Panel> pointed = Stream.concat(visible.stream().filter(panel -> panel.isAt(panel.canvas
            .hoveredProperty().get())), visible.stream().filter(panel -> panel.isAt(panel.canvas.lockedProperty()
            .get()))).findFirst();
        cell.setText(pointed.map(panel -> panel.canvas.pictureProperty().get().words().apply(panel.place()))
            .orElse(" "));
        makeRoom(pointed.isPresent());
        Optional<ShownSweep> shown = model.shownProperty().get().filter(ShownSweep::isOfPairs);
        // Where there is little room the table beside says the same.
        setShown(strip, shown.isPresent() && column.getHeight() >= HIGH);
        List<ShownSweep.PairValue> values = shown.isEmpty() || pointed.isEmpty() ? List.of()
            : shown.get().ofPairs(pointed.get().map, pointed.get().place());
        shown.ifPresent(now -> strip.show(now, values, now.scale(model.fitProperty().get()), pairs.shownRow().get(),
            column.getWidth()));
        pairs.show(shown, values);
    }

    /** In a low window the cell's numbers take the place of what they are of, so that the map has room. */
    private void makeRoom(boolean isPointed) {
        boolean isLow = column.getHeight() < HIGH;
        boolean isOlder = model.olderProperty().get();
        setShown(cell, !isLow || isPointed && !isOlder);
        setShown(quantity, !isLow || !isPointed && !isOlder);
        quantity.setMinHeight(isLow ? TWO_LINES : USE_PREF_SIZE);
    }

    /** The map that takes the keys; empty where there is none. */
    public Optional<Node> shownMap() {
        return model.shownProperty().get().map(shown -> (shown.maps().size() == 1 ? single : several.get(0)).canvas);
    }

    /** Takes the ring off the chosen cell; false where there is none. */
    public boolean letGo() {
        List<Panel> ringed = allPanels().filter(panel -> panel.canvas.lockedProperty().get().isPresent()).toList();
        ringed.forEach(panel -> panel.canvas.lockedProperty().set(Optional.empty()));
        return !ringed.isEmpty();
    }

    /** One map with its name above. */
    private final class Panel extends VBox {

        private final HeatCanvas canvas;
        private final int map;
        private final Label name = Parts.label("", "strong", "small");

        Panel(HeatCanvas canvas, String id, int map) {
            super(2);
            this.canvas = canvas;
            this.map = map;
            canvas.setId(id);
            canvas.withoutTips();
            setAlignment(Pos.TOP_CENTER);
            VBox.setVgrow(canvas, Priority.SOMETIMES);
            Parts.hideWhile(name, name.textProperty().map(String::isEmpty));
            getChildren().addAll(name, canvas);
            canvas.hoveredProperty().addListener((observed, before, now) -> showCell());
            canvas.lockedProperty().addListener((observed, before, now) -> {
                // One ring in all maps.
                if (now.isPresent()) {
                    allPanels().filter(other -> other != this)
                        .forEach(other -> other.canvas.lockedProperty().set(Optional.empty()));
                }
                showCell();
            });
            canvas.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
                Optional<Cell> clicked = canvas.hoveredProperty().get();
                if (event.getButton() == MouseButton.PRIMARY && clicked.isPresent()) {
                    // A second click chooses as well, and must not take the ring away.
                    canvas.lockedProperty().set(clicked);
                    model.choose(map, clicked.get(), event.isShiftDown());
                }
            });
            canvas.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
                Optional<Cell> ringed = canvas.lockedProperty().get();
                if ((event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) && ringed.isPresent()) {
                    model.choose(map, ringed.get(), event.isShiftDown());
                    event.consume();
                }
            });
        }

        void show(String called, HeatPicture picture) {
            name.setText(called);
            canvas.setName(called.isEmpty() ? "Sweep map" : "Sweep map, " + called);
            canvas.pictureProperty().set(picture);
        }

        boolean isShowing() {
            return canvas.pictureProperty().get() != null && (this == single ? single.isVisible() : scroll.isVisible());
        }

        /** The cell that is pointed at, else the one that is ringed. */
        Cell place() {
            return canvas.hoveredProperty().get().or(() -> canvas.lockedProperty().get()).orElseThrow();
        }

        boolean isAt(Optional<Cell> place) {
            return place.filter(at -> at.row() < canvas.pictureProperty().get().matrix().rows()
                && at.column() < canvas.pictureProperty().get().matrix().columns()).isPresent();
        }
    }
}
