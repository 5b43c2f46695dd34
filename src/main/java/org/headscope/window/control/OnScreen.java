package org.headscope.window.control;

import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Keeps windows no larger than the screen, which is small where everything is shown large. */
public final class OnScreen {

    /** For what a window manager puts around a window. */
    private static final double FRAME = 32;
    /** What is seen of a window around one that lies over it. */
    private static final double BESIDE = 16;

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

    /**
     * Opens a window over the middle of another one, as large as wished, if both that one and the screen have room.
     *
     * @param leastWidth  of the smallest that can be used, which may be wider than the other window
     * @param leastHeight likewise
     */
    public static void over(Stage stage, Window owner, double width, double height, double leastWidth,
                            double leastHeight) {
        Rectangle2D screen = of(owner);
        stage.setWidth(Math.min(Math.max(leastWidth, Math.min(width, owner.getWidth() - 2 * BESIDE)),
            screen.getWidth()));
        stage.setHeight(Math.min(Math.max(leastHeight, Math.min(height, owner.getHeight() - 2 * BESIDE)),
            screen.getHeight()));
        stage.setX(within(owner.getX() + (owner.getWidth() - stage.getWidth()) / 2, stage.getWidth(),
            screen.getMinX(), screen.getMaxX()));
        stage.setY(within(owner.getY() + (owner.getHeight() - stage.getHeight()) / 2, stage.getHeight(),
            screen.getMinY(), screen.getMaxY()));
    }

    /**
     * Shows a window before all others: the first time over the middle of its owner, and from then on where it was left.
     *
     * @param leastWidth of the smallest that can be used
     * @param leastHeight likewise
     */
    public static void bring(Stage stage, double width, double height, double leastWidth, double leastHeight) {
        if (Double.isNaN(stage.getX())) {
            over(stage, stage.getOwner(), width, height, leastWidth, leastHeight);
        }
        stage.show();
        limit(stage, leastWidth, leastHeight);
        stage.toFront();
    }

    private static double within(double wanted, double size, double from, double to) {
        return Math.round(Math.max(from, Math.min(wanted, to - size)));
    }

    /** How small a window can be made: as wished, if that has room. */
    public static void limit(Stage stage, double width, double height) {
        Rectangle2D screen = of(stage);
        stage.setMinWidth(Math.min(width, screen.getWidth()));
        stage.setMinHeight(Math.min(height, screen.getHeight() - FRAME));
    }
}
