package org.headscope.window.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.session.Look;
import org.headscope.session.Which;
import org.headscope.window.Older;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.action.Action;
import org.headscope.window.action.RegionKeys;
import org.headscope.window.action.Section;
import org.headscope.window.circuits.CircuitsPane;
import org.headscope.window.circuits.CircuitsViewModel;
import org.headscope.window.control.Choice;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.Late;
import org.headscope.window.control.LatePart;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Zoom;
import org.headscope.window.lens.LensTab;
import org.headscope.window.sweep.SweepPane;
import org.headscope.window.sweep.SweepViewModel;
import org.headscope.window.theme.Appearance;

/** The middle region: the head that is looked at, large, in one run or in both. */
public final class Workspace extends VBox {

    /** Less would cut what the header says. */
    private static final double LEAST_WIDTH = 476;
    /** Below this the header has no room for more words than those of its title. */
    private static final double NARROW = 520;

    /** The keys that its parts answer by themselves. */
    public static final List<RegionKeys> KEYS = List.of(
        RegionKeys.of("sweep-pane", "Map of a sweep")
            .key("Arrows", "Another cell")
            .key("Enter or Space", "Look at the cell's head and stage the cell alone")
            .key("Shift+Enter", "Stage the cell beside what is staged"),
        RegionKeys.of("circuits", "Circuits")
            .key("Enter or Space", "Look at the cell's head"),
        RegionKeys.of("workspace", "Maps")
            .key("Arrows", "Another cell, or another token")
            .key("Shift+Arrows, Shift+click", "Take cells together from the chosen one on, for P or K")
            .key("Alt+click", "Knock out an edge: set that attention to 0")
            .key("Alt+drag", "Stage the chosen part at these positions only")
            .key("Ctrl+wheel", "Zoom in and out at the pointer")
            .key("Drag", "See this part only; within a part, move about (with Shift, see a part of it)")
            .key("Double click", "See the whole map again"));

    private final Workbench workbench;
    private final ViewState view;
    private final WorkspaceViewModel model;
    private final SweepViewModel sweepModel;
    private final ObservableValue<Boolean> narrow = widthProperty().map(width -> width.doubleValue() < NARROW);
    private final WorkspaceHeader header;
    private final CellPatches patches;
    private final MapPane single;
    private final LatePart<MultiplesPane> multiples;
    private final LatePart<ReadingPane> reading;
    private final LatePart<ViewControls> viewControls;
    private final LatePart<CircuitsPane> circuits;
    private final LatePart<Node> circuitControls;
    private final CircuitsViewModel circuitsModel;
    private final ColoursButton colours;
    private final LatePart<PairMaps> pair;
    private final LensTab lens;
    private final FindViewModel findModel;
    private final FindField find;
    private final StackPane content = new StackPane();
    private final Label empty = Parts.label("", "empty-state");

    /**
     * @param export opens the dialog that saves what is shown
     * @param copy puts the numbers of what is shown on the clipboard
     * @param late takes the parts that are not seen at first
     */
    public Workspace(Workbench workbench, ViewState view, WorkspaceViewModel model, SweepViewModel sweepModel,
                     LensTab lens, CircuitsViewModel circuitsModel, Appearance appearance, Runnable export,
                     Runnable copy, Late late) {
        this.workbench = workbench;
        this.view = view;
        this.model = model;
        this.sweepModel = sweepModel;
        this.lens = lens;
        this.circuitsModel = circuitsModel;
        this.patches = new CellPatches(workbench, view, model);
        this.single = new MapPane(view, patches, appearance, false);
        this.multiples = late.part(() -> new MultiplesPane(view, patches, appearance,
            head -> workbench.focus(head, true)));
        this.reading = late.part(() -> new ReadingPane(model, view, appearance));
        this.viewControls = late.nextPart(() -> new ViewControls(view)).reserve(ViewControls.HEIGHT);
        this.colours = new ColoursButton(view, narrow);
        this.circuits = late.part(() -> new CircuitsPane(circuitsModel, appearance));
        this.circuitControls = late.part(() -> circuits.get().controls());
        this.pair = late.part(() -> new PairMaps(view, new SweepPane(sweepModel, appearance),
            new ComparedMaps(view, patches, appearance), widthProperty()));
        single.canvas().setId("heat-map");
        getStyleClass().add("workspace");
        setId("workspace");
        setMinWidth(LEAST_WIDTH);
        setSpacing(8);
        setPadding(new Insets(8, 12, 8, 12));
        empty.setMaxWidth(360);
        empty.setId("workspace-empty");
        // Without words it would still keep the pointer from the cells below.
        Parts.hideWhile(empty, empty.textProperty().map(String::isEmpty));
        this.findModel = new FindViewModel(workbench, view);
        this.find = new FindField(findModel);
        content.setMinHeight(0);
        VBox.setVgrow(content, Priority.ALWAYS);
        this.header = new WorkspaceHeader(new WorkspaceHeader.Commands(() -> step(-1), () -> step(1), this::toggleLock,
            copy, export), withoutHead(), narrow);
        getChildren().addAll(header, controls(late), viewControls, find, content);
        connect();
        late.add(content, List.of(single, multiples, reading, pair, circuits, empty, lens));
    }

