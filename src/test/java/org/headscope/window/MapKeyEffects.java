package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.ScrollEvent;
import org.headscope.figure.Cell;
import org.headscope.figure.CellRange;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.session.StagedPatch;
import org.headscope.window.control.ChartView;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.Zoom;

/** What keys and the pointer do in the maps of the workspace, by the help's lines. */
final class MapKeyEffects {

    private final Map<String, Runnable> effects = new LinkedHashMap<>();
    private final TestWindow window;

    MapKeyEffects(TestWindow window) {
        this.window = window;
        sweep();
        maps();
        weights();
    }

    /** By part and line, such as "workspace: Alt+drag". */
    Map<String, Runnable> all() {
        return effects;
    }

    // ---- sweeps ----

    private void sweep() {
        effects.put("sweep-pane: Arrows", () -> {
            inTheSweep();
            assertThat(ringed("sweep-map")).contains(new Cell(2, 1));
            window.press(KeyCode.DOWN).press(KeyCode.LEFT);
            assertThat(ringed("sweep-map")).contains(new Cell(3, 0));
            assertThat(window.text("sweep-cell")).startsWith("L3H0 z: ");
        });
        effects.put("sweep-pane: Enter or Space", () -> {
            inTheSweep();
            window.press(KeyCode.ENTER);
            assertThat(staged()).containsExactly("L2H1 z");
            window.press(KeyCode.LEFT).press(KeyCode.SPACE);
            assertThat(staged()).containsExactly("L2H0 z");
            assertThat(window.document().focus()).contains(new Head(2, 0));
        });
        effects.put("sweep-pane: Shift+Enter", () -> {
            inTheSweep();
            window.press(KeyCode.ENTER).press(KeyCode.LEFT).press(KeyCode.SHIFT, KeyCode.ENTER);
            assertThat(staged()).containsExactly("L2H1 z", "L2H0 z");
        });
    }

    /** At L2H1, with nothing ringed before. */
    private void inTheSweep() {
        window.sweep();
        HeatCanvas map = window.find("sweep-map", HeatCanvas.class);
        window.fxRun(() -> map.lockedProperty().set(Optional.of(new Cell(3, 0))));
        window.focus("sweep-map").press(KeyCode.UP).press(KeyCode.RIGHT);
    }

    private Optional<Cell> ringed(String id) {
        HeatCanvas map = window.find(id, HeatCanvas.class);
        return window.fx(() -> map.lockedProperty().get());
    }

    private List<String> staged() {
        return window.document().patches().stream().map(StagedPatch::toString).toList();
    }

    // ---- maps ----

    private void maps() {
        effects.put("workspace: Arrows", () -> {
            window.clickCell(new Cell(4, 2));
            window.press(KeyCode.DOWN).press(KeyCode.RIGHT);
            assertThat(ringed("heat-map")).contains(new Cell(5, 3));
            window.press(KeyCode.UP).press(KeyCode.LEFT);
            assertThat(ringed("heat-map")).contains(new Cell(4, 2));
        });
        effects.put("workspace: Shift+Arrows, Shift+click", () -> {
            window.clickCell(new Cell(6, 2));
            window.press(KeyCode.SHIFT, KeyCode.UP).press(KeyCode.SHIFT, KeyCode.LEFT);
            assertThat(range()).contains(CellRange.of(new Cell(6, 2), new Cell(5, 1)));
            window.robot().press(KeyCode.SHIFT);
            window.clickCell(new Cell(7, 4));
            window.robot().release(KeyCode.SHIFT);
            assertThat(range()).contains(CellRange.of(new Cell(6, 2), new Cell(7, 4)));
            window.press(KeyCode.K);
            assertThat(sites()).contains("L1H0.pattern@6-7,2-4");
        });
        effects.put("workspace: Alt+click", () -> {
            window.robot().press(KeyCode.ALT);
            window.clickCell(new Cell(7, 2));
            window.robot().release(KeyCode.ALT);
            assertThat(sites()).contains("L1H0.pattern@7,2");
        });
        effects.put("workspace: Alt+drag", () -> {
            drag(KeyCode.ALT, new Cell(5, 1), new Cell(7, 2));
            assertThat(sites()).contains("L1H0.z@5-7");
        });
        effects.put("workspace: Ctrl+wheel", () -> {
            wheel(120);
            Zoom near = zoom();
            assertThat(near.isWhole()).isFalse();
            wheel(-120);
            assertThat(zoom().side()).isGreaterThan(near.side());
        });
        effects.put("workspace: Drag", () -> {
            drag(null, new Cell(1, 0), new Cell(7, 6));
            Zoom drawn = zoom();
            assertThat(drawn.isWhole()).isFalse();
            drag(null, new Cell(5, 2), new Cell(6, 3));
            assertThat(zoom().side()).as("moved").isEqualTo(drawn.side());
            assertThat(zoom().top()).isLessThan(drawn.top());
            drag(KeyCode.SHIFT, new Cell(5, 2), new Cell(6, 3));
            assertThat(zoom().side()).as("a part of the part").isLessThan(drawn.side());
            assertThat(ringed("heat-map")).as("no cell was chosen").isEmpty();
        });
        effects.put("workspace: Double click", () -> {
            window.fxRun(() -> window.view().zoomProperty().set(new Zoom(0.25, 0.25, 0.5)));
            window.pointAt("heat-map", new Cell(5, 3));
            window.robot().doubleClickOn(MouseButton.PRIMARY);
            assertThat(zoom()).isEqualTo(Zoom.WHOLE);
        });
    }

