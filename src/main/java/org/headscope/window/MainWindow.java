package org.headscope.window;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.headscope.session.PictureSession;
import org.headscope.session.Recovery;
import org.headscope.session.SessionFile;
import org.headscope.session.code.Plans;
import org.headscope.session.code.View;
import org.headscope.weights.hub.ModelStore;
import org.headscope.window.action.Action;
import org.headscope.window.action.Actions;
import org.headscope.window.action.Keys;
import org.headscope.window.action.Menus;
import org.headscope.window.action.Section;
import org.headscope.window.circuits.CircuitsViewModel;
import org.headscope.window.control.FileDrop;
import org.headscope.window.control.Late;
import org.headscope.window.control.LatePart;
import org.headscope.window.control.Layer;
import org.headscope.window.control.Overlay;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.finder.Finder;
import org.headscope.window.finder.FinderViewModel;
import org.headscope.window.headmap.HeadMap;
import org.headscope.window.inspector.Inspector;
import org.headscope.window.lens.AttributionPart;
import org.headscope.window.lens.LensTab;
import org.headscope.window.preferences.PreferencesPane;
import org.headscope.window.preferences.PreferencesViewModel;
import org.headscope.window.promptbar.PromptBar;
import org.headscope.window.sessions.CodeActions;
import org.headscope.window.sessions.LedgerPane;
import org.headscope.window.sessions.LedgerViewModel;
import org.headscope.window.sessions.NoticeBar;
import org.headscope.window.sessions.SessionActions;
import org.headscope.window.sessions.SessionsViewModel;
import org.headscope.window.statusbar.StatusLine;
import org.headscope.window.statusbar.StatusViewModel;
import org.headscope.window.statusbar.WorkLine;
import org.headscope.window.sweep.PathViewModel;
import org.headscope.window.sweep.SubstitutionViewModel;
import org.headscope.window.sweep.SweepViewModel;
import org.headscope.window.theme.Appearance;
import org.headscope.window.tour.TourOffer;
import org.headscope.window.tour.TourView;
import org.headscope.window.tour.TourViewModel;
import org.headscope.window.work.Activity;
import org.headscope.window.work.Lane;
import org.headscope.window.workspace.Workspace;
import org.headscope.window.workspace.WorkspaceViewModel;

/** The one window: its regions, its keys, and what it remembers. */
public final class MainWindow {

    /** Remembers whether the tour has been offered. */
    static final String TOUR = "tour-offered";
    /** Remembers whether the prompts are shown. */
    private static final String PROMPTS = "prompts-shown";

    private final Shell shell;
    private final Stage stage;
    private final Workbench workbench;
    private final ViewState view;
    private final PreferencesViewModel preferences;
    private final Appearance appearance;
    private final Settings settings;
    private final WorkspaceViewModel workspaceModel;
    private final SweepViewModel sweepModel;
    private final PathViewModel pathModel;
    private final LensTab lens;
    private final DetectViewModel detectModel;
    private final CircuitsViewModel circuitsModel;
    private final Exports exports;
    private final Late late = new Late();
    private final Layer layer = new Layer();
    private final TourViewModel tourModel;
    private final LatePart<TourView> tour;
    private final BooleanProperty promptsShown = new SimpleBooleanProperty();
    private final LatePart<PromptBar> promptBar;
    private final HeadMap headMap;
    private final Workspace workspace;
    private final LatePart<Inspector> inspector;
    private final StatusViewModel status;
    private final LatePart<StatusLine> statusLine;
    private final SessionsViewModel sessions;
    private final LedgerViewModel ledger;
    private final LatePart<LedgerPane> runs;
    private final SplitPane split;
    private final StackPane content = new StackPane();
    private final ModelActions models;
    private final CodeActions code;
    private final Actions actions;
    private final LatePart<Finder> finder;

    public MainWindow(Stage stage, Workbench workbench, Settings settings, Dialogs dialogs,
                      Supplier<ModelStore> stores) {
        this(new Shell(stage, settings), workbench, dialogs, stores, Optional.empty());
    }

