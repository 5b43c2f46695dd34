package org.headscope.window.headmap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.figure.Legend;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.session.Which;
import org.headscope.window.Older;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.action.Action;
import org.headscope.window.action.RegionKeys;
import org.headscope.window.action.Section;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Copying;
import org.headscope.window.control.DrawingView;
import org.headscope.window.control.Late;
import org.headscope.window.control.LatePart;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Term;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.detect.ScoreKind;
import org.headscope.window.sweep.PathViewModel;
import org.headscope.window.theme.Appearance;

/** The left region: every head of every layer, and which of them are known kinds. */
public final class HeadMap extends VBox {

    /** The drawing keeps a margin of its own, which hangs over the edges here. */
    private static final double LEGEND_MARGIN = 8;
    /** What is seen beyond a head that keys have moved to. */
    private static final double REVEALED = 20;

    /** Below this, heads need the room of what is said of a few of them. */
    private static final double LOW = 500;

    /** The keys that it answers by itself. */
    public static final List<RegionKeys> KEYS = List.of(
        RegionKeys.of("head-grid", "Head map")
            .key("Arrows", "Look at another head")
            .key("Home, End", "First, last head of the layer")
            .key("PgUp, PgDn", "Same head, layer above, below")
            .key("Enter or Space", "Lock or unlock the focused head")
            .key("Ctrl+Space", "Take the head into the set, or out of it")
            .key("Ctrl+click, Shift+click", "Take that head into the set, or out of it")
            .key("Click on L0 or H0", "Take all heads of the layer, or of the column")
            .key("Drag to a later head", "Patch the path to it: choose q, k or v (A and arrows do the same)")
            .key("Ctrl+C", "Copy all heads' scores as a table"),
        RegionKeys.of("target", "Triangle of a drawn pattern")
            .key("Arrows", "Another cell")
            .key("Enter or Space", "Mark the cell, or not"));

    /** The heads' least height, in pixels. */
    private static final double LEAST = 80;

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final Workbench workbench;
    private final ViewState view;
    private final HeadMapViewModel model;
    private final DetectViewModel detect;
    private final PathViewModel paths;
    private final Appearance appearance;
    private final LatePart<TargetPane> drawing;
    private final ScrollPane scroll = new ScrollPane();
    private final HeadGridCanvas grid;
    private final Label title = Parts.label("", "section-title");
    private final DrawingView legend = new DrawingView();
    private final NamedHeads named;
    private final BooleanBinding older;
    private final PathDrawing drawnPath;
    private final LatePart<PathBar> pathBar;
    private final BooleanProperty low = new SimpleBooleanProperty();
    private HeadOverlay overlay;

    /** @param late takes what is not seen at first */
    public HeadMap(Workbench workbench, ViewState view, DetectViewModel detect, PathViewModel paths,
                   Appearance appearance, Late late) {
        this.workbench = workbench;
        this.view = view;
        this.detect = detect;
        this.paths = paths;
        this.appearance = appearance;
        this.model = new HeadMapViewModel(workbench, view, appearance.themeProperty());
        this.grid = new HeadGridCanvas(appearance);
        this.drawing = late.part(() -> new TargetPane(detect, appearance));
        this.named = new NamedHeads(workbench);
        this.older = Older.maps(workbench);
        this.drawnPath = new PathDrawing(grid, paths, appearance);
        this.pathBar = late.part(() -> new PathBar(paths, low, this::sweepReceivers));
        getStyleClass().add("head-map");
        setId("head-map");
        setSpacing(8);
        setPadding(new Insets(8, 8, 8, 16));
        setMinWidth(256);
        legend.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(header(), late.nextPart(() -> new ScoreControls(detect)).reserve(ScoreControls.HEIGHT),
            scroll(), legend, pathBar, drawing, named);
        VBox.setMargin(legend, new Insets(0, 0, 0, -16));
        connect();
    }

    public List<Action> actions() {
        var isPath = paths.pathProperty().map(Optional::isPresent);
        return List.of(Action.of("clear-set", Section.VIEW_HEADS, "Let the chosen heads go",
            () -> view.headSetProperty().set(List.of()))
            .enabledWhile(view.headSetProperty().map(set -> !set.isEmpty())),
            Action.of("path", Section.EXPERIMENT_PATH, "Draw a path from the focused head…",
                () -> workbench.document().focus().ifPresent(drawnPath::begin)).keys("A")
                .enabledWhile(workbench.documentProperty().map(now -> now.focus().isPresent())),
            Action.of("path-receivers", Section.EXPERIMENT_PATH, "Sweep the receivers of the path",
                this::sweepReceivers).enabledWhile(isPath),
            Action.of("path-remove", Section.EXPERIMENT_PATH, "Take the path away", paths::remove)
                .enabledWhile(isPath));
    }

    private void sweepReceivers() {
        paths.sweepReceivers();
        view.tabProperty().set(ViewState.Tab.PATCH);
    }

    /** Whether the attention of all heads has been painted. */
    public boolean isPainted() {
        return grid.isPainted();
    }

    /** Where it stands what the path does. */
    public Node path() {
        return pathBar;
    }

    private VBox header() {
        Term.HEAD.on(title);
        title.setWrapText(true);
        title.setMinHeight(USE_PREF_SIZE);
        HBox first = new HBox(8, title, Parts.spacer(), ScoreControls.options(detect));
        first.setAlignment(Pos.CENTER_LEFT);
        var which = Choice.of(List.of(Which.values()), view.whichProperty(), Which::label,
            value -> "Show the attention of the " + value.phrase());
        HBox runs = new HBox(which);
        return new VBox(4, first, runs);
    }

