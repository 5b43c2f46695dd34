package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.text.Text;
import javafx.stage.Window;
import org.headscope.RandomGpt2;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelFolder;
import org.headscope.window.control.HeatCanvas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the smallest window still has room for. */
class SmallWindowTest {

    private static final double WIDTH = 1024;
    private static final double HEIGHT = 680;
    /** As many layers and heads as GPT-2 small, and little else. */
    private static final Gpt2Config AS_MANY_HEADS =
        new Gpt2Config(12, 12, 48, 64, 50257, 1e-5, Activation.GELU_NEW, false);

    @ParameterizedTest
    @CsvSource({"1024, 680", "1280, 800"})
    void allHeadsOfGpt2SmallAreSeenAtOnce(double width, double height, @TempDir Path folder) {
        String model = RandomGpt2.write(folder, AS_MANY_HEADS, 1, false).toString();
        try (TestWindow window = TestWindow.open(model, width, height)) {
            assertAllHeadsAreSeen(window);
        }
    }

    private static void assertAllHeadsAreSeen(TestWindow window) {
        window.fxRun(() -> {
            Node grid = window.find("head-grid", Node.class);
            Node at = grid;
            while (!(at instanceof ScrollPane)) {
                at = at.getParent();
            }
            Bounds seen = ((ScrollPane) at).getViewportBounds();
            assertThat(grid.getLayoutBounds().getHeight()).as("down").isLessThanOrEqualTo(seen.getHeight());
            assertThat(grid.getLayoutBounds().getWidth()).as("across").isLessThanOrEqualTo(seen.getWidth());
        });
    }

    @Test
    void theMapAndWhatIsSaidHaveTheirRoom() {
        try (TestWindow window = TestWindow.open(ModelFolder.DEMO, WIDTH, HEIGHT)) {
            assertAllHeadsAreSeen(window);
            assertMapIsLarge(window, 160);
            assertOtherHeadsAreStillNamed(window);
            assertColoursStayInTheWindow(window);
            window.fxRun(() -> window.workbench().edit("", Document::withoutPatches));
            window.settle();
            assertIsNotCut(window, "inspector", "Nothing is staged: P takes in the focused head.");
        }
    }

    @Test
    void severalHeadsAndAContinuationHaveTheirRoom() {
        try (TestWindow window = TestWindow.open(ModelFolder.DEMO, WIDTH, HEIGHT)) {
            window.fxRun(() -> window.view().headSetProperty().set(List.of(new Head(1, 0), new Head(2, 0),
                new Head(3, 1))));
            window.settle();
            assertIsNotCut(window, "workspace", "attention pattern");
            window.choose("Experiment", "Continue the prompt…");
            Bounds room = inScene(window, "workspace");
            for (String field : List.of("generate", "generate-temperature", "generate-seed", "export")) {
                assertThat(inScene(window, field).getMaxX()).as(field).isLessThanOrEqualTo(room.getMaxX());
            }
            assertThat(inScene(window, "generate-seed").getMinY()).isEqualTo(inScene(window, "generate-temperature")
                .getMinY());
        }
    }

    private static Bounds inScene(TestWindow window, String id) {
        Node node = window.find(id, Node.class);
        return window.fx(() -> node.localToScene(node.getLayoutBounds()));
    }

    /** Its cells, from the first to the last. */
    private static void assertMapIsLarge(TestWindow window, double least) {
        window.fxRun(() -> {
            HeatCanvas map = window.find("heat-map", HeatCanvas.class);
            assertThat(map.middleOf(new Cell(7, 7)).getY() - map.middleOf(new Cell(0, 0)).getY())
                .isGreaterThan(least * 7 / 8);
        });
    }

    private static void assertOtherHeadsAreStillNamed(TestWindow window) {
        assertThat(window.texts("named-heads")).doesNotContain("Induction");
        window.fxRun(window.find("named-heading", ButtonBase.class)::fire);
        assertThat(window.texts("named-heads")).contains("Induction");
        window.fxRun(window.find("named-heading", ButtonBase.class)::fire);
    }

    private static void assertColoursStayInTheWindow(TestWindow window) {
        MenuButton colours = window.find("colours", MenuButton.class);
        window.fxRun(colours::show);
        window.until("the menu", () -> menu() != null);
        window.fxRun(() -> {
            Window menu = menu();
            Bounds content = menu.getScene().getRoot().getLayoutBounds();
            assertThat(menu.getX() + content.getWidth()).isLessThanOrEqualTo(window.stage().getX()
                + window.stage().getWidth());
            assertThat(menu.getY() + content.getHeight()).isLessThanOrEqualTo(window.stage().getY()
                + window.stage().getHeight());
            assertThat(colours.getItems()).extracting(MenuItem::getAccelerator).filteredOn(keys -> keys != null)
                .extracting(keys -> keys.getDisplayText()).containsExactly("B");
            colours.hide();
        });
    }

    private static Window menu() {
        return Window.getWindows().stream().filter(ContextMenu.class::isInstance).filter(Window::isShowing)
            .findFirst().orElse(null);
    }

    private static void assertIsNotCut(TestWindow window, String region, String text) {
        Node within = window.find(region, Node.class);
        window.fxRun(() -> {
            within.getScene().getRoot().layout();
            Label label = within.lookupAll(".label").stream().map(Label.class::cast)
                .filter(one -> text.equals(one.getText())).findFirst().orElseThrow();
            assertThat(((Text) label.lookup(".text")).getText()).isEqualTo(text);
        });
    }
}
