package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.headscope.window.ViewState.Tab;
import org.headscope.window.control.Tips;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people need who do not see the window, do not use a pointer, or see little contrast. */
class AccessibilityTest extends InOneWindow {

    /** What WCAG asks of text of ordinary size. */
    private static final double CONTRAST = 4.5;

    @ParameterizedTest
    @EnumSource(Tab.class)
    void everythingThatTakesKeysHasAName(Tab tab) {
        show(tab);
        List<String> nameless = window.fx(() -> seen(root()).stream().filter(Node::isFocusTraversable)
            .filter(node -> name(node).isBlank()).map(AccessibilityTest::describe).toList());
        assertThat(nameless).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Tab.class)
    void theFocusGoesRegionByRegionAndDownInEach(Tab tab) {
        show(tab);
        for (String region : List.of("prompt-bar", "workspace", "inspector")) {
            List<Bounds> places = window.fx(() -> seen(window.stage().getScene().lookup("#" + region)).stream()
                .filter(node -> node.isFocusTraversable() && !node.isDisabled())
                .map(node -> node.localToScene(node.getLayoutBounds())).toList());
            for (int i = 1; i < places.size(); i++) {
                Bounds before = places.get(i - 1);
                Bounds now = places.get(i);
                // In reading order nothing that comes later lies wholly above and to the left of what came before.
                assertThat(now.getMaxY() <= before.getMinY() && now.getMaxX() <= before.getMinX())
                    .as("%s: %s comes after %s", region, now, before).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PATTERN, false", "PATTERN, true", "COMPARE, false", "COMPARE, true", "PATCH, false", "PATCH, true",
        "LENS, false", "LENS, true", "CIRCUITS, false", "CIRCUITS, true"})
    void textStandsOutFromWhatIsBehindIt(Tab tab, boolean dark) {
        window.fxRun(() -> window.window().appearance().setDark(dark));
        show(tab);
        List<String> faint = window.fx(() -> {
            WritableImage picture = window.stage().getScene().snapshot(null);
            List<String> found = new ArrayList<>();
            for (Node node : seen(root())) {
                if (node instanceof Text text && !text.getText().isBlank() && text.getFill() instanceof Color color
                    && !text.isDisabled()) {
                    double contrast = contrast(color, behind(text, picture, color));
                    if (contrast < CONTRAST) {
                        found.add(String.format(Locale.ROOT, "“%s” %.2f %s", text.getText(), contrast,
                            describe(text.getParent())));
                    }
                }
            }
            return found;
        });
        assertThat(faint).isEmpty();
    }

    private void show(Tab tab) {
        window.fxRun(() -> window.view().tabProperty().set(tab));
        window.settle();
    }

    @Test
    void blackOnWhiteHasTheHighestContrast() {
        assertThat(contrast(Color.BLACK, Color.WHITE)).isEqualTo(21);
        assertThat(contrast(Color.web("#767676"), Color.WHITE)).isBetween(4.5, 4.6);
    }

    private Parent root() {
        return window.stage().getScene().getRoot();
    }

    /** All nodes that can be seen, in the order in which the focus passes over them. */
    private static List<Node> seen(Node node) {
        List<Node> all = new ArrayList<>();
        gather(node, all);
        return all;
    }

    private static void gather(Node node, List<Node> all) {
        if (node.isVisible()) {
            all.add(node);
            if (node instanceof Parent parent) {
                parent.getChildrenUnmodifiable().forEach(child -> gather(child, all));
            }
        }
    }

    private static String name(Node node) {
        if (node.getAccessibleText() != null && !node.getAccessibleText().isBlank()) {
            return node.getAccessibleText();
        }
        if (node instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank()) {
            return labeled.getText();
        }
        if (node instanceof Control control && Tips.of(control) != null) {
            return Tips.of(control).getText();
        }
        if (node instanceof TextInputControl field && field.getPromptText() != null) {
            return field.getPromptText();
        }
        return labelFor(node);
    }

    private static String labelFor(Node node) {
        return node.getScene().getRoot().lookupAll(".label").stream().filter(Label.class::isInstance)
            .map(Label.class::cast).filter(label -> label.getLabelFor() == node).map(Label::getText).findFirst()
            .orElse("");
    }

    /** The colour at a corner of its box that differs most from the text's: corners are hardly ever ink. */
    private static Color behind(Text text, WritableImage picture, Color ink) {
        Bounds box = text.localToScene(text.getLayoutBounds());
        return List.of(at(picture, box.getMinX() - 1, box.getMinY() + 1), at(picture, box.getMaxX() + 1,
            box.getMinY() + 1), at(picture, box.getMinX() - 1, box.getMaxY() - 1), at(picture, box.getMaxX() + 1,
            box.getMaxY() - 1)).stream().max(Comparator.comparingDouble(color -> contrast(color, ink))).orElseThrow();
    }

    private static Color at(WritableImage picture, double x, double y) {
        int column = (int) Math.min(Math.max(x, 0), picture.getWidth() - 1);
        int row = (int) Math.min(Math.max(y, 0), picture.getHeight() - 1);
        return picture.getPixelReader().getColor(column, row);
    }

    /** As WCAG 2 defines it. */
    private static double contrast(Color one, Color other) {
        double brighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (brighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed()) + 0.7152 * linear(color.getGreen()) + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    private static String describe(Node node) {
        return "%s#%s%s".formatted(node.getClass().getSimpleName(), node.getId(), node.getStyleClass());
    }
}
