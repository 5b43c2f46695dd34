package org.headscope.window.control;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/** Takes files of a kind that are dropped on the window; others are left to others. */
public final class FileDrop {

    private FileDrop() {
    }

    /**
     * @param ending what the file's name ends in, in small letters, such as ".csv"
     * @param open what is done with the file
     */
    public static void on(Scene scene, String ending, Consumer<Path> open) {
        scene.addEventHandler(DragEvent.DRAG_OVER, event -> {
            if (file(event, ending).isPresent()) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        scene.addEventHandler(DragEvent.DRAG_DROPPED, event -> file(event, ending).ifPresent(file -> {
            event.setDropCompleted(true);
            event.consume();
            open.accept(file);
        }));
    }

    private static Optional<Path> file(DragEvent event, String ending) {
        return event.getDragboard().getFiles() == null ? Optional.empty() : event.getDragboard().getFiles().stream()
            .filter(file -> file.getName().toLowerCase(Locale.ROOT).endsWith(ending)).findFirst().map(File::toPath);
    }
}
