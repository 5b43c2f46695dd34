package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.headscope.model.Head;
import org.headscope.session.Combine;
import org.headscope.session.Look;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.headmap.HeadPoints;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What heads do, on the bundled model, as a person sees it. */
class ReadingHeadsTest extends InRenewedWindow {

    @TempDir
    private Path folder;

    @BeforeEach
    void chooseTheFirstScore() {
        choose("score-kind", 0);
    }

    private static void choose(String box, int item) {
        ComboBox<?> kinds = window.find(box, ComboBox.class);
        window.fxRun(() -> kinds.getSelectionModel().select(item));
        settle();
    }

    private static void settle() {
        window.until("all work done", () -> window.background().activities().isEmpty());
    }

    private static String said(String id) {
        Node node = window.find(id, Node.class);
        return window.fx(node::getAccessibleText);
    }

    @Test
    void theFirstScreenNamesTheHeads() {
        assertThat(window.texts("head-map")).contains("Induction", "Previous token");
        assertThat(window.fx(() -> window.find("head-map", Node.class).lookupAll(".hyperlink").stream()
            .map(link -> ((Hyperlink) link).getText()).toList())).as("as the model card has them")
            .contains("L1H0 0.74", "L2H0 0.70", "L0H0 1.00");
        assertThat(window.text("head-name")).isEqualTo("L1H0: induction, random tokens 0.74");
        assertThat(window.texts("head-facts")).contains("random", "prompt", "strongest", "First token", "Change");
        assertThat(said("head-grid")).contains("induction");
    }

    @Test
    void alikeTokensAreOfferedToBeMatched() {
        assertThat(window.text("near-repeats")).contains("“Tom” (1) and “·Tom” (7)");
        Node match = window.find("match-alike", Node.class);
        window.focus("match-alike").press(KeyCode.ENTER);
        settle();
        assertThat(window.text("near-repeats")).contains("count as the same");
        window.fxRun(match::requestFocus);
        window.press(KeyCode.ENTER);
        settle();
    }

    @Test
    void aTargetIsDrawnByTheKeyboard() {
        choose("score-kind", 11);
        window.focus("target");
        assertThat(said("target")).contains("BOS (0) → BOS (0): not marked");
        window.press(KeyCode.SPACE);
        settle();
        assertThat(said("target")).contains("BOS (0) → BOS (0): marked");
        window.press(KeyCode.DOWN);
        assertThat(said("target")).contains("Tom (1) → BOS (0): marked");

        window.focus("target-clear").press(KeyCode.SPACE);
        settle();
        assertThat(window.texts("head-map")).contains("Nothing is drawn; mark the places that heads should look at.");
    }

    @Test
    void scoresAreCopiedFromTheHeadMap() {
        window.focus("head-grid").press(KeyCode.CONTROL, KeyCode.C);

        assertThat(window.fx(() -> Clipboard.getSystemClipboard().getString())).startsWith("Head\tInduction")
            .contains("L3H3");
    }

    @Test
    void wWeighsAndControlSpaceGathers() {
        window.press(KeyCode.W);
        settle();
        assertThat(window.texts("workspace")).contains("attention × ‖v‖, clean run");

        window.press(KeyCode.CONTROL, KeyCode.SPACE).press(KeyCode.RIGHT).press(KeyCode.CONTROL, KeyCode.SPACE);
        choose("combine", Combine.MEAN.ordinal());
        assertThat(window.view().headSetProperty().get()).containsExactly(TestBench.INDUCTION, new Head(1, 1));
        assertThat(window.title()).isEqualTo("Mean of L1H0, L1H1");
    }

    @Test
    void attentionIsReadAsLinesAndOnTheText() {
        window.fxRun(() -> window.view().lookProperty().set(Look.LINES));
        window.focus("lines").press(KeyCode.DOWN);
        assertThat(said("lines")).contains("·Tom (7); L1H0 attends most to ·went (2)");

        window.press(KeyCode.ESCAPE);
        assertThat(said("lines")).isEqualTo("Attention as lines");

        window.fxRun(() -> window.view().lookProperty().set(Look.TEXT));
        window.focus("token-text").press(KeyCode.LEFT).press(KeyCode.RIGHT);
        assertThat(said("token-text")).startsWith("·Tom (7) attends most to ·went (2), 0.9");
    }

    @Test
    void circuitsAreMapsAndPairs() throws IOException {
        window.fxRun(() -> window.view().tabProperty().set(ViewState.Tab.CIRCUITS));
        choose("circuit-kind", 1);
        HeatCanvas map = window.find("circuit-map", HeatCanvas.class);
        assertThat(window.text("circuit-title")).startsWith("Q-composition");
        assertThat(window.fx(() -> map.pictureProperty().get().rows())).hasSize(12);

        assertThat(exported("composition.csv")).contains("L0H0");

        choose("circuit-kind", 4);
        window.until("pairs", () -> window.find("circuit-pairs", TableView.class).getItems().size() == 50);
        window.focus("circuit-pairs");
        assertThat(copied()).startsWith("from\tto\tvalue\n");
        assertThat(exported("pairs.svg")).contains("<svg", "largest entries of its OV circuit");
    }

