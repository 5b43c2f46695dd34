package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.headscope.TestModels;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.session.OpenModel;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.Zoom;
import org.headscope.window.headmap.HeadPoints;
import org.headscope.window.preferences.ThemeChoice;
import org.headscope.window.work.FxBackground;
import org.headscope.window.work.GatedBackground;
import org.headscope.window.work.Lane;
import org.testfx.api.FxToolkit;

/**
 * The real window on a screen that nobody sees, used by a robot. It remembers nothing between tests, and fails the test
 * that closes it if an exception reached the toolkit.
 */
public final class TestWindow extends UsedStage implements AutoCloseable {

    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final String PREFERENCES = "headscope.preferences";

    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final String node = "org/headscope-test/" + UUID.randomUUID();
    private final FxBackground background = new FxBackground(TestModels.RUNTIME);
    private final GatedBackground gate = new GatedBackground(background);
    private final Workbench workbench = new Workbench(TestModels.RUNTIME, gate, Document.notebook());
    private final Answers answers = new Answers();
    private final TestModelStores models = new TestModelStores();
    private final Stage stage;
    private final List<Stage> others = new CopyOnWriteArrayList<>();
    private final MainWindow window;
    private ReadOnlyBooleanProperty whole;
    private Map<Node, Point2D> firstPlaces;

