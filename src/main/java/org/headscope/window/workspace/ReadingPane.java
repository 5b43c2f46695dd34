package org.headscope.window.workspace;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.figure.AttentionLines;
import org.headscope.figure.Legend;
import org.headscope.figure.Theme;
import org.headscope.session.Look;
import org.headscope.session.Which;
import org.headscope.window.ViewState;
import org.headscope.window.control.DrawingView;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;
import org.headscope.window.workspace.WorkspaceViewModel.Maps;

/** Attention along the tokens instead of as a map: as lines between two columns, or on the running text. */
final class ReadingPane extends VBox {

    private static final double WIDEST_LEGEND = 300;

    private final Appearance appearance;
    private final LinesView lines;
    private final TokenText text;
    private final MapTable table = new MapTable();
    private final ScrollPane scroll = new ScrollPane();
    private final Label caption = Parts.label("", "note");
    private final Label empty = Parts.label("", "empty-state");
    private final DrawingView names = new DrawingView();
    private final WorkspaceViewModel model;
    private final DrawingView legend = new DrawingView();
    private final HBox below = new HBox();
    private Node shown;

    ReadingPane(WorkspaceViewModel model, ViewState view, Appearance appearance) {
        super(8);
        this.model = model;
        this.appearance = appearance;
        this.lines = new LinesView(appearance, model.sideProperty());
        this.text = new TokenText(appearance, model.tokenProperty());
        this.shown = lines;
        view.directionProperty().addListener((observed, before, now) -> text.read(now));
        text.read(view.directionProperty().get());
        setId("reading");
        setAlignment(Pos.TOP_CENTER);
        caption.setWrapText(true);
        caption.setMinHeight(USE_PREF_SIZE);
        empty.setMaxWidth(320);
        names.setMaxWidth(USE_PREF_SIZE);
        names.setMinHeight(USE_PREF_SIZE);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        below.getChildren().add(legend);
        below.setAlignment(Pos.CENTER);
        below.setMinHeight(USE_PREF_SIZE);
        legend.setMinHeight(USE_PREF_SIZE);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(caption, names, empty, scroll, table, below);
    }

    /** @param whyNot where the maps have none of this run */
    void show(Look look, Maps maps, Which which, String whyNot) {
        Optional<HeatPicture> picture = maps.of(which);
        shown = look == Look.TABLE ? table.table() : look == Look.TEXT ? text : lines;
        if (look != Look.TABLE) {
            scroll.setContent(shown);
        }
        show(scroll, picture.isPresent() && look != Look.TABLE);
        show(table, picture.isPresent() && look == Look.TABLE);
        // A table has no colours.
        show(below, picture.isPresent() && look != Look.TABLE);
        empty.setText(picture.isPresent() ? "" : whyNot);
        empty.setManaged(picture.isEmpty());
        caption.setText(picture.isEmpty() ? "" : switch (look) {
            case TEXT -> "Before the marked token: what it attends to. After it: what attends to it (T).";
            case TABLE -> "Each row is a query. Scroll sideways for more keys; Ctrl+C copies the table.";
            default -> "Each line is one query's attention to one key; point at a token to see its own.";
        });
        show(names, picture.isPresent() && look == Look.LINES);
        if (look == Look.LINES) {
            model.lines("").ifPresent(this::show);
        } else {
            picture.ifPresent(now -> show(now, look, maps.legend(which)));
        }
    }

    private void show(AttentionLines now) {
        Theme theme = appearance.themeProperty().get();
        lines.show(now);
        names.show(now.names(theme));
        legend.show(now.legend(theme, WIDEST_LEGEND));
    }

    private void show(HeatPicture picture, Look look, String quantity) {
        if (look == Look.TABLE) {
            table.show(picture);
        } else {
            text.show(Optional.of(picture));
        }
        // What marks cells of a map, such as those of the future, does not stand on a text.
        legend.show(Legend.of(quantity, picture.shading().scale(), List.of(picture.matrix())).ofColors()
            .draw(appearance.themeProperty().get(), WIDEST_LEGEND));
    }

    private static void show(Node node, boolean isShown) {
        node.setVisible(isShown);
        node.setManaged(isShown);
    }

    /** What takes the keys. */
    Node focusable() {
        return shown;
    }

    boolean letGo() {
        return shown == text ? text.letGo() : shown == lines && lines.letGo();
    }
}