    /**
     * @param shell what it is put into
     * @param stores where the models are; asked in the background
     * @param recovery keeps the session between starts
     */
    private MainWindow(Shell shell, Workbench workbench, Dialogs dialogs, Supplier<ModelStore> stores,
                       Optional<Recovery> recovery) {
        this.shell = shell;
        this.stage = shell.stage();
        this.workbench = workbench;
        this.settings = shell.settings();
        this.view = new ViewState(workbench);
        this.preferences = new PreferencesViewModel(workbench, settings);
        this.appearance = shell.appearance();
        appearance.setDark(preferences.darkProperty().get());
        preferences.darkProperty().addListener((observed, before, now) -> appearance.setDark(now));
        appearance.stillProperty().bind(preferences.stillProperty());
        appearance.colorsProperty().bindBidirectional(preferences.colorsProperty());
        this.workspaceModel = new WorkspaceViewModel(workbench, view, appearance.themeProperty());
        this.sweepModel = new SweepViewModel(workbench);
        this.pathModel = new PathViewModel(workbench, sweepModel);
        this.tourModel = new TourViewModel(workbench, view, sweepModel);
        this.tour = late.part(() -> new TourView(tourModel));
        this.lens = new LensTab(workbench, view, appearance, late);
        this.detectModel = new DetectViewModel(workbench, view);
        detectModel.silentProperty().bind(tourModel.guessingProperty());
        this.circuitsModel = new CircuitsViewModel(workbench, view);
        this.sessions = new SessionsViewModel(workbench, view, settings, dialogs, recovery);
        SubstitutionViewModel substitution = sweepModel.substitution();
        sessions.takeReferencesFrom(substitution::referencesFile, substitution::openReferences);
        sessions.takeSweepFrom(sweepModel::isWanted, sweepModel::want);
        this.exports = new Exports(stage, workbench, new Subjects(workbench, view, workspaceModel, sweepModel,
            pathModel, lens, detectModel, circuitsModel), settings, () -> PictureSession.texts(sessions.session()),
            dialogs, appearance);
        PromptMemory memory = new PromptMemory(workbench, settings, Clock.systemUTC());
        this.promptBar = late.nextPart(() -> new PromptBar(workbench, memory, layer, promptsShown,
            view.foundProperty()));
        this.headMap = new HeadMap(workbench, view, detectModel, pathModel, appearance, late);
        this.workspace = new Workspace(workbench, view, workspaceModel, sweepModel, lens, circuitsModel, appearance,
            exports::workspace, exports::copy, late);
        this.status = new StatusViewModel(workbench);
        this.statusLine = late.nextPart(() -> new StatusLine(workbench, status));
        this.inspector = late.nextPart(() -> new Inspector(workbench, view, detectModel));
        this.ledger = new LedgerViewModel(workbench, sessions, Clock.systemUTC());
        this.runs = late.part(() -> new LedgerPane(ledger));
        sweepModel.shownProperty().addListener((observed, before, now) -> ledger.write(now));
        this.split = new SplitPane(headMap, workspace, inspector);
        this.code = new CodeActions(workbench, view, dialogs, () -> new Plans(sweepModel.plan(), pathModel.plan(),
            circuitsModel.plan(), lens.neuronPlan()), substitution::referencesFile);
        this.models = new ModelActions(stage, workbench, settings, dialogs, appearance, stores);
        statusLine.whenMade(made -> made.setOnModels(models::showModels));
        this.actions = actions(dialogs);
        this.finder = late.part(() -> new Finder(new FinderViewModel(workbench, actions.all(),
            settings.words("recent-commands"), recent -> settings.putWords("recent-commands", recent))));
        build(dialogs);
    }

    /** As a person's own screen gets it. */
    static MainWindow in(Shell shell, Workbench workbench, Recovery recovery) {
        return new MainWindow(shell, workbench, new NativeDialogs(shell.stage()), ModelStore::ofEnvironment,
            Optional.of(recovery));
    }

