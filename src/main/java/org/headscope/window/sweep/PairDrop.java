package org.headscope.window.sweep;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/** Takes a CSV file of pairs that is dropped on the window; other files are left to others. */
public final class PairDrop {

    private PairDrop() {
    }

    /** @param open what is done with the file */
    public static void on(Scene scene, Consumer<Path> open) {
        scene.addEventHandler(DragEvent.DRAG_OVER, event -> {
            if (pairs(event).isPresent()) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        scene.addEventHandler(DragEvent.DRAG_DROPPED, event -> pairs(event).ifPresent(file -> {
            event.setDropCompleted(true);
            event.consume();
            open.accept(file);
        }));
    }

    private static Optional<Path> pairs(DragEvent event) {
        return event.getDragboard().getFiles() == null ? Optional.empty() : event.getDragboard().getFiles().stream()
            .filter(file -> file.getName().toLowerCase(Locale.ROOT).endsWith(".csv")).findFirst().map(File::toPath);
    }
}
