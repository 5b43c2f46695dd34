package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.headscope.analysis.AttentionWeight;
import org.headscope.figure.Cell;
import org.headscope.figure.CellState;
import org.headscope.figure.Matrix;
import org.headscope.model.Head;
import org.headscope.session.ScaleChoice;
import org.headscope.session.StagedPatch;
import org.headscope.window.ViewState.Tab;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.Zoom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever key the menus name does in the window what it says. A new key needs its effect written down here. */
class KeyEffectsTest extends InRenewedWindow {

    /** Ends the process that it is pressed in, so it is pressed in one of its own. */
    private static final KeyCombination QUIT = KeyCombination.valueOf("Shortcut+Q");

    private static final Map<KeyCombination, KeyEffect> EFFECTS = new LinkedHashMap<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeEffectsDown() {
        writeDown();
    }

    @BeforeEach
    void clearTheClipboard() {
        window.fxRun(() -> Clipboard.getSystemClipboard().clear());
    }

    private static Set<KeyCombination> keys() {
        return window.window().actions().all().stream().flatMap(action -> action.keys().stream())
            .collect(Collectors.toSet());
    }

    static Stream<String> names() {
        return keys().stream().filter(keys -> !keys.equals(QUIT)).map(KeyCombination::getName).sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aKeyDoesWhatItSays(String name) throws Exception {
        KeyCombination keys = KeyCombination.valueOf(name);
        assertThat(EFFECTS).as("What %s does is not written down.", name).containsKey(keys);

        EFFECTS.get(keys).of(() -> window.robot().push((KeyCodeCombination) keys));
    }

    @Test
    void everyKeyOfTheKeyboardMapIsThere() {
        assertThat(keys()).containsAll(EFFECTS.keySet()).contains(QUIT);
    }

    private static void on(KeyEffect effect, String... keys) {
        Stream.of(keys).forEach(key -> EFFECTS.put(KeyCombination.valueOf(key), effect));
    }

    private static void writeDown() {
        prompts();
        views();
        maps();
        patches();
        EFFECTS.putAll(new SessionKeyEffects(window, folder).all());
    }

    // ---- prompts and runs ----

    private static void prompts() {
        on(gives("clean-field"), "Shortcut+L");
        on(gives("corrupt-field"), "Shortcut+Shift+L");
        on(press -> {
            int before = run();
            press.run();
            window.until("another run", () -> run() > before);
        }, "F5", "Shortcut+Enter");
    }

    /** The keys go there, and what is written replaces all that was. */
    private static KeyEffect gives(String field) {
        return press -> {
            press.run();
            assertThat(window.focused()).isEqualTo(field);
            window.robot().write("Ben", 0);
            assertThat(window.text(field)).isEqualTo("Ben");
        };
    }

    private static int run() {
        return window.workbench().pairProperty().get().orElseThrow().number();
    }

    // ---- views and regions ----

    private static void views() {
        on(shows(Tab.PATTERN, "heat-map"), "Shortcut+1");
        on(shows(Tab.COMPARE, "compare-difference"), "Shortcut+2");
        on(shows(Tab.PATCH, "sweep-pane"), "Shortcut+3");
        on(shows(Tab.LENS, "lens-grid"), "Shortcut+4");
        on(shows(Tab.CIRCUITS, "circuits"), "Shortcut+5");
        on(goesThrough("heat-map", "stage", "clean-field", "head-grid"), "F6");
        on(goesThrough("clean-field", "stage", "heat-map", "head-grid"), "Shift+F6");
        on(press -> {
            window.clickHead(new Head(2, 0));
            window.fxRun(() -> window.view().gather(new Head(3, 3)));
            window.clickCell(new Cell(4, 2));
            press.run();
            assertThat(window.view().lockedCellProperty().get()).as("first the cell").isEmpty();
            press.run();
            assertThat(window.view().headSetProperty().get()).as("then the set").isEmpty();
            assertThat(window.document().locked()).isTrue();
            press.run();
            assertThat(window.document().locked()).as("then the head").isFalse();
        }, "Esc");
    }

    private static KeyEffect shows(Tab tab, String part) {
        return press -> {
            window.fxRun(() -> window.view().tabProperty().set(tab == Tab.PATTERN ? Tab.COMPARE : Tab.PATTERN));
            assertThat(isSeen(part)).isFalse();
            press.run();
            assertThat(window.view().tabProperty().get()).isEqualTo(tab);
            window.until(part + " is seen", () -> isSeen(part));
        };
    }

    private static boolean isSeen(String part) {
        Node seen = window.stage().getScene().getRoot().lookup("#" + part);
        for (Node at = seen; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return seen != null;
    }

    private static KeyEffect goesThrough(String... parts) {
        return press -> {
            for (String part : parts) {
                press.run();
                assertThat(window.focused()).isEqualTo(part);
            }
        };
    }

    // ---- how maps are looked at ----

    private static void maps() {
        on(press -> {
            window.clickHead(new Head(0, 1));
            press.run();
            window.until("a path begins", () -> window.text("path-title").equals("Path from L0H1"));
            window.press(KeyCode.ESCAPE);
            assertThat(window.text("path-title")).isEmpty();
        }, "A");
        on(press -> {
            press.run();
            window.until("a map without the first token", () -> matrix().state(5, 0) == CellState.HIDDEN);
            assertThat(window.document().viewing().hideFirst()).isTrue();
            press.run();
            window.until("a map with it", () -> matrix().state(5, 0) == CellState.VALUE);
        }, "B");
        on(press -> {
            press.run();
            assertThat(window.texts("token-pane")).contains("attends to").doesNotContain("attended by");
            press.run();
            assertThat(window.texts("token-pane")).contains("attended by").doesNotContain("attends to");
            press.run();
            assertThat(window.texts("token-pane")).contains("attends to", "attended by");
        }, "T");
        on(press -> {
            for (ScaleChoice scale : List.of(ScaleChoice.ROW_MAX, ScaleChoice.SQRT, ScaleChoice.LOG,
                ScaleChoice.ABSOLUTE)) {
                press.run();
                assertThat(window.document().viewing().scale()).isEqualTo(scale);
                window.until("colours of the scale", () -> map("heat-map").pictureProperty().get().shading().scale()
                    .equals(scale.scale(window.document().viewing().which())));
            }
        }, "G");
        on(press -> {
            for (AttentionWeight weight : List.of(AttentionWeight.values())) {
                assertThat(window.document().viewing().weight()).isEqualTo(weight);
                String said = (weight == AttentionWeight.PATTERN ? "attention pattern" : weight.label()) + ", clean run";
                window.until(said, () -> window.texts("workspace").contains(said));
                press.run();
            }
            assertThat(window.document().viewing().weight()).isEqualTo(AttentionWeight.PATTERN);
        }, "W");
        on(zooms(true), "Plus", "Add", "Equals", "Shift+Equals");
        on(zooms(false), "Minus", "Subtract");
        on(press -> {
            window.fxRun(() -> window.view().zoomProperty().set(new Zoom(0.25, 0.25, 0.5)));
            press.run();
            assertThat(window.view().zoomProperty().get()).isEqualTo(Zoom.WHOLE);
        }, "0", "Numpad 0");
        on(press -> {
            press.run();
            assertThat(window.focused()).isEqualTo("find-text");
            window.robot().write("tom", 0);
            window.until("both are found", () -> map("heat-map").foundProperty().get().positions()
                .equals(Set.of(1, 7)));
            endLooking();
        }, "Shortcut+F");
        on(finds(7), "F3");
        on(finds(7), "Shift+F3");
    }

    private static HeatCanvas map(String id) {
        return (HeatCanvas) window.stage().getScene().getRoot().lookup("#" + id);
    }

    private static Matrix matrix() {
        return map("heat-map").pictureProperty().get().matrix();
    }

    private static KeyEffect zooms(boolean nearer) {
        return press -> {
            Zoom near = new Zoom(0.125, 0.125, 0.75);
            window.fxRun(() -> window.view().zoomProperty().set(near));
            press.run();
            double side = window.view().zoomProperty().get().side();
            if (nearer) {
                assertThat(side).isLessThan(near.side());
            } else {
                assertThat(side).isGreaterThan(near.side());
            }
        };
    }

    /** Of two that are found, each key goes from the first to the second and back. */
    private static KeyEffect finds(int other) {
        return press -> {
            press.run();
            assertThat(window.focused()).as("it asks first").isEqualTo("find-text");
            window.robot().write("tom", 0);
            window.until("both are found", () -> window.text("find-count").equals("1 of 2"));
            press.run();
            assertThat(map("heat-map").foundProperty().get().current()).contains(other);
            press.run();
            assertThat(window.text("find-count")).isEqualTo("1 of 2");
            endLooking();
        };
    }

    private static void endLooking() {
        window.type("find-text", "");
        window.press(KeyCode.ESCAPE);
        assertThat(isSeen("find")).isFalse();
    }

    // ---- patches ----

    private static void patches() {
        on(press -> {
            assertThat(window.texts("readout-difference")).contains("recovered");
            press.run();
            assertThat(window.document().patches()).isEmpty();
            window.until("no patched run", () -> !window.texts("readout-difference").contains("recovered"));
            press.run();
            assertThat(window.document().patches()).extracting(StagedPatch::toString).containsExactly("L1H0 z");
            window.until("a patched run", () -> window.texts("readout-difference").contains("recovered"));
        }, "P");
        on(press -> {
            window.press(KeyCode.RIGHT).press(KeyCode.P);
            window.fxRun(() -> window.workbench().focus(TestBench.INDUCTION, false));
            press.run();
            assertThat(window.document().isStaged(TestBench.INDUCTION, window.document().part())).isFalse();
            press.run();
            assertThat(window.document().isStaged(TestBench.INDUCTION, window.document().part()))
                .as("it stages nothing").isFalse();
        }, "Shift+P");
        on(press -> {
            window.clickCell(new Cell(7, 2));
            press.run();
            assertThat(window.document().patches()).extracting(patch -> patch.site().toString())
                .contains("L1H0.pattern@7,2");
            window.until("it is struck through", () -> map("heat-map").marksProperty().get().stream()
                .anyMatch(mark -> mark.words().equals("knocked out")));
        }, "K");
        on(press -> {
            press.run();
            window.untilSwept();
            assertThat(window.view().tabProperty().get()).isEqualTo(Tab.PATCH);
            assertThat(map("sweep-map").pictureProperty().get().matrix().states()).containsOnly(CellState.VALUE);
        }, "S");
    }
}
