package org.headscope.window.control;

import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Keeps windows no larger than the screen, which is small where everything is shown large. */
public final class OnScreen {

    /** For what a window manager puts around a window. */
    private static final double FRAME = 32;

    private OnScreen() {
    }

    /** The screen that a window is on, or the first one where it is on none yet. */
    public static Rectangle2D of(Window window) {
        return Screen.getScreensForRectangle(window.getX(), window.getY(), Math.max(1, window.getWidth()),
            Math.max(1, window.getHeight())).stream().findFirst().orElseGet(Screen::getPrimary).getVisualBounds();
    }

    /** How large a window opens: as wished, if that has room. */
    public static void open(Stage stage, double width, double height) {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        stage.setWidth(Math.min(width, screen.getWidth()));
        stage.setHeight(Math.min(height, screen.getHeight()));
    }

    /** How small a window can be made: as wished, if that has room. */
    public static void limit(Stage stage, double width, double height) {
        Rectangle2D screen = of(stage);
        stage.setMinWidth(Math.min(width, screen.getWidth()));
        stage.setMinHeight(Math.min(height, screen.getHeight() - FRAME));
    }
}
