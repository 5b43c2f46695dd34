package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.headscope.figure.Cell;
import org.headscope.figure.CellState;
import org.headscope.session.Look;
import org.headscope.session.TopShare;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.Zoom;
import org.junit.jupiter.api.Test;

/** Coming nearer to maps, looking for tokens in them, leaving weak cells out and reading their numbers. */
class MapsInTheWindowTest extends InRenewedWindow {

    private static Zoom zoom() {
        return window.fx(() -> window.view().zoomProperty().get());
    }

    private static HeatCanvas map() {
        return window.find("heat-map", HeatCanvas.class);
    }

    private static Point2D point(Cell cell) {
        HeatCanvas map = map();
        return window.fx(() -> map.localToScreen(map.middleOf(cell)));
    }

    private static void drag(Point2D from, Point2D to) {
        window.robot().moveTo(from).press(MouseButton.PRIMARY).moveTo(to.midpoint(from)).moveTo(to)
            .release(MouseButton.PRIMARY);
    }

    @Test
    void plusMinusAndNoughtComeNearerAndGoBack() {
        window.focus("heat-map").press(KeyCode.EQUALS).press(KeyCode.EQUALS);
        assertThat(zoom().side()).isEqualTo(0.5);

        window.press(KeyCode.MINUS);
        assertThat(zoom().side()).isGreaterThan(0.5).isLessThan(1);
        window.press(KeyCode.DIGIT0);
        assertThat(zoom()).isEqualTo(Zoom.WHOLE);
    }

    @Test
    void aDragDrawsThePartToSeeThenMovesItAndADoubleClickShowsTheWhole() {
        drag(point(new Cell(3, 1)), point(new Cell(7, 5)));
        Zoom drawn = zoom();
        assertThat(drawn.side()).isGreaterThanOrEqualTo(0.5).isLessThan(0.7);
        assertThat(window.fx(() -> window.view().lockedCellProperty().get())).as("no cell was chosen").isEmpty();

        drag(point(new Cell(5, 2)), point(new Cell(6, 3)));
        assertThat(zoom().side()).isEqualTo(drawn.side());
        assertThat(zoom().top()).isLessThan(drawn.top());

        window.robot().moveTo(point(new Cell(5, 2))).doubleClickOn(MouseButton.PRIMARY);
        assertThat(zoom()).isEqualTo(Zoom.WHOLE);
    }

    @Test
    void bothMapsOfCompareShowTheSamePart() {
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2).focus("compare-clean").press(KeyCode.EQUALS);