    private void build(Dialogs dialogs) {
        SplitPane.setResizableWithParent(headMap, false);
        inspector.setMinWidth(Inspector.LEAST_WIDTH);
        SplitPane.setResizableWithParent(inspector, false);
        promptBar.whenMade(made -> made.putBeside(offer()));
        promptsShown.set(settings.get(PROMPTS, 1) != 0);
        promptsShown.addListener((observed, before, now) -> settings.put(PROMPTS, now ? 1 : 0));
        offerMenus();
        showWork();
        BorderPane root = new BorderPane(split);
        root.setTop(new VBox(late.nextPart(() -> Menus.bar(actions)).reserve(Menus.HEIGHT),
            NoticeBar.in(late, sessions), promptBar.reserve(promptsShown.get() ? PromptBar.HEIGHT : 0)));
        root.setBottom(statusLine.reserve(StatusLine.HEIGHT));
        DropHint dropHint = new DropHint();
        runs.visibleProperty().bind(ledger.openProperty());
        runs.whenMade(LedgerPane::start);
        tour.visibleProperty().bind(tourModel.stepProperty().map(Optional::isPresent));
        tour.whenMade(TourView::start);
        late.add(content, List.of(root, runs, tour, layer, finder, dropHint));
        Scene scene = shell.scene();
        Keys.on(scene, actions);
        Keys.keepLettersIn(layer);
        sweepModel.pairs().askWith(dialogs::choosePairs);
        sweepModel.substitution().askForReferencesWith(dialogs::chooseReferences);
        dropHint.follow(scene);
        FileDrop.ofSeveral(scene, () -> workbench.report("Drop one thing at a time: a session, a picture that Headscope "
            + "exported, a CSV file of pairs or the folder of a model."));
        FileDrop.on(scene, SessionFile.ENDING, sessions::open);
        FileDrop.on(scene, ".png", sessions::openPicture);
        FileDrop.ofFolders(scene, models::open);
        FileDrop.on(scene, ".csv", file -> {
            view.tabProperty().set(ViewState.Tab.PATCH);
            sweepModel.pairs().open(file);
        });
        stage.titleProperty().bind(sessions.titleProperty());
        stage.setOnHidden(event -> remember());
    }

    /** On every panel, to take away what it shows. */
    private void offerMenus() {
        PanelMenus menus = new PanelMenus(exports, code, view);
        List<View> heads = List.of(View.PATTERNS, View.DETECTORS, View.PATH);
        menus.onWorkspace(workspace);
        menus.onHeads(headMap, headMap::scoresAsText, heads);
        inspector.whenMade(made -> {
            menus.onHeads(made.headFacts(), headMap::scoresAsText, heads);
            menus.onText(made.patches(), made::readoutText, List.of(View.PATCH));
            menus.onText(made.readouts(), made::readoutText, List.of(View.PATCH, View.LENS));
            menus.onText(made.token(), made::tokenText, List.of(View.PATTERNS));
        });
        menus.onText(headMap.path(), pathModel::text, List.of(View.PATH));
        runs.whenMade(made -> menus.onText(made, made::text, List.of()));
        lens.offer((part, node) -> menus.onFigure(node, () -> Subjects.of(part), List.of(
            part == AttributionPart.WRITING ? View.ATTRIBUTION : View.NEURON)),
            part -> exports.open(Subjects.of(part)));
    }

    /** Over each region while what it shows is being made. */
    private void showWork() {
        ObservableList<Activity> activities = workbench.background().activities();
        WorkLine.over(headMap, activities, Lane.MODEL, Lane.RUNS, Lane.PROBE, Lane.THUMBNAILS, Lane.DETECT, Lane.PATH);
        WorkLine.over(workspace, activities, Lane.MODEL, Lane.RUNS, Lane.FOCUS, Lane.SWEEP, Lane.READ, Lane.LENS,
            Lane.ATTRIBUTION, Lane.WRITING, Lane.NEURON, Lane.GENERATE, Lane.CIRCUITS);
        inspector.whenMade(made ->
            WorkLine.over(made, activities, Lane.MODEL, Lane.RUNS, Lane.PATCH, Lane.TOKEN));
    }