    private Optional<CellRange> range() {
        return window.fx(() -> window.view().rangeProperty().get());
    }

    private List<String> sites() {
        return window.document().patches().stream().map(patch -> patch.site().toString()).toList();
    }

    private Zoom zoom() {
        return window.fx(() -> window.view().zoomProperty().get());
    }

    /** The robot's wheel knows nothing of the keys that are held. */
    private void wheel(double up) {
        Node map = window.find("heat-map", Node.class);
        window.fxRun(() -> map.fireEvent(new ScrollEvent(ScrollEvent.SCROLL, map.getLayoutBounds().getWidth() / 2,
            map.getLayoutBounds().getHeight() / 2, 0, 0, false, true, false, false, false, false, 0, up, 0, up,
            ScrollEvent.HorizontalTextScrollUnits.NONE, 0, ScrollEvent.VerticalTextScrollUnits.NONE, 0, 0, null)));
    }

    private void drag(KeyCode holding, Cell from, Cell to) {
        List<KeyCode> held = new ArrayList<>(Optional.ofNullable(holding).stream().toList());
        window.pointAt("heat-map", from);
        HeatCanvas map = window.find("heat-map", HeatCanvas.class);
        Point2D end = window.fx(() -> map.localToScreen(map.middleOf(to)));
        held.forEach(window.robot()::press);
        window.robot().press(MouseButton.PRIMARY).moveTo(end.subtract(4, 4)).moveTo(end).release(MouseButton.PRIMARY);
        held.forEach(window.robot()::release);
    }

    // ---- what weights and layers say ----

    private void weights() {
        effects.put("circuits: Enter or Space", () -> {
            window.press(KeyCode.CONTROL, KeyCode.DIGIT5);
            ComboBox<?> kinds = window.find("circuit-kind", ComboBox.class);
            window.fxRun(() -> kinds.getSelectionModel().select(1));
            window.settle();
            HeatCanvas map = window.find("circuit-map", HeatCanvas.class);
            for (KeyCode key : List.of(KeyCode.ENTER, KeyCode.SPACE)) {
                Document before = window.document();
                Cell cell = key == KeyCode.ENTER ? new Cell(2, 3) : new Cell(3, 2);
                window.fxRun(() -> map.lockedProperty().set(Optional.of(cell)));
                window.focus("circuit-map").press(key);
                assertThat(window.document().focus()).isNotEqualTo(before.focus());
            }
        });
        effects.put("lens: Arrows", () -> {
            window.press(KeyCode.CONTROL, KeyCode.DIGIT4);
            window.settle();
            window.focus("lens-grid").press(KeyCode.UP).press(KeyCode.LEFT);
            ChartView grid = window.find("lens-grid", ChartView.class);
            assertThat(window.fx(grid::getAccessibleText)).startsWith("Logit lens, after ").contains(" at . (6)");
            window.press(KeyCode.RIGHT).press(KeyCode.UP).press(KeyCode.DOWN);
            assertThat(window.fx(grid::getAccessibleText)).contains(" at ·Tom (7)");
            window.press(KeyCode.ESCAPE);
        });
        effects.put("lens: Enter or Space", () -> {
            window.press(KeyCode.CONTROL, KeyCode.DIGIT4);
            section("Attribution");
            HeatCanvas map = window.find("attribution-map", HeatCanvas.class);
            for (Head head : List.of(new Head(2, 0), new Head(3, 2))) {
                window.fxRun(() -> map.lockedProperty().set(Optional.of(new Cell(head.layer(), head.head()))));
                window.focus("attribution-map").press(head.layer() == 2 ? KeyCode.ENTER : KeyCode.SPACE);
                assertThat(window.document().focus()).contains(head);
            }
            section("Top tokens");
        });
    }

    private void section(String label) {
        Node sections = window.find("lens-sections", Node.class);
        window.robot().clickOn(window.<Node>fx(() -> sections.lookupAll(".toggle-button").stream()
            .filter(button -> ((ToggleButton) button).getText().equals(label)).findFirst().orElseThrow()));
        window.settle();
    }
}
