package org.headscope.window;

import java.lang.management.ManagementFactory;
import java.util.Objects;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.stage.Window;
import org.headscope.window.control.HeatCanvas;

/**
 * Starts the application as a person does, prints when its window had its first frame and when a head of the bundled
 * model was on it, in milliseconds since the process began, and ends. A program of its own, for the bench of frame
 * times.
 */
public final class StartProbe {

    private StartProbe() {
    }

    public static void main(String[] arguments) {
        ObservableList<Window> windows = Window.getWindows();
        windows.addListener(new ListChangeListener<>() {
            @Override
            public void onChanged(Change<? extends Window> change) {
                windows.stream().map(Window::getScene).filter(Objects::nonNull).findFirst().ifPresent(scene -> {
                    windows.removeListener(this);
                    watch(scene);
                });
            }
        });
        HeadscopeApp.open();
    }

    private static void watch(Scene shown) {
        shown.addPostLayoutPulseListener(new Runnable() {
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
        });
    }

    private static void report(String what) {
        System.out.println(what + ": " + (System.currentTimeMillis()
            - ManagementFactory.getRuntimeMXBean().getStartTime()));
    }
}
