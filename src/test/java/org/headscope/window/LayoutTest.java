package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.headscope.window.control.DrawingView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything has its place, in the smallest window too. */
class LayoutTest {

    private static final double HAIR = 1;

    @ParameterizedTest
    @CsvSource({"1024, 680", "1280, 800"})
    void controlsKeepToTheirPlaces(double width, double height, @TempDir Path folder) throws IOException {
        Path pairs = Files.writeString(folder.resolve("pairs.csv"), """
            Tom went to the store. Tom,Tom went to the store. Sarah, went, travelled
            Tom went to the park. Tom,Tom went. Sarah, went, travelled
            """);
        try (TestWindow window = TestWindow.open(width, height)) {
            for (ViewState.Tab tab : ViewState.Tab.values()) {
                window.fxRun(() -> window.view().tabProperty().set(tab));
                window.settle();
                assertAllIsInItsPlace(window, tab.label(), width);
            }
            for (String section : List.of("Ranks", "Attribution", "Continue", "Top tokens")) {
                window.fxRun(() -> window.find("lens-sections", Parent.class).lookupAll(".toggle-button").stream()
                    .map(ToggleButton.class::cast).filter(button -> button.getText().equals(section))
                    .findFirst().orElseThrow().fire());
                window.settle();
                assertAllIsInItsPlace(window, section, width);
            }
            window.sweep();
            assertAllIsInItsPlace(window, "a sweep", width);
            window.fxRun(() -> window.find("sweep-part", ComboBox.class).getSelectionModel().selectFirst());
            window.untilSwept();
            assertAllIsInItsPlace(window, "a sweep of all parts", width);
            window.choosePairs(pairs);
            window.choose("Experiment", "Sweep many pairs…");
            window.untilSwept();
            assertAllIsInItsPlace(window, "many pairs", width);
        }
    }

    @ParameterizedTest
    @CsvSource({"1024, 680", "1280, 800"})
    void whatGoesWrongHasItsPlaceToo(double width, double height) {
        try (TestWindow window = TestWindow.open(width, height)) {
            window.fxRun(() -> window.view().tabProperty().set(ViewState.Tab.PATCH));
            window.sweep();
            window.fxRun(() -> window.view().hideFirstProperty().set(true));
            assertAllIsInItsPlace(window, "a sweep without the first token", width);
            prompts(window, "Tom went to the store. Tom", "Tom went to the big store. Sarah");
            assertAllIsInItsPlace(window, "prompts of different lengths", width);
            prompts(window, "Tom went to the store. Tom", "");
            assertAllIsInItsPlace(window, "no corrupt prompt", width);
            prompts(window, "", "");
            assertAllIsInItsPlace(window, "no prompt", width);
            window.fxRun(() -> window.workbench().report("A sentence that says what went wrong and what to do."));
            assertAllIsInItsPlace(window, "a message", width);
        }
    }

    @Test
    void theRegionsKeepTheirWidthsWhenTheSizeChangesByAHair() {
        try (TestWindow window = TestWindow.open()) {
            double left = window.fx(() -> window.find("head-map", Region.class).getWidth());
            double right = window.fx(() -> window.find("inspector", Region.class).getWidth());
            for (double width : new double[] {1278, 1280}) {
                window.fxRun(() -> window.stage().setWidth(width));
                window.fxRun(() -> window.stage().getScene().getRoot().layout());
            }
            assertThat(window.fx(() -> window.find("head-map", Region.class).getWidth())).isCloseTo(left, within(4.0));
            assertThat(window.fx(() -> window.find("inspector", Region.class).getWidth())).isCloseTo(right, within(4.0));
        }
    }

    private static void prompts(TestWindow window, String clean, String corrupt) {
        window.fxRun(() -> window.workbench().edit("", document -> document.withClean(clean).withCorrupt(corrupt)));
        window.until("the prompts", () -> window.background().activities().isEmpty());
        window.settle();
    }

