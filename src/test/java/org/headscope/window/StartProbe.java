package org.headscope.window;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.stage.Window;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.headmap.HeadMap;

/**
 * Starts the application as a person does, prints when its window had its first frame, when all heads of the bundled
 * model were on it and one of them large, and when all of the window was there, in milliseconds since the process began,
 * and ends. A program of its own, for the bench of frame times.
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
        Deque<Event> events = new ArrayDeque<>(List.of(new Event("first frame", () -> true),
            new Event("heads", () -> shown.lookup("#head-map") instanceof HeadMap heads && heads.isPainted()
                && shown.lookup("#heat-map") instanceof HeatCanvas map && map.pictureProperty().get() != null),
            new Event("all regions", () -> shown.lookup("#inspector") != null)));
        shown.addPostLayoutPulseListener(() -> {
            while (!events.isEmpty() && events.peek().isHere().getAsBoolean()) {
                report(events.remove().name());
                if (events.isEmpty()) {
                    Platform.exit();
                }
            }
        });
    }

    private record Event(String name, BooleanSupplier isHere) { }

    private static void report(String what) {
        System.out.println(what + ": " + (System.currentTimeMillis()
            - ManagementFactory.getRuntimeMXBean().getStartTime()));
    }
}
