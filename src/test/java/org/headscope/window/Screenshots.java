package org.headscope.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.headscope.analysis.HeadDetector;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.Combine;
import org.headscope.session.HeadPath;
import org.headscope.session.Look;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Swept;
import org.headscope.session.Sweeping;
import org.headscope.window.circuits.CircuitKind;
import org.headscope.window.control.Zoom;
import org.headscope.window.detect.ScoreKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of docs/screenshots: {@code mvn -q test -Dtest=Screenshots}. Not part of the tests; it uses the
 * window as a person would and writes down what is seen, at 1280 by 800.
 */
class Screenshots extends InRenewedWindow {

    private static final Cell LAST_ROW = new Cell(7, 2);
    private static final Head SECOND = new Head(2, 0);

    private static final String STORY = """
        Tom went to the store. Sarah found a small box in the garden and gave it to her brother. The box was old, and \
        nobody knew who had made it. When the rain came they took it home, put it on the table and looked at it for a \
        long time. Then Tom opened it with a key, and inside there was a letter from their father about a river, a \
        boat and a bird that could sing.
        """;

    /** Two sentences thrice, the third time up to a word that was followed by another one twice. */
    private static final String THRICE = """
        Tom went to the store. Sarah found a small box in the garden and gave it to her brother. Tom went to the store. \
        Sarah found a small box in the garden and gave it to her brother. Tom went to the store. Sarah found a small""";

    @TempDir
    private Path folder;

    @AfterEach
    void backToLight() {
        window.fxRun(() -> window.window().appearance().setDark(false));
    }

    // ---- taking pictures ----

    private static void take(String name) {
        pointAtNothing();
        Camera.take(window, name);
    }

    private static void takeDark(String name) {
        window.fxRun(() -> window.window().appearance().setDark(true));
        window.settle();
        take(name);
    }

    /** With the window that lies over the main one. */
    private static void takeWithDialog(String name) {
        pointAtNothing();
        Camera.takeWithDialog(window, name);
    }

    private static void pointAtNothing() {
        window.robot().moveTo("#status");
        window.settle();
    }

    // ---- what a person does ----

    private static void prompts(String clean, String corrupt) {
        window.fxRun(() -> window.workbench().edit("", document -> document.withClean(clean).withCorrupt(corrupt)));
        window.until("the runs", () -> window.workbench().currentProperty().get()
            && window.background().activities().isEmpty());
    }

    private static void show(ViewState.Tab tab) {
        window.fxRun(() -> window.view().tabProperty().set(tab));
        window.settle();
    }

    private static void toggle(String part, String label) {
        Node within = window.find(part, Node.class);
        window.fxRun(() -> within.lookupAll(".toggle-button").stream().map(ToggleButton.class::cast)
            .filter(button -> button.getText().equals(label)).findFirst().orElseThrow().fire());
        window.settle();
    }

    private static void choose(String menu, String item) {
        ComboBox<?> box = window.find(menu, ComboBox.class);
        window.fxRun(() -> box.getSelectionModel().select(box.getItems().stream().map(Object::toString).toList()
            .indexOf(item)));
        window.untilSwept();
    }

    private static void lock(Cell cell) {
        window.fxRun(() -> {
            window.workbench().focus(TestBench.INDUCTION, true);
            window.view().lockedCellProperty().set(Optional.of(cell));
        });
        window.settle();
    }

    private static void stage(Head... heads) {
        window.fxRun(() -> window.workbench().edit("", document -> {
            var staged = document.withoutPatches();
            for (Head head : heads) {
                staged = staged.toggled(head, document.part());
            }
            return staged;
        }));
        window.settle();
    }

    // ---- the pictures ----

    @Test
    void firstScreen() {
        take("window");
        takeDark("window-dark");
    }

    @Test
    void oneHead() {
        lock(LAST_ROW);
        take("head");
    }

