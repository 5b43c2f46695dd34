package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next window has of the last one. */
class RememberedTest {

    private static final double NEAR = 0.02;

    private TestWindow window;

    @BeforeEach
    void open() {
        window = TestWindow.open();
    }

    @AfterEach
    void close() {
        window.close();
    }

    private static Node part(Stage stage, String selector) {
        return stage.getScene().getRoot().lookup(selector);
    }

    private static DoubleStream dividers(Stage stage) {
        return DoubleStream.of(((SplitPane) part(stage, ".split-pane")).getDividerPositions());
    }

    @Test
    void sizeDividersThemeAndHiddenPromptsAreRemembered() {
        window.choose("View", "Prompts");
        window.choose("View", "Dark");
        window.fxRun(() -> {
            window.stage().setWidth(1200);
            window.stage().setHeight(720);
            ((SplitPane) part(window.stage(), ".split-pane")).setDividerPositions(0.3, 0.7);
        });
        double[] before = window.fx(() -> dividers(window.stage()).toArray());

        Stage next = window.again();
        window.until("the same size", () -> next.getWidth() == 1200 && next.getHeight() == 720);
        window.until("the same dividers", () -> {
            double[] now = dividers(next).toArray();
            return Math.abs(now[0] - before[0]) < NEAR && Math.abs(now[1] - before[1]) < NEAR;
        });
        assertThat(window.fx(() -> part(next, "#prompt-bar").isVisible())).isFalse();
        assertThat(window.fx(() -> next.getScene().getRoot().getPseudoClassStates().toString())).contains("dark");
    }

    @Test
    void promptsThatWereShownAgainStay() {
        window.choose("View", "Prompts");
        window.choose("View", "Prompts");

        Stage next = window.again();
        assertThat(window.fx(() -> part(next, "#prompt-bar").isVisible())).isTrue();
    }
}
