package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.headscope.session.Document;
import org.headscope.weights.ModelFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is put in, there is at most one sentence beside its cause, and the window goes on. */
class BadInputTest extends InRenewedWindow {

    @AfterAll
    static void itWentOnAfterTheLast() {
        window.startAnew();
    }

    @AfterEach
    void nothingWasThrown() {
        assertThat(window.uncaught()).isEmpty();
    }

    private static void untilRefused(String part) {
        window.until("a sentence with " + part, () -> window.text("clean-field-problem").contains(part));
        assertThat(window.text("clean-field-problem")).endsWith(".");
        assertThat(window.texts("workspace")).contains("previous prompt");
    }

    private static void untilPatchingIsRefused(String part) {
        window.until("a sentence with " + part,
            () -> window.texts("patches").stream().anyMatch(text -> text.contains(part)));
    }

    @Test
    void anEmptyPrompt() {
        window.type("clean-field", "");
        untilRefused("The prompt is empty");
    }

    @Test
    void aPromptPastTheContext() {
        window.paste("clean-field", " store".repeat(300));
        untilRefused("301 tokens, but this model reads at most 256");
    }

    @Test
    void aHundredThousandCharacters() {
        window.paste("clean-field", "cat ".repeat(25_000));
        untilRefused("at most 256");
    }

    @Test
    void promptsOfDifferentLengths() {
        window.paste("corrupt-field", "Tom went to the store.");
        untilPatchingIsRefused("8 and 7 tokens");

        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        assertThat(window.texts("workspace")).anyMatch(text -> text.contains("8 and 7 tokens"));
        assertThat(window.texts("readouts")).doesNotContain("recovered");
    }

    @Test
    void identicalPrompts() {
        window.paste("corrupt-field", Document.notebook().clean());
        untilPatchingIsRefused("nothing to patch");
        assertThat(window.text("comparison")).isEqualTo("The prompts are the same: there is nothing to patch.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"I \ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\u5317\u4eac\u306e\u732b", "Ame\u0301lie o\u0323\u0308", "<|endoftext|>", "\u0645\u0631\u062d\u0628\u0627"})
    void oddTextIsFine(String text) {
        window.paste("clean-field", text);
        window.untilRun(text);

        assertThat(window.text("clean-field-problem")).isEmpty();
        assertThat(window.text("problem")).isEmpty();
    }

    @Test
    void controlCharactersAreLeftOutByTheFieldButForLines() {
        window.paste("clean-field", "a\u0000b\u0007c\r\nd\r\ne");
        window.untilRun("abc\nd\ne");
        assertThat(window.text("clean-field")).isEqualTo("abc↵d↵e");
    }

    @Test
    void aFolderWithoutAModel(@TempDir Path folder) {
        window.chooseFolder(folder);
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        window.until("a sentence", () -> window.text("problem").contains(folder.toString()));

        assertThat(window.text("problem")).contains("config.json").endsWith(".");
        assertThat(window.fx(() -> window.workbench().modelProperty().get().orElseThrow().folder().name()))
            .isEqualTo(ModelFolder.DEMO);
        Node another = window.find("other-model", Node.class);
        assertThat(window.fx(another::isVisible)).isTrue();
        window.click("other-model");
        Stage models = window.fx(() -> Window.getWindows().stream().filter(Stage.class::isInstance)
            .map(Stage.class::cast).filter(one -> "Models".equals(one.getTitle())).findFirst().orElseThrow());
        window.fxRun(models::hide);
        window.settle();
        window.fxRun(() -> window.workbench().report("Something else."));
        assertThat(window.fx(another::isVisible)).isFalse();
    }
}
