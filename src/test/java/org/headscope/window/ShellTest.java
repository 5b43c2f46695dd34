package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import javafx.css.PseudoClass;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class ShellTest extends UsedStage {

    private static final String PREFERENCES = "headscope.preferences";

    private final String node = "org/headscope-test/" + UUID.randomUUID();
    private Stage stage;
    private Shell shell;

    @BeforeEach
    void open() throws InterruptedException {
        System.setProperty(PREFERENCES, node);
        Settings settings = new Settings();
        settings.put("width", 1100);
        settings.put("height", 700);
        settings.setDark(true);
        stage = fx(Stage::new);
        shell = fx(() -> new Shell(stage, settings));
        CountDownLatch seen = new CountDownLatch(1);
        fxRun(() -> shell.show(seen::countDown));
        assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void close() throws BackingStoreException {
        fxRun(() -> {
            shell.appearance().setDark(false);
            stage.hide();
        });
        System.clearProperty(PREFERENCES);
        Preferences.userRoot().node(node).removeNode();
    }

    @Override
    public Stage stage() {
        return stage;
    }

    @Test
    void isOnTheScreenAsLargeAsItWasAndSaysWhatItDoes() {
        assertThat(stage.isShowing()).isTrue();
        assertThat(stage.getTitle()).isEqualTo("Headscope");
        assertThat(texts("opening")).containsExactly("Headscope", "Opening the window and the model…");
        assertThat(fx(stage::getWidth)).isEqualTo(1100);
        assertThat(fx(stage::getHeight)).isEqualTo(700);
        assertThat(fx(stage::getMinWidth)).isEqualTo(1024);
    }

    @Test
    void takesTheRegionsWithoutMovingAndInItsAppearance() {
        Parent root = new StackPane();
        Scene before = stage.getScene();
        fxRun(() -> {
            shell.fill(root);
            shell.show();
        });
        assertThat(stage.getScene()).isSameAs(before);
        assertThat(before.getRoot()).isSameAs(root);
        assertThat(root.getPseudoClassStates()).contains(PseudoClass.getPseudoClass("dark"));
        assertThat(fx(() -> root.getLayoutBounds().getWidth())).isEqualTo(fx(before::getWidth));
        assertThat(fx(stage::getWidth)).isEqualTo(1100);
    }
}
