package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.headscope.model.Head;
import org.headscope.window.headmap.HeadPoints;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever key the help lists for a part of the window does there what it says. A new line of the help needs its effect
 * written down here.
 */
class RegionKeyEffectsTest extends InRenewedWindow {

    private static final Map<String, Runnable> EFFECTS = new LinkedHashMap<>();

    @BeforeAll
    static void writeEffectsDown() {
        prompts();
        headMap();
        target();
        EFFECTS.putAll(new MapKeyEffects(window).all());
    }

    /** Such as "head-grid: Home, End". */
    static Stream<String> lines() {
        return window.window().actions().regions().stream().flatMap(region -> region.keys().stream()
            .map(key -> region.id() + ": " + key.keys()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineOfTheHelpHolds(String line) {
        assertThat(EFFECTS).as("What “%s” does is not written down.", line).containsKey(line);

        EFFECTS.get(line).run();
    }

    @Test
    void everyKeyOfTheKeyboardMapIsListed() {
        assertThat(lines()).containsExactlyInAnyOrderElementsOf(EFFECTS.keySet());
    }

    @Test
    void tabLeavesTheMapAndTheHeadMap() {
        for (String part : List.of("heat-map", "head-grid")) {
            window.focus(part).press(KeyCode.TAB);
            assertThat(window.focused()).isNotEqualTo(part);
            window.press(KeyCode.SHIFT, KeyCode.TAB);
            assertThat(window.focused()).isEqualTo(part);
        }
    }

    // ---- prompts ----

    private static void prompts() {
        EFFECTS.put("prompt-bar: Alt+Down", () -> {
            window.focus("clean-field").press(KeyCode.ALT, KeyCode.DOWN);
            assertThat(window.focused()).isEqualTo("history-list");
            window.press(KeyCode.ESCAPE);
            assertThat(window.focused()).isEqualTo("clean-field");
        });
        EFFECTS.put("prompt-bar: Shift+Enter", () -> {
            window.type("clean-field", "a");
            window.press(KeyCode.SHIFT, KeyCode.ENTER);
            assertThat(window.text("clean-field")).isEqualTo("a↵");
            assertThat(window.document().clean()).isEqualTo("a\n");
        });
        EFFECTS.put("prompt-bar: Ctrl+V", () -> {
            window.paste("corrupt-field", "A cat sat.\nA dog sat.\n");
            assertThat(window.document().clean()).isEqualTo("A cat sat.");
            assertThat(window.text("corrupt-field")).isEqualTo("A dog sat.");
            window.press(KeyCode.END).press(KeyCode.CONTROL, KeyCode.V);
            assertThat(window.document().corrupt()).as("beside other text").isEqualTo("A dog sat.A cat sat.\nA dog "
                + "sat.\n");
        });
        EFFECTS.put("token-columns: Arrows, Home, End", () -> {
            window.focus("token-columns").press(KeyCode.END).press(KeyCode.DOWN);
            assertThat(said("token-columns")).isEqualTo("corrupt, token 7, ·Sarah");
            window.press(KeyCode.UP);
            assertThat(said("token-columns")).isEqualTo("clean, token 7, ·Tom");
            window.press(KeyCode.LEFT);
            assertThat(said("token-columns")).isEqualTo("clean, token 6, .");
            window.press(KeyCode.HOME);
            assertThat(said("token-columns")).isEqualTo("clean, token 0, BOS");
            window.press(KeyCode.RIGHT);
            assertThat(said("token-columns")).isEqualTo("clean, token 1, Tom");
        });
        EFFECTS.put("token-columns: Enter, F2", () -> {
            for (KeyCode key : List.of(KeyCode.ENTER, KeyCode.F2)) {
                window.focus("token-columns").press(KeyCode.END).press(KeyCode.DOWN).press(key);
                assertThat(window.focused()).isEqualTo("chip-field");
                assertThat(window.text("chip-field")).isEqualTo("·Sarah");
                window.press(KeyCode.ESCAPE);
            }
        });
        EFFECTS.put("token-columns: Delete", () -> {
            window.focus("token-columns").press(KeyCode.HOME).press(KeyCode.UP).press(KeyCode.RIGHT)
                .press(KeyCode.RIGHT).press(KeyCode.DELETE);
            window.untilRun("Tom to the store. Tom");
        });
    }

    private static String said(String id) {
        Node node = window.find(id, Node.class);
        return window.fx(node::getAccessibleText);
    }

    // ---- the head map ----

    private static void headMap() {
        EFFECTS.put("head-grid: Arrows", () -> {
            goes(KeyCode.RIGHT, new Head(1, 1));
            goes(KeyCode.DOWN, new Head(2, 1));
            goes(KeyCode.LEFT, new Head(2, 0));
            goes(KeyCode.UP, new Head(1, 0));
        });
        EFFECTS.put("head-grid: Home, End", () -> {
            goes(KeyCode.END, new Head(1, 3));
            goes(KeyCode.HOME, new Head(1, 0));
        });
        EFFECTS.put("head-grid: PgUp, PgDn", () -> {
            window.press(KeyCode.RIGHT);
            goes(KeyCode.PAGE_DOWN, new Head(2, 1));
            goes(KeyCode.PAGE_UP, new Head(1, 1));
            goes(KeyCode.PAGE_UP, new Head(0, 1));
        });
        EFFECTS.put("head-grid: Enter or Space", () -> {
            for (KeyCode key : List.of(KeyCode.ENTER, KeyCode.SPACE)) {
                window.press(key);
                assertThat(window.document().locked()).isTrue();
                assertThat(said("head-grid")).contains("Layer 1 head 0, locked");
                window.press(key);
                assertThat(window.document().locked()).isFalse();
            }
        });
        EFFECTS.put("head-grid: Ctrl+Space", () -> {
            window.press(KeyCode.CONTROL, KeyCode.SPACE).press(KeyCode.RIGHT).press(KeyCode.CONTROL, KeyCode.SPACE);
            assertThat(set()).containsExactly(new Head(1, 0), new Head(1, 1));
            window.until("both side by side", () -> window.title().equals("L1H0, L1H1"));
            window.press(KeyCode.CONTROL, KeyCode.SPACE);
            assertThat(set()).containsExactly(new Head(1, 0));
        });
        EFFECTS.put("head-grid: Ctrl+click, Shift+click", () -> {
            clickHolding(KeyCode.CONTROL, new Head(2, 0));
            clickHolding(KeyCode.SHIFT, new Head(3, 1));
            assertThat(set()).containsExactly(new Head(2, 0), new Head(3, 1));
            assertThat(window.document().focus()).as("none of them is looked at").contains(TestBench.INDUCTION);
            clickHolding(KeyCode.SHIFT, new Head(2, 0));
            clickHolding(KeyCode.CONTROL, new Head(3, 1));
            assertThat(set()).isEmpty();
        });
        EFFECTS.put("head-grid: Drag to a later head", () -> {
            Node grid = window.find("head-grid", Node.class);
            window.robot().moveTo(window.fx(() -> HeadPoints.middleOf(grid, new Head(0, 1)))).press(MouseButton.PRIMARY)
                .moveTo(window.fx(() -> HeadPoints.middleOf(grid, new Head(1, 0))));
            assertThat(window.text("path-title")).isEqualTo("Path from L0H1");
            window.press(KeyCode.ESCAPE);
            window.robot().release(MouseButton.PRIMARY);
            assertThat(window.text("path-title")).isEmpty();
        });
        EFFECTS.put("head-grid: Click on L0 or H0", () -> {
            Node grid = window.find("head-grid", Node.class);
            Point2D corner = window.fx(() -> grid.localToScreen(10, 8));
            Point2D head = window.fx(() -> HeadPoints.middleOf(grid, new Head(2, 1)));
            window.robot().clickOn(corner.getX(), head.getY());
            assertThat(set()).containsExactlyElementsOf(heads(i -> new Head(2, i)));
            window.robot().clickOn(head.getX(), corner.getY());
            assertThat(set()).containsExactlyElementsOf(heads(i -> new Head(i, 1)));
        });
        EFFECTS.put("head-grid: Ctrl+C", () -> {
            window.press(KeyCode.CONTROL, KeyCode.C);
            assertThat(window.fx(() -> Clipboard.getSystemClipboard().getString())).startsWith("Head\tInduction")
                .contains("L3H3");
        });
    }

    private static void goes(KeyCode key, Head to) {
        window.press(key);
        assertThat(window.document().focus()).contains(to);
        window.until("its map", () -> window.title().equals(to.toString()));
    }

    private static List<Head> set() {
        return window.document().viewing().headSet();
    }

    private static List<Head> heads(IntFunction<Head> which) {
        return IntStream.range(0, 4).mapToObj(which).toList();
    }

    private static void clickHolding(KeyCode key, Head head) {
        window.robot().press(key);
        window.clickHead(head);
        window.robot().release(key);
    }

    // ---- the triangle of a drawn pattern ----

    private static void target() {
        EFFECTS.put("target: Arrows", () -> drawing(() -> {
            window.press(KeyCode.DOWN).press(KeyCode.DOWN).press(KeyCode.RIGHT);
            assertThat(said("target")).contains("went (2) → Tom (1)");
            window.press(KeyCode.LEFT).press(KeyCode.UP);
            assertThat(said("target")).contains("Tom (1) → BOS (0)");
        }));
        EFFECTS.put("target: Enter or Space", () -> drawing(() -> {
            boolean marked = said("target").endsWith(": marked");
            for (KeyCode key : List.of(KeyCode.ENTER, KeyCode.SPACE)) {
                window.press(key);
                assertThat(said("target")).endsWith(marked ? ": not marked" : ": marked");
                window.press(key);
                assertThat(said("target")).endsWith(marked ? ": marked" : ": not marked");
            }
        }));
    }

    private static void drawing(Runnable what) {
        ComboBox<?> kinds = window.find("score-kind", ComboBox.class);
        window.fxRun(() -> kinds.getSelectionModel().selectLast());
        window.settle();
        window.focus("target");
        what.run();
        window.fxRun(() -> kinds.getSelectionModel().selectFirst());
        window.settle();
    }
}