    @Test
    void compare() {
        lock(LAST_ROW);
        show(ViewState.Tab.COMPARE);
        take("compare");
        takeDark("compare-dark");
    }

    @Test
    void patch() {
        choose("sweep-part", "z by head");
        window.sweep();
        stage(TestBench.INDUCTION, SECOND);
        take("patch");
        takeDark("patch-dark");
    }

    @Test
    void sweepOfAllParts() {
        prompts("Tom went to the store. Tom", "Sarah went to the store. Tom");
        show(ViewState.Tab.PATCH);
        choose("sweep-part", Swept.EVERY_PART.label());
        window.sweep();
        take("sweep");
        takeDark("sweep-dark");
    }

    @Test
    void manyPairs() throws IOException {
        window.choosePairs(Files.write(folder.resolve("names.csv"), Stream.concat(
            Stream.of("clean,corrupt,answer,wrong"),
            Stream.of("store", "park", "house", "school", "river", "garden").map(place ->
                "Tom went to the %s. Tom,Tom went to the %s. Sarah, went, travelled".formatted(place, place))).toList()));
        show(ViewState.Tab.PATCH);
        choose("sweep-part", "z by head");
        window.choose("Experiment", "Sweep many pairs…");
        window.untilSwept();
        window.clickCell("sweep-map", new Cell(1, 0));
        window.settle();
        take("pairs");
        window.click("close-pairs");
        window.untilSwept();
    }

    @Test
    void logitLens() {
        show(ViewState.Tab.LENS);
        toggle("lens-sections", "Top tokens");
        take("lens");
        takeDark("lens-dark");
    }

    @Test
    void attribution() {
        show(ViewState.Tab.LENS);
        toggle("lens-sections", "Attribution");
        take("attribution");
    }

    @Test
    void neuron() {
        show(ViewState.Tab.LENS);
        toggle("lens-sections", "Attribution");
        toggle("lens", "neuron");
        take("neuron");
        toggle("lens", "head");
    }

    @Test
    void ranks() {
        show(ViewState.Tab.LENS);
        toggle("lens-sections", "Ranks");
        take("ranks");
    }

    @Test
    void circuits() {
        show(ViewState.Tab.CIRCUITS);
        circuit(CircuitKind.COMPOSITION_K);
        take("circuits");
        circuit(CircuitKind.OV_PAIRS);
        take("pairs-of-tokens");
    }

    private static void circuit(CircuitKind kind) {
        choose("circuit-kind", kind.toString());
        window.settle();
    }

    @Test
    void linesAndText() {
        lock(LAST_ROW);
        look(Look.LINES);
        take("lines");
        prompts(THRICE, "");
        int last = window.workbench().finishedProperty().get().orElseThrow().pair().clean().size() - 1;
        lock(new Cell(last, last));
        look(Look.TEXT);
        take("text");
        look(Look.MAP);
    }

    private static void look(Look look) {
        window.fxRun(() -> window.view().lookProperty().set(look));
        window.settle();
    }

    @Test
    void severalHeads() {
        window.fxRun(() -> window.view().headSetProperty().set(List.of(new Head(0, 0), TestBench.INDUCTION, SECOND)));
        take("heads");
        window.fxRun(() -> {
            window.view().combineProperty().set(Combine.HEAD);
            window.view().headSetProperty().set(List.of());
        });
    }

    @Test
    void drawnPattern() {
        prompts("Then Sarah and Tom saw a bird. Then Sarah and Tom saw a", "");
        int usual = chosen("score-kind");
        choose("score-kind", ScoreKind.DRAWN.label());
        MenuButton like = window.find("target-start", MenuButton.class);
        window.fxRun(() -> like.getItems().get(HeadDetector.INDUCTION.ordinal()).fire());
        toggle("head-map", "Rank");
        take("drawn");
        toggle("head-map", "Layer");
        window.fxRun(() -> window.find("score-kind", ComboBox.class).getSelectionModel().select(usual));
        window.settle();
    }