    /** What can be done with the head that is looked at and with sweeps. */
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>(PatchActions.of(workbench, patches));
        actions.addAll(List.of(
            Action.of("next-head", Section.VIEW_HEADS, "Next head", () -> step(1)),
            Action.of("previous-head", Section.VIEW_HEADS, "Previous head", () -> step(-1)),
            Action.of("find", Section.EDIT_FIND, "Find a token…", find::open).keys("Shortcut+F"),
            Action.of("find-next", Section.EDIT_FIND, "Find the next one", findModel::next).keys("F3"),
            Action.of("find-previous", Section.EDIT_FIND, "Find the one before", findModel::previous)
                .keys("Shift+F3"),
            Action.of("zoom-in", Section.VIEW_ZOOM, "Zoom in", () -> largeMap().zoomIn())
                .keys("Plus", "Add", "Equals", "Shift+Equals"),
            Action.of("zoom-out", Section.VIEW_ZOOM, "Zoom out", () -> largeMap().zoomOut())
                .keys("Minus", "Subtract"),
            Action.of("zoom-fit", Section.VIEW_ZOOM, "Show the whole map", () -> view.zoomProperty().set(Zoom.WHOLE))
                .keys("0", "Numpad 0").enabledWhile(view.zoomProperty().map(zoom -> !zoom.isWhole())),
            Action.of("lock", Section.VIEW_HEADS, "Lock the head that is looked at", this::toggleLock)
                .tickedWhile(workbench.documentProperty().map(Document::locked)),
            Action.of("sweep", Section.EXPERIMENT_SWEEP, "Sweep the pair", () -> patch(SweepViewModel::sweep))
                .keys("S"),
            Action.of("sweep-pairs", Section.EXPERIMENT_SWEEP, "Sweep many pairs…",
                () -> patch(sweep -> sweep.pairs().choose())),
            Action.of("continue", Section.EXPERIMENT_CONTINUE, "Continue the prompt…", lens::continuePrompt)));
        return List.copyOf(actions);
    }

    private HeatCanvas largeMap() {
        return view.tabProperty().get() == ViewState.Tab.PATTERN ? single.canvas() : pair.get().canvas();
    }

    /** Where its map is seen. */
    private void patch(Consumer<SweepViewModel> what) {
        view.tabProperty().set(ViewState.Tab.PATCH);
        what.accept(sweepModel);
    }

    private FlowPane controls(Late late) {
        var tabs = Choice.of(List.of(ViewState.Tab.values()), view.tabProperty(),
            ViewState.Tab::label, ViewState.Tab::hint);
        LatePart<Node> lensSections = late.part(lens::sections);
        Parts.hideWhile(lensSections, view.tabProperty().map(tab -> tab != ViewState.Tab.LENS));
        Parts.hideWhile(circuitControls, view.tabProperty().map(tab -> tab != ViewState.Tab.CIRCUITS));
        FlowPane controls = new FlowPane(12, 8, tabs, colours, ChosenButton.in(late, view, narrow), lensSections, circuitControls);
        controls.setMinHeight(USE_PREF_SIZE);
        return controls;
    }

    /** The lens is about no single head, and neither are some of the circuits. */
    private ObservableValue<Boolean> withoutHead() {
        return Bindings.createBooleanBinding(() -> view.tabProperty().get() == ViewState.Tab.LENS
            || view.tabProperty().get() == ViewState.Tab.CIRCUITS
            && !circuitsModel.kindProperty().get().isOfHead(), view.tabProperty(), circuitsModel.kindProperty());
    }

    private void connect() {
        Stream.of(lens.titleProperty(), lens.subtitleProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> show()));
        showAge();
        workbench.documentProperty().map(Document::locked)
            .addListener((observed, before, now) -> header.setLocked(now));
        model.mapsProperty().addListener((observed, before, now) -> show());
        view.whichProperty().addListener((observed, before, now) -> show());
        view.tabProperty().addListener((observed, before, now) -> show());
        view.lookProperty().addListener((observed, before, now) -> show());
        circuitsModel.kindProperty().addListener((observed, before, now) -> show());
        workbench.problemProperty().addListener((observed, before, now) -> show());
        workbench.cleanProperty().addListener((observed, before, now) -> show());
        show();
        header.setLocked(workbench.document().locked());
    }

    private void step(int by) {
        model.neighbour(by).ifPresent(head -> workbench.focus(head, workbench.document().locked()));
    }

    private void toggleLock() {
        workbench.document().focus().ifPresent(head -> workbench.focus(head, !workbench.document().locked()));
    }

    /** The weights' circuits have nothing to do with the prompts. */
    private void showAge() {
        BooleanBinding isOlder = Older.maps(workbench).and(Bindings.notEqual(view.tabProperty(),
            ViewState.Tab.CIRCUITS));
        header.tagWhile(isOlder);
        Older.dim(content, isOlder);
    }

    private void show() {
        Optional<WorkspaceViewModel.Maps> maps = model.mapsProperty().get();
        ViewState.Tab tab = view.tabProperty().get();
        boolean isCircuits = tab == ViewState.Tab.CIRCUITS;
        boolean comparing = tab == ViewState.Tab.COMPARE || tab == ViewState.Tab.PATCH;
        viewControls.setVisible(ViewControls.areFor(tab));
        viewControls.setManaged(viewControls.isVisible());
        colours.setVisible(comparing || tab == ViewState.Tab.PATTERN);
        colours.setManaged(colours.isVisible());
        circuits.setVisible(isCircuits);
        lens.setVisible(tab == ViewState.Tab.LENS);
        if (lens.isVisible()) {
            showLens();
            return;
        }
        boolean isMap = view.lookProperty().get() == Look.MAP;
        boolean isSeveral = maps.filter(now -> !now.several().isEmpty()).isPresent();
        single.setVisible(maps.isPresent() && tab == ViewState.Tab.PATTERN && isMap && !isSeveral);
        multiples.setVisible(isSeveral && tab == ViewState.Tab.PATTERN && isMap);
        reading.setVisible(maps.isPresent() && tab == ViewState.Tab.PATTERN && !isMap);
        // Not only what is in it, since it would keep the pointer from the map below.
        pair.setVisible(maps.isPresent() && comparing);
        boolean isOfWeights = isCircuits && !circuitsModel.kindProperty().get().isOfHead();
        header.setLockable(maps.isPresent() && !isOfWeights);
        String title = isOfWeights ? circuitsModel.kindProperty().get().toString() : maps.map(now ->
            tab == ViewState.Tab.PATTERN ? now.name(view.lookProperty().get(), view.whichProperty().get())
                : now.name()).orElse("No head yet");
        header.say(title, maps.isEmpty() ? List.of("") : isCircuits ? List.of("circuits of the weights")
            : subtitles(maps.get(), comparing));
        empty.setText(maps.isPresent() || isCircuits ? "" : whatWouldFillIt());
        maps.ifPresent(m -> {
            if (comparing) {
                pair.get().show(m, this::whyNot);
            } else if (!isCircuits) {
                Which which = view.whichProperty().get();
                single.show(which, m.of(which), m.spoken(which), m.legend(which), whyNot(which));
                multiples.made().ifPresent(pane -> pane.show(m, which, whyNot(which)));
                if (!isMap) {
                    reading.get().show(view.lookProperty().get(), m, which, whyNot(which));
                }
            }
        });
    }

    /** What is shown of the heads, the most words first: how they stand and whose they are is seen as well. */
    private List<String> subtitles(WorkspaceViewModel.Maps maps, boolean comparing) {
        String what = maps.quantity();
        String runs = comparing ? "both runs" : view.whichProperty().get().phrase();
        Stream<String> most = multiples.isVisible() ? Stream.of(what + ", side by side, " + runs) : Stream.of();
        return Stream.concat(most, Stream.of(what + ", " + runs, what)).toList();
    }

    private void showLens() {
        Stream.of(single, multiples, reading, pair, circuits).forEach(node -> node.setVisible(false));
        header.setLockable(false);
        header.say(lens.titleProperty().get(), List.of(lens.subtitleProperty().get()));
        empty.setText("");
    }

    private String whyNot(Which which) {
        if (which == Which.CORRUPT) {
            String problem = workbench.corruptProperty().get().problem();
            return problem.isEmpty() ? "Add a corrupt prompt to see its run." : problem;
        }
        return model.differenceProblem();
    }

    private String whatWouldFillIt() {
        if (!workbench.problemProperty().get().isEmpty()) {
            return workbench.problemProperty().get();
        }
        String problem = workbench.cleanProperty().get().problem();
        if (!problem.isEmpty()) {
            return problem;
        }
        return workbench.modelProperty().get().isEmpty() ? "The model is being loaded."
            : workbench.autoProperty().get() ? "The prompts are being run."
            : "Run the prompts (F5) to see where the heads look.";
    }

    /** Ends looking for a token; false where nobody does. */
    public boolean closeFind() {
        return find.letGo();
    }

    /** Lets go of the cell of the sweep, or the token of the lines, that was chosen; false where there is none. */
    public boolean letGo() {
        if (circuits.isVisible()) {
            return circuits.get().letGo();
        }
        if (reading.isVisible()) {
            return reading.get().letGo();
        }
        return pair.made().filter(PairMaps::letGo).isPresent();
    }

    /** The map that takes the keys: the large one, the sweep's, or the first of those side by side. */
    public Node shownMap() {
        return switch (view.tabProperty().get()) {
            case PATTERN -> view.lookProperty().get() != Look.MAP ? reading.get().focusable()
                : multiples.isVisible() ? multiples.get().focusable() : single.canvas();
            case COMPARE, PATCH -> pair.get().shownMap();
            case LENS -> lens.keys();
            case CIRCUITS -> circuits.get().focusable();
        };
    }

    /** The head whose maps are shown now. */
    public Optional<Head> shownHead() {
        return model.mapsProperty().get().map(WorkspaceViewModel.Maps::head);
    }
}