    private ScrollPane scroll() {
        scroll.setContent(grid);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        scroll.setMinHeight(LEAST);
        // What the path says below would push the heads away from under the pointer that draws it.
        paths.draftProperty().addListener((observed, before, now) ->
            scroll.setMinHeight(now.isPresent() ? Math.max(LEAST, scroll.getHeight()) : LEAST));
        scroll.viewportBoundsProperty().addListener((observed, before, now) ->
            grid.setRoom(scroll.getWidth(), now.getHeight()));
        return scroll;
    }

    private void connect() {
        model.pixelsProperty().bind(grid.cellPixelsProperty());
        model.thumbnailsProperty().addListener((observed, before, now) -> show(now));
        workbench.documentProperty().addListener((observed, before, now) -> grid.show(now));
        Older.dim(grid, older);
        older.addListener((observed, before, now) -> showScores());
        widthProperty().addListener((observed, before, now) -> showLegend());
        heightProperty().addListener((observed, before, now) -> share(now.doubleValue() < LOW));
        pathBar.visibleProperty().addListener((observed, before, now) -> holdHeads(now));
        grid.setOnHover(head -> view.hoveredHeadProperty().set(head));
        grid.setOnChoose(this::choose);
        grid.setOnMove(head -> {
            if (!drawnPath.move(head)) {
                workbench.focus(head, workbench.document().locked());
            }
        });
        grid.setOnGather(view::gather);
        grid.setOnGatherAll(heads -> view.headSetProperty().set(heads.equals(view.headSetProperty().get())
            ? List.of() : heads));
        grid.setWords(head -> detect.silentProperty().get() ? head.toString()
            : HeadWords.of(head, detect.detectionProperty().get()));
        grid.addEventHandler(KeyEvent.KEY_PRESSED, this::copy);
        view.headSetProperty().addListener((observed, before, now) -> grid.showSet(now));
        Stream.of(detect.detectionProperty(), detect.kindProperty(), detect.showProperty(), detect.orderProperty(),
            detect.silentProperty(), appearance.themeProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> showScores()));
        workbench.documentProperty().map(Document::focus).addListener((observed, before, now) -> reveal());
        Parts.hideWhile(pathBar, PathBar.hidden(paths));
        Parts.hideWhile(drawing, detect.kindProperty().map(kind -> kind != ScoreKind.DRAWN));
        // What is said of a path takes the place of what is said of these.
        Parts.hideWhile(named, Bindings.createBooleanBinding(() -> detect.silentProperty().get()
            || detect.kindProperty().get() == ScoreKind.DRAWN || pathBar.isVisible(), detect.silentProperty(),
            detect.kindProperty(), pathBar.visibleProperty()));
        grid.show(workbench.document());
        show(model.thumbnailsProperty().get());
    }

    private void share(boolean low) {
        named.makeRoom(low);
        this.low.set(low);
        holdHeads(false);
    }

    /** The heads stay as large as they are while what is said of a path comes and goes. */
    private void holdHeads(boolean held) {
        scroll.setMaxHeight(held && scroll.getHeight() > 0 ? scroll.getHeight() : Double.MAX_VALUE);
    }

    /** A click locks a head, and another click on it lets it go; while a path is drawn it ends there. */
    private void choose(Head head) {
        if (drawnPath.end(head)) {
            return;
        }
        boolean same = workbench.document().focus().equals(Optional.of(head)) && workbench.document().locked();
        workbench.focus(head, !same);
    }

    private void show(Optional<HeadMapViewModel.Thumbnails> thumbnails) {
        grid.show(thumbnails);
        showScores();
    }

    private void showScores() {
        model.thumbnailsProperty().get().ifPresent(thumbnails -> {
            overlay = HeadOverlay.of(detect, thumbnails.layers(), thumbnails.heads(),
                appearance.themeProperty().get());
            grid.show(overlay);
        });
        boolean coloured = isColoured();
        title.setText((coloured ? detect.title() : model.title())
            + (overlay != null && !overlay.ranked().isEmpty() ? ", ranked" : "")
            + (older.get() ? " (%s)".formatted(Older.TAG) : ""));
        showLegend();
    }

    private boolean isColoured() {
        return overlay != null && !overlay.scores().isEmpty();
    }

    /** What keys have moved to must not stay outside of what can be seen. */
    private void reveal() {
        Optional<Head> focus = workbench.document().focus();
        if (!grid.isFocused() || focus.isEmpty() || model.thumbnailsProperty().get().isEmpty()) {
            return;
        }
        Bounds head = grid.boundsOf(focus.get());
        double hidden = grid.getHeight() - scroll.getViewportBounds().getHeight();
        if (hidden > 0) {
            double top = scroll.getVvalue() * hidden;
            double wanted = Math.max(Math.min(top, head.getMinY() - REVEALED),
                head.getMaxY() + REVEALED - scroll.getViewportBounds().getHeight());
            scroll.setVvalue(Math.max(0, Math.min(1, wanted / hidden)));
        }
    }

    /** Every head's scores as tab-separated text; empty before the first run. */
    public Optional<String> scoresAsText() {
        return model.thumbnailsProperty().get().map(there -> HeadWords.table(detect.detectionProperty().get()));
    }

    private void copy(KeyEvent event) {
        if (COPY.match(event)) {
            Copying.text(HeadWords.table(detect.detectionProperty().get()));
            event.consume();
        }
    }

    private void showLegend() {
        if (getWidth() > 0) {
            model.thumbnailsProperty().get().ifPresent(thumbnails -> legend.show(new Legend(
                isColoured() ? "Score" : view.whichProperty().get() == Which.DIFFERENCE ? "Difference" : "Attention",
                isColoured() ? overlay.shading().scale() : thumbnails.shading().scale(), Set.of(), 0, 0)
                .draw(appearance.themeProperty().get(), Math.min(280, getWidth() + LEGEND_MARGIN))));
        }
    }
}
