package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.headscope.Fixture;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.session.ScaleChoice;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;

/** What the keys do that are about the document as a whole, about what is taken away and about other windows. */
final class SessionKeyEffects {

    private final Map<KeyCombination, KeyEffect> effects = new LinkedHashMap<>();
    private final TestWindow window;
    private final Path folder;

    /** @param folder for what is saved */
    SessionKeyEffects(TestWindow window, Path folder) {
        this.window = window;
        this.folder = folder;
        document();
        takingAway();
        windows();
    }

    Map<KeyCombination, KeyEffect> all() {
        return effects;
    }

    private void on(KeyEffect effect, String... keys) {
        Stream.of(keys).forEach(key -> effects.put(KeyCombination.valueOf(key), effect));
    }

    // ---- the document and sessions ----

    private void document() {
        on(press -> {
            Document before = window.document();
            window.press(KeyCode.P);
            press.run();
            assertThat(window.document()).isEqualTo(before);
        }, "Shortcut+Z");
        on(press -> {
            window.press(KeyCode.P);
            Document after = window.document();
            window.press(KeyCode.CONTROL, KeyCode.Z);
            press.run();
            assertThat(window.document()).isEqualTo(after);
        }, "Shortcut+Shift+Z");
        on(press -> {
            window.paste("clean-field", "Ben");
            window.untilRun("Ben");
            press.run();
            window.untilRun(Document.notebook().clean());
            assertThat(window.stage().getTitle()).isEqualTo("Headscope");
            assertThat(window.workbench().canUndoProperty().get()).isFalse();
        }, "Shortcut+N");
        on(press -> {
            beginAnew();
            save(press, folder.resolve("saved.headscope"));
            assertThat(window.stage().getTitle()).isEqualTo("saved – Headscope");
        }, "Shortcut+S");
        on(press -> {
            beginAnew();
            save(() -> window.press(KeyCode.CONTROL, KeyCode.S), folder.resolve("first.headscope"));
            save(press, folder.resolve("second.headscope"));
            assertThat(window.stage().getTitle()).isEqualTo("second – Headscope");
        }, "Shortcut+Shift+S");
        on(press -> {
            window.fxRun(() -> window.workbench().focus(new Head(2, 3), true));
            Document saved = window.document();
            save(() -> window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S), folder.resolve("again.headscope"));
            window.startAnew();
            press.run();
            window.until("opened", () -> window.workbench().document().equals(saved));
            window.until("its maps", () -> window.title().equals("L2H3"));
        }, "Shortcut+O");
    }

    /** With a session that has no file yet. */
    private void beginAnew() {
        window.press(KeyCode.CONTROL, KeyCode.N);
        window.untilRun(Document.notebook().clean());
    }

    private void save(Runnable press, Path file) {
        window.saveTo(file);
        press.run();
        window.until("saved", () -> window.background().activities().isEmpty() && Files.exists(file));
    }

    // ---- what is taken away ----

    private void takingAway() {
        on(press -> {
            window.focus("heat-map");
            press.run();
            window.until("a table", () -> copied().startsWith("query\tBOS\tTom"));
        }, "Shortcut+C");
        on(press -> {
            press.run();
            window.until("a picture", () -> Clipboard.getSystemClipboard().hasImage());
        }, "Shortcut+Shift+C");
        on(press -> {
            press.run();
            window.until("code", () -> copied().contains("blocks.1.attn.hook_pattern"));
        }, "Shortcut+Alt+C");
        on(exports("L1H0"), "Shortcut+E");
        on(exports("every head"), "Shortcut+Shift+E");
    }

    private String copied() {
        return Optional.ofNullable(Clipboard.getSystemClipboard().getString()).orElse("");
    }

    private KeyEffect exports(String what) {
        return press -> {
            ExportDialog dialog = new ExportDialog(window);
            press.run();
            dialog.untilDrawn();
            Node preview = dialog.part("export-preview", Node.class);
            assertThat(window.fx(preview::getAccessibleText)).contains(what);
            dialog.close();
        };
    }

    // ---- other windows ----

    private void windows() {
        on(opens("Models", "models-list"), "Shortcut+M");
        on(opens("Preferences", "preferences-theme"), "Shortcut+Comma");
        on(opens("Keys", "keys"), "F1");
        on(press -> {
            press.run();
            Node ledger = window.find("ledger", Node.class);
            assertThat(window.fx(ledger::isVisible)).isTrue();
            assertThat(window.focused()).isEqualTo("ledger-table");
            press.run();
            assertThat(window.fx(ledger::isVisible)).isFalse();
        }, "Shortcut+J");
        on(press -> {
            press.run();
            window.robot().write("next colour scale", 0);
            window.press(KeyCode.ENTER);
            assertThat(window.document().viewing().scale()).isEqualTo(ScaleChoice.ROW_MAX);
        }, "Shortcut+K");
        on(press -> {
            window.chooseFolder(Fixture.TINY.modelPath());
            press.run();
            window.until("another model", () -> window.workbench().modelProperty().get()
                .filter(model -> model.folder().path().equals(Fixture.TINY.modelPath())).isPresent());
            window.settle();
            window.fxRun(() -> window.workbench().open(ModelFolder.DEMO, Processing.TRANSFORMERLENS));
            window.until("the bundled one", () -> window.workbench().modelProperty().get()
                .filter(model -> model.folder().name().equals(ModelFolder.DEMO)).isPresent());
            window.settle();
        }, "Shortcut+Shift+O");
    }

    private KeyEffect opens(String title, String part) {
        return press -> {
            press.run();
            Stage opened = window.fx(() -> Window.getWindows().stream().filter(Stage.class::isInstance)
                .map(Stage.class::cast).filter(one -> title.equals(one.getTitle())).findFirst().orElseThrow());
            assertThat(window.fx(() -> opened.getScene().getRoot().lookup("#" + part))).isNotNull();
            window.fxRun(opened::hide);
            window.settle();
        };
    }
}