    private static int chosen(String menu) {
        return window.fx(() -> window.find(menu, ComboBox.class).getSelectionModel().getSelectedIndex());
    }

    @Test
    void pathByHand() {
        prompts("Tom went to the store. Tom", "Sarah went to the store. Tom");
        window.fxRun(() -> window.workbench().edit("", document -> document.withPath(Optional.of(
            new HeadPath(new Head(0, 0), TestBench.INDUCTION, HookPoint.K)))));
        window.settle();
        take("path-by-hand");
        takeDark("path-by-hand-dark");
        window.fxRun(() -> window.workbench().edit("", document -> document.withPath(Optional.empty())));
    }

    /** Another name at the start, so that the keys differ: what the head that looks one back tells the induction head. */
    @Test
    void paths() {
        prompts("Tom went to the store. Tom", "Sarah went to the store. Tom");
        show(ViewState.Tab.PATCH);
        window.fxRun(() -> window.workbench().focus(TestBench.INDUCTION, true));
        choose("sweep-part", "paths into k of");
        window.fxRun(() -> window.workbench().edit("", document -> document.withSweeping(fitted(document.sweeping()))));
        window.sweep();
        take("paths");
        choose("sweep-part", "z by head");
    }

    private static Sweeping fitted(Sweeping usual) {
        return new Sweeping(usual.swept(), usual.end(), usual.metric(), usual.tokens(), true);
    }

    @Test
    void runs() {
        choose("sweep-part", "z by head");
        window.sweep();
        stage(SECOND);
        stage(TestBench.INDUCTION, SECOND);
        window.press(KeyCode.CONTROL, KeyCode.J);
        take("runs");
        window.press(KeyCode.CONTROL, KeyCode.J);
    }

    /** Alone, and in the clean run, where the head looks there. */
    @Test
    void interventions() {
        window.fxRun(() -> window.workbench().edit("", document -> document.withoutPatches()
            .withSubstitution(document.substitution().into(Side.CLEAN))));
        lock(LAST_ROW);
        window.focus("heat-map").press(KeyCode.K);
        window.settle();
        take("edge");
    }

    @Test
    void longPrompt() {
        prompts(STORY + STORY.strip(), STORY + STORY.replace("Sarah", "Anna").strip());
        window.fxRun(() -> window.workbench().focus(TestBench.INDUCTION, true));
        window.settle();
        take("long");
        window.fxRun(() -> window.view().zoomProperty().set(new Zoom(0.06, 0.56, 0.22)));
        take("long-zoomed");
        takeDark("long-dark");
    }

    @Test
    void exportDialog() {
        ExportDialog dialog = new ExportDialog(window);
        dialog.open(KeyCode.CONTROL, KeyCode.E);
        takeWithDialog("export");
        dialog.close();
    }

    @Test
    void commandFinder() {
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.robot().write("sw", 0);
        window.settle();
        take("finder");
        window.press(KeyCode.ESCAPE);
    }

    @Test
    void tour() {
        window.choose("Help", "Tour");
        window.settle();
        take("tour");
        window.press(KeyCode.ESCAPE);
        window.settle();
    }

    @Test
    void examples() {
        window.click("examples");
        window.settle();
        take("examples");
        window.press(KeyCode.ESCAPE);
    }

    @Test
    void keys() {
        window.choose("Help", "Keys");
        takeWithDialog("keys");
        window.closeDialog();
    }

    @Test
    void unequalLengths() {
        prompts("Tom went to the store. Tom", "Tom went to the big store. Sarah");
        take("bad-input");
    }

    /** In a window of its own: one that was small before keeps other widths. */
    @Test
    void smallestWindow() {
        TestWindow usual = window;
        window = TestWindow.open(1024, 680);
        try {
            take("small");
        } finally {
            window.close();
            window = usual;
        }
    }
}