        for (String id : new String[] {"compare-clean", "compare-corrupt", "compare-difference"}) {
            HeatCanvas map = window.find(id, HeatCanvas.class);
            assertThat(window.fx(() -> map.zoomProperty().get())).isEqualTo(zoom()).isNotEqualTo(Zoom.WHOLE);
        }
    }

    @Test
    void mapsThatShareTheLabelsOfTheirRowsAreOfOneSize() {
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.settle();
        List<HeatCanvas> maps = Stream.of("compare-clean", "compare-corrupt", "compare-difference")
            .map(id -> window.find(id, HeatCanvas.class)).toList();
        assertThat(maps).extracting(map -> window.fx(() -> side(map))).as("sides of their cells")
            .containsOnly(window.fx(() -> side(maps.get(0))));
        double labels = window.fx(() -> maps.get(0).roomOfSharedLabels());
        assertThat(labels).as("“·Tom/·Sarah”").isGreaterThan(40);
        assertThat(window.fx(() -> maps.get(0).getWidth() - maps.get(1).getWidth())).isBetween(labels, labels + 1);
        assertThat(window.fx(() -> side(maps.get(0)) * 8)).as("most of what is left")
            .isGreaterThan(window.fx(() -> 0.85 * maps.get(1).getWidth()));
    }

    @Test
    void mapsOfPromptsThatDifferInLengthKeepTheLabelsOfTheirRows() {
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.fxRun(() -> window.workbench().edit("", document -> document.withCorrupt("Tom went to the store.")));
        HeatCanvas clean = window.find("compare-clean", HeatCanvas.class);
        HeatCanvas corrupt = window.find("compare-corrupt", HeatCanvas.class);
        window.until("the shorter prompt", () -> corrupt.pictureProperty().get().rows().size() == 7);
        window.settle();
        assertThat(window.fx(corrupt::getWidth)).isCloseTo(window.fx(clean::getWidth), within(1.0));
        assertThat(window.fx(() -> corrupt.middleOf(new Cell(0, 0)).getX())).as("room for labels")
            .isGreaterThan(window.fx(() -> corrupt.roomOfSharedLabels()));
    }

    private static double side(HeatCanvas map) {
        return map.middleOf(new Cell(7, 1)).getX() - map.middleOf(new Cell(7, 0)).getX();
    }

    @Test
    void theCursorIsFollowedAndReadOut() {
        window.clickCell(new Cell(7, 1));
        window.press(KeyCode.EQUALS).press(KeyCode.EQUALS);
        for (int step = 0; step < 5; step++) {
            window.press(KeyCode.UP);
        }
        assertThat(zoom().top()).isLessThanOrEqualTo(2.0 / 8);
        window.robot().moveTo("#clean-field");
        assertThat(window.fx(() -> map().getAccessibleText()))
            .startsWith("Layer 1 head 0, clean run, query went 2, key Tom 1, ");
    }

    @Test
    void aTokenIsFoundByKeysAndEscapeGivesTheKeysBack() {
        window.focus("heat-map").press(KeyCode.CONTROL, KeyCode.F);
        assertThat(window.focused()).isEqualTo("find-text");
        window.robot().write("tom", 0);
        window.until("both are found", () -> window.text("find-count").equals("1 of 2"));

        window.press(KeyCode.F3);
        assertThat(window.text("find-count")).isEqualTo("2 of 2");
        window.press(KeyCode.SHIFT, KeyCode.F3);
        assertThat(window.text("find-count")).isEqualTo("1 of 2");
        assertThat(window.fx(() -> map().foundProperty().get().current())).isEqualTo(Optional.of(1));

        window.press(KeyCode.ESCAPE);
        assertThat(window.focused()).isEqualTo("heat-map");
        assertThat(window.fx(() -> map().foundProperty().get().positions())).isEmpty();
    }

    @Test
    void weakCellsAreLeftOutAndTheLegendSaysSo() {
        window.fxRun(() -> window.view().topShareProperty().set(TopShare.P50));
        window.settle();

        assertThat(window.fx(() -> map().pictureProperty().get().matrix().states())).contains(CellState.HIDDEN);
        assertThat(TopShare.P50.note()).isEqualTo(", top 50 % of each row");
    }

    @Test
    void everyNumberIsInTheTableAndCanBeCopied() {
        window.fxRun(() -> window.view().lookProperty().set(Look.TABLE));
        window.settle();
        TableView<?> table = window.find("map-table", TableView.class);
        window.until("its columns are there", () -> table.getColumns().size() > 1);

        assertThat(window.fx(() -> table.getItems().size())).isEqualTo(8);
        assertThat(window.fx(() -> String.valueOf(table.getColumns().get(1).getCellData(7)))).startsWith("0.");
        window.focus("map-table").press(KeyCode.CONTROL, KeyCode.C);
        String copied = window.fx(() -> Clipboard.getSystemClipboard().getString());
        assertThat(copied.lines()).hasSize(9);
        assertThat(copied.lines().findFirst().orElseThrow()).contains("BOS (0)", "·Tom (7)");
    }

    @Test
    void tokensAreReadOneWayOrBoth() {
        window.focus("heat-map").press(KeyCode.T);
        assertThat(window.texts("token-pane")).contains("attends to").doesNotContain("attended by");
        window.press(KeyCode.T);
        assertThat(window.texts("token-pane")).contains("attended by").doesNotContain("attends to");
        window.press(KeyCode.T);
        assertThat(window.texts("token-pane")).contains("attends to", "attended by");
    }
}
