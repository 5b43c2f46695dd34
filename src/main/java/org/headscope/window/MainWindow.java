package org.headscope.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.controlsfx.control.Notifications;
import org.headscope.window.circuits.CircuitsViewModel;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.headmap.HeadMap;
import org.headscope.window.inspector.Inspector;
import org.headscope.window.lens.LensTab;
import org.headscope.window.promptbar.PromptBar;
import org.headscope.window.statusbar.StatusLine;
import org.headscope.window.sweep.PairDrop;
import org.headscope.window.sweep.SweepViewModel;
import org.headscope.window.theme.Appearance;
import org.headscope.window.workspace.Workspace;
import org.headscope.window.workspace.WorkspaceViewModel;

/** The one window: its regions, its keys, and what it remembers. */
public final class MainWindow {

    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final double SMALLEST_WIDTH = 1024;
    private static final double SMALLEST_HEIGHT = 680;
    private static final KeyCombination RUN = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REDO =
        new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

    private final Stage stage;
    private final Workbench workbench;
    private final ViewState view = new ViewState();
    private final Appearance appearance;
    private final Settings settings;
    private final WorkspaceViewModel workspaceModel;
    private final SweepViewModel sweepModel;
    private final LensTab lens;
    private final DetectViewModel detectModel;
    private final CircuitsViewModel circuitsModel;
    private final Exports exports;
    private final PromptBar promptBar;
    private final HeadMap headMap;
    private final Workspace workspace;
    private final Inspector inspector;
    private final StatusLine statusLine;
    private final SplitPane split;

    public MainWindow(Stage stage, Workbench workbench, Settings settings, Dialogs dialogs) {
        this.stage = stage;
        this.workbench = workbench;
        this.settings = settings;
        this.appearance = new Appearance(settings.isDark());
        this.workspaceModel = new WorkspaceViewModel(workbench, view, appearance.themeProperty());
        this.sweepModel = new SweepViewModel(workbench);
        this.lens = new LensTab(workbench, view, appearance);
        this.detectModel = new DetectViewModel(workbench, view);
        this.circuitsModel = new CircuitsViewModel(workbench, view);
        this.exports = new Exports(workbench, view, workspaceModel, sweepModel, lens, detectModel, circuitsModel,
            dialogs, this::tellOfSaved);
        this.promptBar = new PromptBar(workbench);
        this.headMap = new HeadMap(workbench, view, detectModel, appearance);
        this.workspace = new Workspace(workbench, view, workspaceModel, sweepModel, lens, circuitsModel, appearance,
            exports::workspace);
        this.inspector = new Inspector(workbench, view, detectModel);
        this.statusLine = new StatusLine(workbench);
        this.split = new SplitPane(headMap, workspace, inspector);
        build(dialogs);
    }

    /** As a person's own screen gets it. */
    static MainWindow on(Stage stage, Workbench workbench) {
        return new MainWindow(stage, workbench, new Settings(), new NativeDialogs(stage));
    }

    private void build(Dialogs dialogs) {
        SplitPane.setResizableWithParent(headMap, false);
        SplitPane.setResizableWithParent(inspector, false);
        MenuItems menus = new MenuItems(workbench, view, appearance, settings, exports, dialogs, promptBar,
            this::sweep, this::choosePairs, lens::continuePrompt, statusLine::cancel);
        BorderPane root = new BorderPane(split);
        root.setTop(new VBox(menus.bar(), promptBar));
        root.setBottom(statusLine);
        // Of the window's size from the start: otherwise the outer regions keep widths that a wider scene gave them.
        Scene scene = new Scene(root, settings.get("width", WIDTH), settings.get("height", HEIGHT));
        appearance.dress(scene);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        sweepModel.askForPairsWith(dialogs::choosePairs);
        sweepModel.askForReferencesWith(dialogs::chooseReferences);
        PairDrop.on(scene, file -> {
            view.tabProperty().set(ViewState.Tab.PATCH);
            sweepModel.openPairs(file);
        });
        stage.setScene(scene);
        stage.setTitle("Headscope");
        stage.setWidth(settings.get("width", WIDTH));
        stage.setHeight(settings.get("height", HEIGHT));
        for (int size : List.of(16, 32, 64, 256)) {
            stage.getIcons().add(new Image(MainWindow.class.getResourceAsStream("icon-%d.png".formatted(size))));
        }
        stage.setOnHidden(event -> remember());
    }