    /** Of the tour, where nobody has taken or dismissed it yet. */
    private TourOffer offer() {
        TourOffer offer = new TourOffer(tourModel, () -> settings.put(TOUR, 1));
        offer.setVisible(settings.get(TOUR, 0) == 0);
        return offer;
    }

    /** Puts the window on the screen and the pointer's keys on the head map. */
    public void show() {
        // Before the first layout, whose widths come back when a window manager changes the size by a hair.
        divide();
        shell.fill(content);
        shell.show();
        divide();
        headMap.lookup("#head-grid").requestFocus();
        late.join(() -> workbench.modelProperty().get().isPresent(), headMap::isPainted, () -> workbench.background().activities().isEmpty());
    }

    private void divide() {
        split.setDividerPositions(settings.get("divider-left", 0.24), settings.get("divider-right", 0.75));
    }

    /** Whether all of it is there, also what has not been seen yet. */
    public ReadOnlyBooleanProperty wholeProperty() {
        return late.joinedProperty();
    }

    public ViewState view() {
        return view;
    }

    public SessionsViewModel sessions() {
        return sessions;
    }

    public Appearance appearance() {
        return appearance;
    }

    /** Everything that it can do. */
    public Actions actions() {
        return actions;
    }

    private void remember() {
        settings.put("width", stage.getWidth());
        settings.put("height", stage.getHeight());
        settings.put("divider-left", split.getDividerPositions()[0]);
        settings.put("divider-right", split.getDividerPositions()[1]);
    }

    // ---- what it can do ----

    private void find() {
        finder.setVisible(true);
        finder.get().open();
    }

    private void showKeys() {
        Help.showKeys(actions, stage);
    }

    private Actions actions(Dialogs dialogs) {
        Regions regions = new Regions(promptBar, headMap, workspace, workspace::shownMap, inspector);
        StepOut stepOut = new StepOut(workbench, view, List.of(layer, Overlay.in(tour), Overlay.in(runs)), workspace, lens, pathModel,
            status);
        return new Actions(List.of(
            SessionActions.of(sessions, stage),
            code.all(),
            EditActions.of(workbench),
            ViewActions.of(view, preferences),
            models.all(),
            exports.actions(),
            PromptBar.actions(workbench, promptsShown, promptBar::get),
            headMap.actions(),
            workspace.actions(),
            status.actions(),
            regions.actions(),
            List.of(
                Action.of("step-out", Section.EXPERIMENT_STOP, "Let go, then cancel", stepOut::once).keys("Esc"),
                Action.toggle("runs", Section.VIEW_WINDOW, "Runs", ledger.openProperty()).keys("Shortcut+J"),
                Action.of("preferences", Section.FILE_SETTINGS, "Preferences…",
                    () -> Sheet.show("Preferences", new PreferencesPane(preferences))).keys("Shortcut+Comma"),
                Action.of("quit", Section.FILE_QUIT, "Quit", Platform::exit).keys("Shortcut+Q"),
                Action.of("find-command", Section.HELP_KEYS, "Find a command…", this::find)
                    .keys("Shortcut+K"),
                Action.of("keys", Section.HELP_KEYS, "Keys", this::showKeys).keys("F1"),
                Action.of("tour", Section.HELP_KEYS, "Tour", tourModel::start),
                Action.of("terms", Section.HELP_KEYS, "Terms", Help::showTerms),
                Action.of("about", Section.HELP_ABOUT, "About Headscope",
                    () -> About.show(workbench.engineProperty().get())))),
            Stream.of(PromptBar.KEYS, HeadMap.KEYS, Workspace.KEYS, LensTab.KEYS).flatMap(List::stream).toList());
    }
}
