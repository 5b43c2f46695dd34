package org.headscope.window.headmap;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Insets;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.figure.Legend;
import org.headscope.model.Head;
import org.headscope.window.ViewState;
import org.headscope.window.Which;
import org.headscope.window.Workbench;
import org.headscope.window.control.Choice;
import org.headscope.window.control.DrawingView;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;

/** The left region: every head of every layer, and which of them are known kinds. */
public final class HeadMap extends VBox {

    /** The drawing keeps a margin of its own, which hangs over the edges here. */
    private static final double LEGEND_MARGIN = 8;

    private final Workbench workbench;
    private final ViewState view;
    private final HeadMapViewModel model;
    private final Appearance appearance;
    private final HeadGridCanvas grid;
    private final Label title = Parts.label("", "section-title");
    private final DrawingView legend = new DrawingView();
    private final VBox named = new VBox(4);

    public HeadMap(Workbench workbench, ViewState view, Appearance appearance) {
        this.workbench = workbench;
        this.view = view;
        this.appearance = appearance;
        this.model = new HeadMapViewModel(workbench, view, appearance.themeProperty());
        this.grid = new HeadGridCanvas(appearance);
        getStyleClass().add("head-map");
        setId("head-map");
        setSpacing(8);
        setPadding(new Insets(8, 8, 8, 16));
        setMinWidth(256);
        getChildren().addAll(header(), scroll(), legend, named);
        VBox.setMargin(legend, new Insets(0, 0, 0, -16));
        connect();
    }

    private VBox header() {
        title.setTooltip(new Tooltip("L4H1 is head 1 of layer 4; both are counted from zero."));
        var which = Choice.of(List.of(Which.values()), view.whichProperty(), Which::label,
            value -> "Show the attention of the " + value.phrase());
        HBox runs = new HBox(which);
        return new VBox(8, title, runs);
    }

    private ScrollPane scroll() {
        ScrollPane scroll = new ScrollPane(grid);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        scroll.setMinHeight(80);
        return scroll;
    }

    private void connect() {
        model.pixelsProperty().bind(grid.cellPixelsProperty());
        model.thumbnailsProperty().addListener((observed, before, now) -> show(now));
        workbench.documentProperty().addListener((observed, before, now) -> grid.show(now));
        workbench.currentProperty().addListener((observed, before, now) -> dim());
        workbench.pairProperty().addListener((observed, before, now) -> dim());
        workbench.probeProperty().addListener((observed, before, now) -> showNamed());
        widthProperty().addListener((observed, before, now) -> showLegend());
        grid.setOnHover(head -> view.hoveredHeadProperty().set(head));
        grid.setOnChoose(this::choose);
        grid.setOnMove(head -> workbench.focus(head, workbench.document().locked()));
        grid.show(workbench.document());
        show(model.thumbnailsProperty().get());
        showNamed();
    }

    /** A click locks a head, and another click on it lets it go. */
    private void choose(Head head) {
        boolean same = workbench.document().focus().equals(Optional.of(head)) && workbench.document().locked();
        workbench.focus(head, !same);
    }

    private void show(Optional<HeadMapViewModel.Thumbnails> thumbnails) {
        grid.show(thumbnails);
        title.setText(model.title());
        showLegend();
    }

    private void dim() {
        boolean older = !workbench.currentProperty().get() && workbench.finishedProperty().get().isPresent()
            && workbench.finishedProperty().get().map(last -> last.pair().number())
                .equals(workbench.pairProperty().get().map(pair -> pair.number()));
        grid.setOpacity(older ? 0.45 : 1);
    }

    private void showLegend() {
        if (getWidth() > 0) {
            model.thumbnailsProperty().get().ifPresent(thumbnails -> legend.show(new Legend(
                view.whichProperty().get() == Which.DIFFERENCE ? "Difference" : "Attention",
                thumbnails.shading().scale(), Set.of(), 0, 0)
                .draw(appearance.themeProperty().get(), Math.min(280, getWidth() + LEGEND_MARGIN))));
        }
    }

    private void showNamed() {
        named.getChildren().clear();
        List<HeadMapViewModel.Named> kinds = HeadMapViewModel.named(workbench.probeProperty().get());
        if (!kinds.isEmpty()) {
            Label heading = Parts.label("On repeated random tokens", "section-title");
            heading.setTooltip(new Tooltip("Mean attention to the token that a head of this kind looks at, on 50 "
                + "random tokens that are repeated once."));
            named.getChildren().add(heading);
        }
        kinds.forEach(kind -> named.getChildren().add(row(kind)));
    }

    private HBox row(HeadMapViewModel.Named kind) {
        HBox row = new HBox(6, Parts.label(kind.kind(), "muted", "small"));
        ((Label) row.getChildren().get(0)).setMinWidth(90);
        if (kind.heads().isEmpty()) {
            row.getChildren().add(Parts.label("none above 0.1", "muted", "small"));
        }
        for (Head head : kind.heads()) {
            Hyperlink link = new Hyperlink("%s %s".formatted(head,
                String.format(Locale.ROOT, "%.2f", kind.scores().get(head))));
            link.getStyleClass().add("small");
            link.setPadding(Insets.EMPTY);
            link.setOnAction(event -> {
                link.setVisited(false);
                workbench.focus(head, true);
            });
            row.getChildren().add(link);
        }
        return row;
    }
}