    private TestWindow(String model, double width, double height) {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            if (!isRaceOfTheToolkit(error)) {
                uncaught.add(error);
            }
        });
        System.setProperty(PREFERENCES, node);
        try {
            FxToolkit.registerPrimaryStage();
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
        Platform.setImplicitExit(false);
        stage = fx(Stage::new);
        window = fx(() -> {
            Settings settings = new Settings();
            // Whatever the desktop of whoever runs the tests looks like.
            settings.putChoice("theme", ThemeChoice.LIGHT);
            settings.put("width", width);
            settings.put("height", height);
            settings.put(MainWindow.TOUR, 1);
            MainWindow made = new MainWindow(stage, workbench, settings, answers, models::get);
            made.show();
            whole = made.wholeProperty();
            firstPlaces = places(stage.getScene().getRoot());
            workbench.open(model, Processing.TRANSFORMERLENS);
            return made;
        });
    }

    /** JavaFX hands its one Pango layout to the next thread before it has cleared it, which nobody else can help. */
    private static boolean isRaceOfTheToolkit(Throwable error) {
        return error instanceof ConcurrentModificationException && Arrays.stream(error.getStackTrace())
            .anyMatch(frame -> frame.getClassName().endsWith(".PangoGlyphLayout"));
    }

    /** As a first start: the bundled model and the founding notebook's pair. Returns once all of it is shown. */
    public static TestWindow open() {
        return open(ModelFolder.DEMO);
    }

    /** With another model. */
    public static TestWindow open(String model) {
        return settled(new TestWindow(model, WIDTH, HEIGHT));
    }

    /** As large as it was when it was closed. */
    public static TestWindow open(double width, double height) {
        return settled(new TestWindow(ModelFolder.DEMO, width, height));
    }

    /** With another model, as large as it was when it was closed. */
    public static TestWindow open(String model, double width, double height) {
        return settled(new TestWindow(model, width, height));
    }

    private static TestWindow settled(TestWindow window) {
        window.settle();
        return window;
    }

    private static Map<Node, Point2D> places(Node root) {
        return Stream.of(root.lookup("#head-map"), root.lookup("#head-grid"), root.lookup("#workspace"),
            root.lookup("#workspace-empty").getParent()).collect(Collectors.toMap(Function.identity(),
                TestWindow::place));
    }

    /** Where a node's upper left corner is in its window. */
    static Point2D place(Node node) {
        return node.localToScene(0, 0);
    }

    /** Some parts of the window, and where each stood before anything had been loaded. */
    public Map<Node, Point2D> firstPlaces() {
        return firstPlaces;
    }

    // ---- waiting ----

    /** Waits until a model is there, the prompts as they stand have been looked at and all work is done. */
    public void settle() {
        until("all work done", () -> workbench.modelProperty().get().isPresent() && background.activities().isEmpty()
            && workbench.probeProperty().get().isPresent() && whole.get());
    }

    /** Waits until what is shown is the run of this clean prompt. */
    public void untilRun(String clean) {
        until("the run of " + clean, () -> workbench.currentProperty().get()
            && workbench.finishedProperty().get().orElseThrow().pair().clean().text().equals(clean)
            && background.activities().isEmpty());
    }

    /** Closes the window and opens another one that remembers what it did; shown until this one is closed. */
    public Stage again() {
        Stage another = fx(() -> {
            stage.hide();
            Stage next = new Stage();
            MainWindow made = new MainWindow(next, workbench, new Settings(), answers, models::get);
            made.show();
            whole = made.wholeProperty();
            return next;
        });
        until("the other window is whole", () -> whole.get());
        others.add(another);
        return another;
    }

    // ---- what there is ----

    @Override
    public Stage stage() {
        return stage;
    }

    public Workbench workbench() {
        return workbench;
    }

    public FxBackground background() {
        return background;
    }

    public ViewState view() {
        return window.view();
    }

    public MainWindow window() {
        return window;
    }

    public Document document() {
        return fx(workbench::document);
    }

    /** What the workspace is called. */
    public String title() {
        return texts("workspace").get(0);
    }

    /** Where its models window finds models. */
    public TestModelStores models() {
        return models;
    }

    public List<Throwable> uncaught() {
        return uncaught;
    }

    // ---- what a person does ----

    public void saveTo(Path file) {
        answers.file(file);
    }

    /** Answers the question for a file of pairs. */
    public void choosePairs(Path file) {
        answers.file(file);
    }

    /** The file name that was last proposed. */
    public String suggestedName() {
        return answers.suggested();
    }

    public void chooseFolder(Path folder) {
        answers.folder(folder);
    }

    @Override
    public TestWindow focus(String id) {
        super.focus(id);
        return this;
    }

    @Override
    public TestWindow press(KeyCode... keys) {
        super.press(keys);
        return this;
    }

    @Override
    public TestWindow click(String id) {
        super.click(id);
        return this;
    }

    public void clickHead(Head head) {
        robot().clickOn(pointOf(head));
    }

    public void clickCell(Cell cell) {
        clickCell("heat-map", cell);
    }

    public void clickCell(String id, Cell cell) {
        robot().clickOn(pointOf(id, cell));
    }

    public void pointAt(String id, Cell cell) {
        robot().moveTo(pointOf(id, cell));
    }

    private Point2D pointOf(String id, Cell cell) {
        HeatCanvas map = find(id, HeatCanvas.class);
        return fx(() -> map.localToScreen(map.middleOf(cell)));
    }

    /** Whether nothing is being done or about to be done after a pause. */
    public boolean isIdle() {
        return fx(gate::isIdle);
    }

    /** Makes the next sweep stand still once it has shown its first batch, until it is cancelled. */
    public void holdSweepHalfWay() {
        gate.holdAfter(2, Lane.SWEEP);
    }

    /** Makes the next run of the prompts stand still once it has shown some layers, until it is cancelled. */
    public void holdRunAfter(int layers) {
        // Before them it shows the tokens, and the pair without any layer.
        gate.holdAfter(layers + 2, Lane.RUNS);
    }

    /** Makes the next work of a lane fail once it has shown something for the given time. */
    public void failAfter(int reports, Lane lane, Error error) {
        gate.failAfter(reports, lane, error);
    }

    /** Sweeps by the keyboard and waits for the end. */
    public void sweep() {
        focus("head-grid").press(KeyCode.S);
        untilSwept();
    }

    /** Waits for the end of a sweep and of what it set off. */
    public void untilSwept() {
        until("a sweep", () -> background.activities().isEmpty());
    }

    public void pointAt(Head head) {
        robot().moveTo(pointOf(head));
    }

    private Point2D pointOf(Head head) {
        Node grid = find("head-grid", Node.class);
        return fx(() -> HeadPoints.middleOf(grid, head));
    }

    /** Back to what a first start shows. */
    public void startAnew() {
        fxRun(() -> {
            // Where another window was closed, nobody else gives the keys back.
            stage.requestFocus();
            Document start = Document.notebook();
            workbench.edit("", document -> start.withFocus(TestBench.INDUCTION, false)
                .toggled(TestBench.INDUCTION, start.part()));
            window.view().tabProperty().set(ViewState.Tab.PATTERN);
            window.view().lockedCellProperty().set(Optional.empty());
            window.view().zoomProperty().set(Zoom.WHOLE);
            window.view().rangeProperty().set(Optional.empty());
            workbench.report("");
            workbench.autoProperty().set(true);
            workbench.run();
        });
        if (fx(() -> window.view().hoveredHeadProperty().get().isPresent())) {
            robot().moveTo("#head-map .section-title");
        }
        focus("head-grid");
        untilRun(Document.notebook().clean());
    }

    @Override
    public void close() {
        fxRun(() -> {
            stage.hide();
            others.forEach(Stage::hide);
            background.close();
            workbench.modelProperty().get().ifPresent(OpenModel::close);
        });
        System.clearProperty(PREFERENCES);
        try {
            Preferences.userRoot().node(node).removeNode();
        } catch (BackingStoreException e) {
            throw new IllegalStateException(e);
        }
        models.close();
        assertThat(uncaught).isEmpty();
    }
}