    @ParameterizedTest
    @CsvSource({"1024, 680", "1280, 800"})
    void theRunsHaveRoomForAllColumns(double width, double height) {
        try (TestWindow window = TestWindow.open(width, height)) {
            window.sweep();
            window.press(KeyCode.CONTROL, KeyCode.J);
            window.settle();
            Parent table = window.find("ledger-table", Parent.class);
            window.fxRun(() -> {
                table.getScene().getRoot().layout();
                assertThat(table.lookupAll(".scroll-bar").stream().map(ScrollBar.class::cast)
                    .filter(bar -> bar.getOrientation() == Orientation.HORIZONTAL && bar.isVisible())).isEmpty();
                assertThat(cut(table.lookupAll(".column-header > .label").stream().toList())).isEmpty();
            });
        }
    }

    private static void assertAllIsInItsPlace(TestWindow window, String view, double width) {
        window.fxRun(() -> {
            Parent root = window.stage().getScene().getRoot();
            root.layout();
            assertThat(root.getLayoutBounds().getWidth()).isEqualTo(width);
            List<Node> shown = all(root).toList();
            assertThat(outside(shown, root.getLayoutBounds())).as("outside of %s", view).isEmpty();
            Node workspace = root.lookup("#workspace");
            assertThat(below(all(workspace).toList(), place(workspace).getMaxY())).as("below what is seen of %s", view)
                .isEmpty();
            assertThat(overlapping(shown)).as("on top of one another in %s", view).isEmpty();
            assertThat(cut(shown)).as("cut off in %s", view).isEmpty();
        });
    }

    /** What can be seen, parents before their children. */
    private static Stream<Node> all(Node node) {
        if (!node.isVisible() || node.getOpacity() == 0) {
            return Stream.empty();
        }
        return Stream.concat(Stream.of(node), node instanceof Parent parent
            ? parent.getChildrenUnmodifiable().stream().flatMap(LayoutTest::all) : Stream.empty());
    }

    private static Bounds place(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }

    /** Scrolled content may go on beyond its view. */
    private static boolean isScrolled(Node node) {
        for (Node at = node.getParent(); at != null; at = at.getParent()) {
            if (at instanceof ScrollPane || at.getStyleClass().contains("list-view")) {
                return true;
            }
        }
        return false;
    }

    private static List<String> outside(List<Node> shown, Bounds window) {
        return shown.stream().filter(Control.class::isInstance).filter(node -> !isScrolled(node)).filter(node -> {
            Bounds place = place(node);
            return place.getMinX() < window.getMinX() - HAIR || place.getMinY() < window.getMinY() - HAIR
                || place.getMaxX() > window.getMaxX() + HAIR || place.getMaxY() > window.getMaxY() + HAIR;
        }).map(LayoutTest::named).toList();
    }

    private static List<String> below(List<Node> shown, double edge) {
        return shown.stream().filter(node -> node instanceof Control || node instanceof DrawingView)
            .filter(node -> !isScrolled(node) && place(node).getMaxY() > edge + HAIR).map(LayoutTest::named).toList();
    }

    private static List<String> overlapping(List<Node> shown) {
        List<String> found = new ArrayList<>();
        for (Node row : shown) {
            if (row instanceof HBox box) {
                List<Node> items = box.getChildren().stream().filter(Node::isManaged).filter(Node::isVisible).toList();
                for (int i = 1; i < items.size(); i++) {
                    if (place(items.get(i)).getMinX() < place(items.get(i - 1)).getMaxX() - HAIR) {
                        found.add(named(items.get(i - 1)) + " | " + named(items.get(i)));
                    }
                }
            }
        }
        return found;
    }

    private static List<String> cut(List<Node> shown) {
        return shown.stream().filter(node -> node instanceof Label || node instanceof Button
            || node instanceof ToggleButton).map(Labeled.class::cast).filter(labeled -> labeled.getText() != null
            && !labeled.getText().isEmpty() && labeled.getWidth() > 0 && labeled.lookup(".text") instanceof Text text
            && !text.getText().equals(labeled.getText())).map(LayoutTest::named).toList();
    }

    private static String named(Node node) {
        return "%s #%s %s".formatted(node.getClass().getSimpleName(), node.getId(),
            node instanceof Labeled labeled ? "“" + labeled.getText() + "”" : "");
    }
}
