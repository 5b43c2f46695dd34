package org.headscope.window;

import java.lang.management.ManagementFactory;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Window;
import org.headscope.window.control.HeatCanvas;

/**
 * Starts the application as a person does, prints when its window had its first frame and when a head of the bundled
 * model was on it, in milliseconds since the process began, and ends. A program of its own, for the bench of frame times.
 */
public final class StartProbe {

    private static final int POLL = 5;

    private StartProbe() {
    }

    public static void main(String[] arguments) {
        Thread watcher = new Thread(StartProbe::watch, "watcher");
        watcher.setDaemon(true);
        watcher.start();
        HeadscopeApp.open();
    }

    private static void watch() {
        pause();
        Scene scene = null;
        while (scene == null) {
            pause();
            // Read without the toolkit's thread, which may not be there yet; only a window that is there is used.
            scene = Window.getWindows().stream().filter(Window::isShowing).map(Window::getScene)
                .filter(shown -> shown != null).findFirst().orElse(null);
        }
        Scene shown = scene;
        Platform.runLater(() -> shown.addPostLayoutPulseListener(new Runnable() {
            private boolean hasFrame;

            @Override
            public void run() {
                if (!hasFrame) {
                    hasFrame = true;
                    report("first frame");
                }
                if (shown.lookup("#heat-map") instanceof HeatCanvas map && map.pictureProperty().get() != null) {
                    report("heads");
                    shown.removePostLayoutPulseListener(this);
                    Platform.exit();
                }
            }
        }));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void report(String what) {
        System.out.println(what + ": " + (System.currentTimeMillis()
            - ManagementFactory.getRuntimeMXBean().getStartTime()));
    }
}
