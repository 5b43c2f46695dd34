package org.headscope.window.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Line;
import org.headscope.figure.Legend;
import org.headscope.figure.Matrix;
import org.headscope.window.Look;
import org.headscope.window.Which;
import org.headscope.window.control.DrawingView;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Painter;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;
import org.headscope.window.workspace.WorkspaceViewModel.Maps;

/** Attention along the tokens instead of as a map: as lines between two columns, or on the running text. */
final class ReadingPane extends VBox {

    private static final double WIDEST_LEGEND = 300;

    private final Appearance appearance;
    private final LinesView lines;
    private final TokenText text;
    private final ScrollPane scroll = new ScrollPane();
    private final Label caption = Parts.label("", "note");
    private final Label empty = Parts.label("", "empty-state");
    private final HBox names = new HBox(16);
    private final DrawingView legend = new DrawingView();
    private Node shown;

    ReadingPane(Appearance appearance) {
        super(8);
        this.appearance = appearance;
        this.lines = new LinesView(appearance);
        this.text = new TokenText(appearance);
        this.shown = lines;
        setId("reading");
        setAlignment(Pos.TOP_CENTER);
        caption.setWrapText(true);
        caption.setMinHeight(USE_PREF_SIZE);
        empty.setMaxWidth(320);
        names.setAlignment(Pos.CENTER);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        HBox below = new HBox(legend);
        below.setAlignment(Pos.CENTER);
        below.setMinHeight(USE_PREF_SIZE);
        legend.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(caption, names, empty, scroll, below);
    }

    /** @param whyNot where the maps have none of this run */
    void show(Look look, Maps maps, Which which, String whyNot) {
        Optional<HeatPicture> picture = maps.of(which);
        shown = look == Look.TEXT ? text : lines;
        scroll.setContent(shown);
        scroll.setVisible(picture.isPresent());
        legend.setVisible(picture.isPresent());
        empty.setText(picture.isPresent() ? "" : whyNot);
        empty.setManaged(picture.isEmpty());
        caption.setText(picture.isEmpty() ? "" : look == Look.TEXT
            ? "Before the marked token: what it attends to. After it: how much they attend to it."
            : "Each line is one query's attention to one key; point at a token to see its own.");
        names.getChildren().clear();
        picture.ifPresent(now -> show(look, maps, which, now));
    }

    private void show(Look look, Maps maps, Which which, HeatPicture picture) {
        List<LinesView.Layer> layers = new ArrayList<>();
        if (which != Which.DIFFERENCE) {
            maps.lines().forEach(head -> head.of(which).ifPresent(matrix ->
                layers.add(new LinesView.Layer(head.name(), matrix))));
        }
        if (layers.isEmpty()) {
            layers.add(new LinesView.Layer(maps.name(), picture.matrix()));
        }
        if (look == Look.LINES) {
            lines.show(layers, picture.rows(), picture.shading().scale());
            name(layers);
        } else {
            text.show(Optional.of(picture));
        }
        List<Matrix> matrices = look == Look.LINES ? layers.stream().map(LinesView.Layer::matrix).toList()
            : List.of(picture.matrix());
        legend.show(Legend.of(look == Look.LINES ? maps.legend(which) + ", as strength of the line"
            : maps.legend(which), picture.shading().scale(), matrices).draw(appearance.themeProperty().get(),
            WIDEST_LEGEND));
    }

    /** Whose lines are which, by colour, dashes and word. */
    private void name(List<LinesView.Layer> layers) {
        for (int layer = 0; layer < layers.size(); layer++) {
            Line sample = new Line(0, 0, 28, 0);
            sample.setStroke(Painter.color(lines.color(layer)));
            sample.setStrokeWidth(2);
            for (double dash : LinesView.dashes(layer)) {
                sample.getStrokeDashArray().add(dash);
            }
            Label label = Parts.label(layers.get(layer).name(), "small");
            label.setGraphic(sample);
            names.getChildren().add(label);
        }
    }

    /** What takes the keys. */
    Node focusable() {
        return shown;
    }

    boolean letGo() {
        return lines.letGo();
    }
}