    @Test
    void chosenHeadsStandSideBySideUnderOneCrossHair() throws IOException {
        window.fxRun(() -> window.view().headSetProperty().set(List.of(TestBench.INDUCTION, new Head(0, 2),
            new Head(3, 3))));
        settle();
        assertThat(window.title()).isEqualTo("L1H0, L0H2, L3H3");
        assertThat(window.texts("workspace")).as("as much as there is room for")
            .containsAnyOf("attention pattern, side by side, clean run", "attention pattern, clean run");

        window.click("multiple-L0H2");
        assertThat(window.view().lockedCellProperty().get()).isPresent();
        assertThat(said("multiple-L3H3")).startsWith("Layer 3 head 3, query ");
        assertThat(exported("several.csv")).startsWith("head,query,BOS").contains("L0H2,·Tom,");
        assertThat(exported("several.svg")).contains("L0H2", "L3H3", "Attention");

        window.press(KeyCode.ESCAPE);
        assertThat(window.view().lockedCellProperty().get()).isEmpty();
    }

    @Test
    void choosingHeadsMovesNoControl() {
        Node weight = window.find("weight", Node.class);
        double before = window.fx(() -> weight.localToScene(0, 0).getY());
        Node reading = window.find("multiples", Node.class);
        double top = window.fx(() -> reading.localToScene(0, 0).getY());
        window.fxRun(() -> window.view().headSetProperty().set(List.of(TestBench.INDUCTION, new Head(3, 3))));
        settle();
        assertThat(window.fx(() -> window.find("clear-set", Node.class).isVisible())).isTrue();
        assertThat(window.fx(() -> weight.localToScene(0, 0).getY())).isEqualTo(before);
        assertThat(window.fx(() -> reading.localToScene(0, 0).getY())).isEqualTo(top);
    }

    @Test
    void aClickOnALabelTakesTheLayerOrTheColumn() {
        Node grid = window.find("head-grid", Node.class);
        Point2D corner = window.fx(() -> grid.localToScreen(10, 8));
        Point2D head = window.fx(() -> HeadPoints.middleOf(grid, new Head(1, 2)));
        window.robot().clickOn(corner.getX(), head.getY());
        assertThat(window.view().headSetProperty().get()).containsExactly(new Head(1, 0), new Head(1, 1),
            new Head(1, 2), new Head(1, 3));
        window.robot().clickOn(corner.getX(), head.getY());
        assertThat(window.view().headSetProperty().get()).as("clicked again").isEmpty();

        window.robot().clickOn(head.getX(), corner.getY());
        assertThat(window.view().headSetProperty().get()).containsExactly(new Head(0, 2), new Head(1, 2),
            new Head(2, 2), new Head(3, 2));
        window.robot().press(KeyCode.SHIFT).clickOn(head).release(KeyCode.SHIFT);
        assertThat(window.view().headSetProperty().get()).as("without the one that was clicked with Shift")
            .containsExactly(new Head(0, 2), new Head(2, 2), new Head(3, 2));
        window.fxRun(() -> window.view().headSetProperty().set(List.of()));
        settle();
    }

    @Test
    void linesAndTextAreTakenAway() throws IOException {
        window.fxRun(() -> window.view().lookProperty().set(Look.LINES));
        window.focus("lines").press(KeyCode.DOWN);
        assertThat(exported("lines.svg")).contains("<svg", "as strength of the line");
        assertThat(exported("lines.csv")).startsWith("head,query,query token,key,key token,value\r\nL1H0,7,·Tom,0,BOS,");
        assertThat(copied()).startsWith("head\tquery\t");

        window.fxRun(() -> window.view().lookProperty().set(Look.TEXT));
        window.focus("token-text").press(KeyCode.LEFT);
        assertThat(exported("text.svg")).contains("from and to . (6), clean run");
        assertThat(copied()).startsWith("position\ttoken\trelation to . (6)\tvalue\n");

        window.focus("token-text").press(KeyCode.ESCAPE);
        assertThat(said("token-text")).startsWith("·Tom (7)");
    }

    @Test
    void mapsAreCopiedAsTheyAreExported() {
        window.focus("heat-map");
        assertThat(copied()).startsWith("query\tBOS\tTom\t·went");
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        assertThat(copied()).startsWith("map\tquery\tBOS");
    }

    @Test
    void escapeReachesTheWindowThroughATooltip() {
        window.focus("heat-map").press(KeyCode.RIGHT);
        assertThat(window.view().lockedCellProperty().get()).isPresent();
        window.fxRun(() -> new Tooltip("standing").show(window.stage()));

        window.press(KeyCode.ESCAPE);
        assertThat(window.view().lockedCellProperty().get()).isEmpty();
    }

    private static String copied() {
        window.fxRun(() -> Clipboard.getSystemClipboard().clear());
        window.click("copy");
        window.until("a copy", () -> Clipboard.getSystemClipboard().hasString());
        return window.fx(() -> Clipboard.getSystemClipboard().getString());
    }

    private String exported(String name) throws IOException {
        return Files.readString(ExportDialog.export(window, folder.resolve(name)));
    }
}
