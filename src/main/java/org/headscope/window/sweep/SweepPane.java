package org.headscope.window.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import javafx.util.StringConverter;
import org.controlsfx.control.ToggleSwitch;
import org.headscope.figure.Cell;
import org.headscope.figure.Legend;
import org.headscope.figure.Matrix;
import org.headscope.figure.Raster;
import org.headscope.figure.Shading;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.session.Document;
import org.headscope.window.Workbench;
import org.headscope.window.control.Choice;
import org.headscope.window.control.DrawingView;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;

/**
 * A sweep as a map: every cell is the corrupt run with one place taken from the clean one. A click on a cell looks at
 * its head and stages its patch alone, a click with Shift beside those that are staged.
 */
public final class SweepPane extends VBox {

    private static final double WIDEST_LEGEND = 300;
    private static final String INVITATION =
        "Sweep to see what each patch recovers: every cell is the corrupt run with one place taken from the clean one.";

    private final Workbench workbench;
    private final SweepViewModel model;
    private final Appearance appearance;
    private final HeatCanvas map;
    private final DrawingView legend = new DrawingView();
    private final Label title = Parts.label("", "strong");
    private final Label partial = Parts.label("", "tag");
    private final Label empty = Parts.label(INVITATION, "empty-state");

    public SweepPane(Workbench workbench, SweepViewModel model, Appearance appearance) {
        super(8);
        this.workbench = workbench;
        this.model = model;
        this.appearance = appearance;
        this.map = new HeatCanvas(appearance, true);
        map.setId("sweep-map");
        partial.setId("sweep-partial");
        map.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> choose(map.hoveredProperty().get(),
            event.isShiftDown()));
        empty.setMaxWidth(340);
        empty.setPadding(new Insets(48, 0, 0, 0));
        Parts.hideWhile(empty, map.pictureProperty().isNotNull());
        Parts.hideWhile(map, map.pictureProperty().isNull());
        Parts.hideWhile(legend, map.pictureProperty().isNull());
        HBox heading = new HBox(8, title, partial);
        heading.setAlignment(Pos.CENTER);
        HBox below = new HBox(legend);
        below.setAlignment(Pos.CENTER);
        below.setMinHeight(USE_PREF_SIZE);
        setAlignment(Pos.TOP_CENTER);
        Label problem = Parts.note(model.problemProperty(), "problem");
        problem.setId("sweep-problem");
        title.setWrapText(true);
        title.setTextAlignment(TextAlignment.CENTER);
        getChildren().addAll(problem, heading, map, empty, below);
        setMinSize(160, 0);
        model.shownProperty().addListener((observed, before, now) -> show());
        model.fitProperty().addListener((observed, before, now) -> show());
        appearance.themeProperty().addListener((observed, before, now) -> show());
        workbench.currentProperty().addListener((observed, before, now) -> map.setOpacity(now ? 1 : 0.45));
        widthProperty().addListener((observed, before, now) -> show());
        show();
    }

    /** What is swept and how it is shown; lies above the map and what stands beside it. */
    public HBox controls() {
        ComboBox<HookPoint> part = new ComboBox<>(FXCollections.observableList(parts()));
        part.setId("sweep-part");
        part.setAccessibleText("What is taken from the clean run");
        part.setConverter(new Names());
        part.valueProperty().bindBidirectional(model.pointProperty());
        var by = Choice.of(List.of(By.HEAD, By.POSITION), model.byProperty(),
            value -> value == By.HEAD ? "By head" : "By position",
            value -> value == By.HEAD ? "One cell a head, at all positions" : "One cell a position");
        ComboBox<MetricChoice> metric = new ComboBox<>(FXCollections.observableArrayList(MetricChoice.values()));
        metric.setId("sweep-metric");
        metric.setAccessibleText("What is measured");
        metric.valueProperty().bindBidirectional(model.metricProperty());
        ToggleSwitch fit = new ToggleSwitch("Fit");
        fit.setTooltip(new Tooltip("End the scale at the largest value instead of at ±1"));
        fit.selectedProperty().bindBidirectional(model.fitProperty());
        Button sweep = Parts.named(new Button("Sweep", Icons.RUN.node()), "Patch every cell, one at a time (S)");
        sweep.setId("sweep");
        sweep.setMinWidth(USE_PREF_SIZE);
        sweep.setOnAction(event -> model.sweep());
        HBox controls = new HBox(8, part, by, metric, Parts.spacer(), fit, sweep);
        controls.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(metric, Priority.SOMETIMES);
        return controls;
    }

    /** Parts of heads first, then those of layers in the order in which they fire. */
    private static List<HookPoint> parts() {
        List<HookPoint> parts = new ArrayList<>(Document.PARTS);
        SweepKind.OF_LAYERS.stream().sorted().forEach(parts::add);
        return parts;
    }

    private void show() {
        Optional<SweepViewModel.Shown> shown = model.shownProperty().get();
        title.setText(shown.map(SweepViewModel.Shown::title).orElse(""));
        partial.setText(shown.map(SweepViewModel.Shown::progress).orElse(""));
        partial.setVisible(!partial.getText().isEmpty());
        map.pictureProperty().set(shown.map(this::picture).orElse(null));
        shown.filter(now -> getWidth() > 0).ifPresent(now -> legend.show(Legend.of(now.isShare() ? "Recovered"
            : "Change", model.scale(now), List.of(now.matrix())).draw(appearance.themeProperty().get(),
            Math.min(WIDEST_LEGEND, getWidth()))));
    }

    private HeatPicture picture(SweepViewModel.Shown shown) {
        Matrix matrix = shown.matrix();
        Shading shading = appearance.themeProperty().get().shading(model.scale(shown));
        return new HeatPicture(matrix, shading, Raster.of(matrix, shading), shown.rows(), shown.columns(),
            shown::words);
    }

    private void choose(Optional<Cell> cell, boolean beside) {
        Optional<SweepViewModel.Shown> shown = model.shownProperty().get();
        Optional<Head> head = shown.flatMap(now -> cell.flatMap(now::head));
        head.ifPresent(chosen -> workbench.edit("", document -> {
            HookPoint point = shown.orElseThrow().kind().point();
            Document bare = beside ? document : document.withoutPatches();
            return (bare.isStaged(chosen, point) ? bare : bare.toggled(chosen, point)).withFocus(chosen, true);
        }));
    }

    /** Parts by the names that they have on the command line. */
    private static final class Names extends StringConverter<HookPoint> {

        @Override
        public String toString(HookPoint point) {
            return point == null ? "" : point.shortName();
        }

        @Override
        public HookPoint fromString(String name) {
            throw new IllegalStateException("The names are only shown.");
        }
    }
}
