package org.headscope.window.control;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
        on(scene, (File file) -> file.getName().toLowerCase(Locale.ROOT).endsWith(ending), open);
    }

    /** The same of folders. */
    public static void ofFolders(Scene scene, Consumer<Path> open) {
        on(scene, File::isDirectory, open);
    }

    /** Takes several things that are dropped together, so that somebody can say that one is enough. */
    public static void ofSeveral(Scene scene, Runnable say) {
        scene.addEventFilter(DragEvent.DRAG_OVER, event -> {
            if (isSeveral(event)) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        scene.addEventFilter(DragEvent.DRAG_DROPPED, event -> {
            if (isSeveral(event)) {
                event.setDropCompleted(true);
                event.consume();
                say.run();
            }
        });
    }

    private static boolean isSeveral(DragEvent event) {
        return event.getDragboard().getFiles() != null && event.getDragboard().getFiles().size() > 1;
    }

    private static void on(Scene scene, Predicate<File> isWanted, Consumer<Path> open) {
        scene.addEventHandler(DragEvent.DRAG_OVER, event -> {
            if (file(event, isWanted).isPresent()) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        scene.addEventHandler(DragEvent.DRAG_DROPPED, event -> file(event, isWanted).ifPresent(file -> {
            event.setDropCompleted(true);
            event.consume();
            open.accept(file);
        }));
    }

    private static Optional<Path> file(DragEvent event, Predicate<File> isWanted) {
        return event.getDragboard().getFiles() == null ? Optional.empty() : event.getDragboard().getFiles().stream()
            .filter(isWanted).findFirst().map(File::toPath);
    }
}
