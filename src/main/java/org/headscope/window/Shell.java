package org.headscope.window;

import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import org.headscope.window.control.OnScreen;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;

/**
 * The window without its regions: where it stands, how large it is and how it looks. It can be on the screen long before
 * they are made, with a word on what is going on.
 */
final class Shell {

    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final double SMALLEST_WIDTH = 1024;
    private static final double SMALLEST_HEIGHT = 680;
    /** After so many frames that differ, one at least has reached the screen: each waits until the last is painted. */
    private static final int FRAMES = 5;

    private final Stage stage;
    private final Settings settings;
    private final Appearance appearance;
    private final Pane words = words();
    private final Scene scene;

    Shell(Stage stage, Settings settings) {
        this.stage = stage;
        this.settings = settings;
        this.appearance = new Appearance(settings.isDark());
        // Of the window's size from the start: otherwise the outer regions keep widths that a wider scene gave them.
        this.scene = new Scene(new StackPane(words), settings.get("width", WIDTH), settings.get("height", HEIGHT));
        stage.setTitle("Headscope");
        for (int size : List.of(16, 32, 64, 256)) {
            stage.getIcons().add(new Image(Shell.class.getResourceAsStream("icon-%d.png".formatted(size))));
        }
        stage.setScene(scene);
        size();
    }

    /** With what the theme has alone: the window's own stylesheets would take a moment. */
    private static Pane words() {
        Label name = Parts.label("Headscope");
        name.setFont(Font.font("Inter SemiBold", 24));
        Label word = Parts.label("Opening the window and the model…");
        word.setFont(Font.font("Inter", 13));
        VBox words = new VBox(8, name, word);
        words.setId("opening");
        words.setAlignment(Pos.CENTER);
        return words;
    }

    private void size() {
        OnScreen.open(stage, settings.get("width", WIDTH), settings.get("height", HEIGHT));
    }

    /** Puts the window on the screen unless it is there already. */
    void show() {
        if (stage.isShowing()) {
            return;
        }
        stage.show();
        // Not before: a window manager may take the smallest size for the first one.
        OnScreen.limit(stage, SMALLEST_WIDTH, SMALLEST_HEIGHT);
        // Openbox makes the window as small as that each time it hears of it.
        size();
    }

    /** Shows the window and does something once it is seen, unless it is closed before. */
    void show(Runnable seen) {
        show();
        new AnimationTimer() {
            private int frames;

            @Override
            public void handle(long now) {
                if (frames == FRAMES) {
                    stop();
                    if (stage.isShowing()) {
                        seen.run();
                    }
                } else {
                    frames++;
                    words.setOpacity((double) frames / FRAMES);
                }
            }
        }.start();
    }

    /** Puts the regions in. */
    void fill(Parent root) {
        scene.setRoot(root);
        appearance.dress(scene);
        if (stage.isShowing()) {
            root.applyCss();
            root.layout();
        }
    }

    Stage stage() {
        return stage;
    }

    Scene scene() {
        return scene;
    }

    Settings settings() {
        return settings;
    }

    Appearance appearance() {
        return appearance;
    }
}
