package org.headscope.window;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.headscope.session.SessionFile;
import org.headscope.window.control.Parts;

/** Lies over the window while files are dragged over it, and says what would come of dropping them. */
final class DropHint extends StackPane {

    private static final double MARGIN = 16;

    private final Label words = Parts.label("", "title");

    DropHint() {
        setId("drop-hint");
        getStyleClass().add("drop-hint");
        setMouseTransparent(true);
        setVisible(false);
        words.setId("drop-words");
        words.setWrapText(true);
        words.getStyleClass().addAll("card", "drop-words");
        Region veil = new Region();
        veil.getStyleClass().add("drop-veil");
        StackPane.setMargin(words, new Insets(MARGIN));
        getChildren().addAll(veil, words);
    }

    /** Follows what is dragged over a scene. */
    void follow(Scene scene) {
        scene.addEventFilter(DragEvent.DRAG_OVER, event -> show(Optional.ofNullable(event.getDragboard().getFiles())
            .filter(files -> !files.isEmpty())));
        scene.addEventFilter(DragEvent.DRAG_DROPPED, event -> show(Optional.empty()));
        scene.addEventHandler(DragEvent.DRAG_EXITED, event -> {
            if (event.getTarget() == scene) {
                show(Optional.empty());
            }
        });
        // While a button is held elsewhere the pointer does not move here: the drag has ended unheard.
        scene.addEventFilter(MouseEvent.MOUSE_MOVED, event -> show(Optional.empty()));
    }

    private void show(Optional<List<File>> dragged) {
        setVisible(dragged.isPresent());
        dragged.ifPresent(files -> words.setText(words(files)));
    }

    private static String words(List<File> files) {
        if (files.size() > 1) {
            return "One thing at a time";
        }
        File file = files.get(0);
        String name = file.getName().toLowerCase(Locale.ROOT);
        if (file.isDirectory()) {
            return "Drop to open the model in “%s”".formatted(file.getName());
        }
        return name.endsWith(SessionFile.ENDING) ? "Drop to open the session “%s”".formatted(file.getName())
            : name.endsWith(".png") ? "Drop to bring back the view of “%s”".formatted(file.getName())
            : name.endsWith(".csv") ? "Drop to sweep the pairs in “%s”".formatted(file.getName())
            : "Sessions, exported pictures, CSV files of pairs and folders of models can be dropped here";
    }
}