    /** Puts the window on the screen and the pointer's keys on the head map. */
    public void show() {
        stage.show();
        // Not before: a window manager may take the smallest size for the first one.
        stage.setMinWidth(SMALLEST_WIDTH);
        stage.setMinHeight(SMALLEST_HEIGHT);
        split.setDividerPositions(settings.get("divider-left", 0.24), settings.get("divider-right", 0.75));
        headMap.lookup("#head-grid").requestFocus();
    }

    public ViewState view() {
        return view;
    }

    public Appearance appearance() {
        return appearance;
    }

    private void remember() {
        settings.put("width", stage.getWidth());
        settings.put("height", stage.getHeight());
        settings.put("divider-left", split.getDividerPositions()[0]);
        settings.put("divider-right", split.getDividerPositions()[1]);
    }

    private void tellOfSaved(Path file) {
        Notifications.create().owner(stage).title("Exported").text(file.toString()).hideAfter(Duration.seconds(4))
            .position(Pos.BOTTOM_RIGHT).show();
    }

    // ---- keys that are no menu's ----

    private void press(KeyEvent event) {
        if (RUN.match(event)) {
            workbench.run();
            event.consume();
        } else if (isInside(stage.getScene().getFocusOwner(), promptBar) && undoOrRedo(event)) {
            if (stage.getScene().getFocusOwner() instanceof TextInputControl prompt) {
                prompt.end();
            }
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE) {
            stepOut();
        } else if (event.getCode() == KeyCode.F6) {
            moveToRegion(event.isShiftDown() ? -1 : 1);
            event.consume();
        } else if (isPlainLetter(event) && pressLetter(event.getCode())) {
            event.consume();
        }
    }

    /** In the prompts too, whose fields would otherwise undo by themselves, past the document. */
    private boolean undoOrRedo(KeyEvent event) {
        if (UNDO.match(event)) {
            workbench.undo();
            return true;
        }
        if (REDO.match(event)) {
            workbench.redo();
            return true;
        }
        return false;
    }

    private boolean isPlainLetter(KeyEvent event) {
        return !event.isShortcutDown() && !event.isAltDown() && !event.isControlDown()
            && !(stage.getScene().getFocusOwner() instanceof TextInputControl);
    }

    private boolean pressLetter(KeyCode code) {
        switch (code) {
            case P -> workbench.toggleFocusedPatch();
            case S -> sweep();
            case G -> view.scaleProperty().set(view.scaleProperty().get().next());
            case W -> view.weightProperty().set(view.weightProperty().get().next());
            case B -> view.hideFirstProperty().set(!view.hideFirstProperty().get());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Where its map is seen. */
    private void sweep() {
        view.tabProperty().set(ViewState.Tab.PATCH);
        sweepModel.sweep();
    }

    private void choosePairs() {
        view.tabProperty().set(ViewState.Tab.PATCH);
        sweepModel.choosePairs();
    }

    /** Lets go of the innermost thing that is held: the cell, the head, the work that is going on. */
    private void stepOut() {
        if (letGoOfCell()) {
            return;
        }
        if (workbench.document().locked()) {
            workbench.unlock();
        } else {
            statusLine.cancel();
        }
    }

    private boolean letGoOfCell() {
        if (view.tabProperty().get() != ViewState.Tab.COMPARE && workspace.letGo()) {
            return true;
        }
        if (view.tabProperty().get() == ViewState.Tab.LENS && lens.letGo()) {
            return true;
        }
        boolean held = view.lockedCellProperty().get().isPresent();
        view.lockedCellProperty().set(Optional.empty());
        return held;
    }

    private void moveToRegion(int step) {
        List<Node> regions = List.of(promptBar.lookup("#clean-field"), headMap.lookup("#head-grid"),
            workspace.shownMap(), inspector.lookup("#stage"));
        Node owner = stage.getScene().getFocusOwner();
        List<Node> parents = List.of(promptBar, headMap, workspace, inspector);
        int now = IntStream.range(0, parents.size()).filter(i -> isInside(owner, parents.get(i))).findFirst()
            .orElse(step > 0 ? -1 : parents.size());
        // What is hidden or disabled takes no keys.
        for (int i = 1; i <= regions.size(); i++) {
            Node next = regions.get(Math.floorMod(now + i * step, regions.size()));
            next.requestFocus();
            if (next == stage.getScene().getFocusOwner()) {
                return;
            }
        }
    }

    private static boolean isInside(Node node, Node parent) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at == parent) {
                return true;
            }
        }
        return false;
    }
}
