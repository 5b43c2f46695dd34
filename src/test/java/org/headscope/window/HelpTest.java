package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What help shows is no larger than the smallest window, and can be reached by scrolling to its end. */
class HelpTest {

    private static final double WIDTH = 1024;
    private static final double HEIGHT = 680;

    private TestWindow window;

    @BeforeEach
    void open() {
        window = TestWindow.open(WIDTH, HEIGHT);
    }

    @AfterEach
    void close() {
        window.closeDialog();
        window.close();
    }

    private Stage dialog() {
        return window.fx(() -> Window.getWindows().stream()
            .filter(shown -> shown instanceof Stage && shown != window.stage() && shown.isShowing())
            .map(Stage.class::cast).findFirst().orElseThrow());
    }

    private void fits(Stage dialog, String content) {
        assertThat(dialog.getHeight()).isBetween(400.0, HEIGHT);
        assertThat(dialog.getWidth()).isBetween(400.0, WIDTH);
        Node scroll = dialog.getScene().lookup(".scroll-pane");
        Bounds seen = scroll.localToScene(scroll.getLayoutBounds());
        Node all = dialog.getScene().lookup("#" + content);
        Bounds shown = all.localToScene(all.getLayoutBounds());
        assertThat(shown.getMinX()).isGreaterThanOrEqualTo(seen.getMinX());
        assertThat(shown.getMaxX()).as("nothing is cut off at the side").isLessThanOrEqualTo(seen.getMaxX());
        assertThat(shown.getHeight()).as("there is more to scroll to").isGreaterThan(seen.getHeight());
    }

    @Test
    void keysFitTheSmallestWindow() {
        window.press(KeyCode.F1);
        fits(dialog(), "keys");
    }

    @Test
    void termsFitTheSmallestWindow() {
        window.choose("Help", "Terms");
        fits(dialog(), "terms");
    }

    @Test
    void noKeyIsListedTwiceForTheSame() {
        window.press(KeyCode.F1);

        List<String> written = window.dialogTexts();
        assertThat(written).contains("+, =", "-", "0");
        assertThat(written.stream().map(text -> List.of(text.split(", "))))
            .allSatisfy(keys -> assertThat(keys).doesNotHaveDuplicates());
        Stream<String> copies = written.stream().filter("Ctrl+C"::equals);
        assertThat(copies).as("of the workspace, and of the head map").hasSize(2);
    }
}
