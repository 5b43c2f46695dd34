package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.headscope.figure.ColorMap;
import org.headscope.figure.Colors;
import org.headscope.figure.Theme;
import org.headscope.window.control.Painter;
import org.headscope.window.theme.Appearance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Light and dark. */
class AppearanceTest extends InOneWindow {

    @AfterEach
    void backToLight() {
        if (window.fx(() -> window.window().appearance().isDark())) {
            window.choose("View", "Dark");
        }
    }

    /** The share of the window's pixels that are of this colour. */
    private static double share(int argb) {
        WritableImage picture = window.fx(() -> window.stage().getScene().snapshot(null));
        Color color = Painter.color(argb);
        int width = (int) picture.getWidth();
        int height = (int) picture.getHeight();
        long count = 0;
        for (int y = 0; y < height; y += 2) {
            for (int x = 0; x < width; x += 2) {
                count += picture.getPixelReader().getColor(x, y).equals(color) ? 1 : 0;
            }
        }
        return 4.0 * count / width / height;
    }

    @Test
    void theMenuSwitchesTheWholeWindowAndIsRemembered() {
        assertThat(share(Theme.LIGHT.sequential().at(1))).as("dark blue cells").isGreaterThan(0.002);

        window.choose("View", "Dark");
        window.until("dark thumbnails", () -> window.background().activities().isEmpty());
        assertThat(window.fx(() -> window.window().appearance().isDark())).isTrue();
        assertThat(share(Theme.DARK.sequential().at(1))).as("pale blue cells").isGreaterThan(0.002);
        assertThat(share(Theme.LIGHT.background())).isLessThan(0.05);
        assertThat(window.fx(() -> new Settings().isDark())).isTrue();

        window.choose("View", "Dark");
        assertThat(window.fx(() -> new Settings().isDark())).isFalse();
    }

    @Test
    void attentionTakesOtherColoursAndKeepsThem() {
        window.fxRun(() -> window.window().appearance().colorsProperty().set(Colors.VIRIDIS));
        window.until("other thumbnails", () -> window.background().activities().isEmpty());
        assertThat(share(ColorMap.VIRIDIS.at(1))).as("yellow cells").isGreaterThan(0.002);
        assertThat(share(Theme.LIGHT.sequential().at(1))).as("dark blue cells").isLessThan(0.0005);
        assertThat(window.fx(() -> new Settings().colors())).isEqualTo(Colors.VIRIDIS);

        window.choose("View", "Dark");
        assertThat(window.fx(() -> window.window().appearance().themeProperty().get().sequential()))
            .isEqualTo(ColorMap.VIRIDIS);
        window.fxRun(() -> window.window().appearance().colorsProperty().set(Colors.BLUES));
        assertThat(window.fx(() -> window.window().appearance().themeProperty().get())).isEqualTo(Appearance.DARK_WINDOW);
    }

    @Test
    void textIsInkOnTheBackgroundInBoth() {
        for (boolean dark : new boolean[] {false, true}) {
            window.fxRun(() -> window.window().appearance().setDark(dark));
            Color text = window.fx(() -> (Color) ((Text) window.stage().getScene().getRoot()
                .lookup("#workspace .title .text")).getFill());
            assertThat(text.getBrightness() > 0.5).isEqualTo(dark);
        }
    }
}
