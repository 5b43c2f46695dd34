package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the other windows open. */
class DialogPlacesTest {

    private static final Offset<Double> HAIR = within(2.0);
    /** What a dialog leaves for the bar of its window. */
    private static final Offset<Double> BAR = within(24.0);

    private static final Map<String, String> MENUS = Map.of("About Headscope", "Help", "Keys", "Help", "Terms", "Help",
        "Preferences…", "File", "Export…", "File", "Models…", "Model");

    @ParameterizedTest
    @CsvSource({"1024, 680", "1280, 800"})
    void dialogsLieOverTheMiddleOfTheWindow(double width, double height) {
        try (TestWindow window = TestWindow.open(width, height)) {
            MENUS.forEach((item, menu) -> {
                window.choose(menu, item);
                window.until(item, () -> dialog(window).isPresent());
                window.fxRun(() -> assertLiesOver(item, dialog(window).orElseThrow(), window.stage()));
                window.closeDialog();
            });
        }
    }

    private static Optional<Window> dialog(TestWindow window) {
        return Window.getWindows().stream().filter(shown -> shown instanceof Stage && shown != window.stage()
            && shown.isShowing()).findFirst();
    }

    private static void assertLiesOver(String name, Window dialog, Window main) {
        assertThat(dialog.getWidth()).as("width of %s", name).isLessThanOrEqualTo(main.getWidth());
        assertThat(dialog.getHeight()).as("height of %s", name).isLessThanOrEqualTo(main.getHeight());
        assertThat(dialog.getX() + dialog.getWidth() / 2).as("across, %s", name)
            .isCloseTo(main.getX() + main.getWidth() / 2, HAIR);
        assertThat(dialog.getY() + dialog.getHeight() / 2).as("down, %s", name)
            .isCloseTo(main.getY() + main.getHeight() / 2, BAR);
    }
}
