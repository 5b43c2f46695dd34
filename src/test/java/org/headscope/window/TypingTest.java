package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import org.headscope.session.Document;
import org.headscope.session.ScaleChoice;
import org.junit.jupiter.api.Test;

/** Typing prompts in the window. */
class TypingTest extends InRenewedWindow {

    private static int run() {
        return window.fx(() -> window.workbench().pairProperty().get().orElseThrow().number());
    }

    @Test
    void whatIsTypedRunsByItselfAndChangesTheReadouts() {
        List<String> before = window.texts("readouts");
        window.type("clean-field", "Anna ran home. Anna");
        window.untilRun("Anna ran home. Anna");

        assertThat(window.texts("readouts")).isNotEqualTo(before);
        assertThat(window.texts("prompt-bar")).contains("6/256");
        assertThat(window.text("comparison")).isEqualTo(
            "6 and 8 tokens: the patterns are shown, but nothing can be patched.");
        assertThat(window.texts("patches")).anyMatch(text -> text.contains("6 and 8 tokens"));
    }

    @Test
    void untilTheRunIsDoneTheOlderOneIsMarked() {
        window.fxRun(() -> window.workbench().autoProperty().set(false));
        window.type("clean-field", "Ben");
        assertThat(window.texts("workspace")).contains("previous prompt");
        assertThat(window.texts("head-map")).contains("Attention, clean run (previous prompt)");
        assertThat(panes()).containsExactly("Patch", "Readout after ·Tom/·Sarah (previous)",
            "Token (previous)", "Head facts (previous)");
        assertThat(faint()).containsExactlyInAnyOrder("head-grid", "token-pane", "head-facts");

        window.press(KeyCode.CONTROL, KeyCode.DIGIT5);
        assertThat(window.texts("workspace")).as("of the weights").doesNotContain("previous prompt");
        window.press(KeyCode.CONTROL, KeyCode.DIGIT1);

        window.focus("clean-field").press(KeyCode.ENTER);
        window.untilRun("Ben");
        for (String region : List.of("workspace", "head-map")) {
            assertThat(window.texts(region)).noneMatch(text -> text.contains("previous prompt"));
        }
        assertThat(panes()).noneMatch(title -> title.contains("previous"));
        assertThat(faint()).isEmpty();
    }

    private static List<String> panes() {
        return window.fx(() -> window.stage().getScene().getRoot().lookupAll(".titled-pane").stream()
            .map(pane -> ((TitledPane) pane).getText()).toList());
    }

    private static List<String> faint() {
        return window.fx(() -> Stream.of("head-grid", "token-pane", "head-facts", "patches", "token-field")
            .filter(part -> window.stage().getScene().lookup("#" + part).getOpacity() < 1).toList());
    }

    @Test
    void keysMakeNothingAnewUntilTheyAreRun() {
        window.fxRun(() -> window.workbench().autoProperty().set(false));
        window.focus("clean-field").press(KeyCode.END);
        // The first key makes what is shown older, which is said.
        window.robot().write(".", 0);
        List<String> made = new ArrayList<>();
        for (String part : List.of("head-facts", "patches", "readouts", "head-map", "workspace")) {
            Node root = window.find(part, Node.class);
            window.fxRun(() -> watch(part, root, made));
        }
        window.robot().write(" and then", 0);

        assertThat(window.document().clean()).endsWith(". and then");
        assertThat(window.fx(() -> List.copyOf(made))).isEmpty();
    }

    private static void watch(String part, Node node, List<String> made) {
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().addListener((ListChangeListener<Node>) change -> made.add(part));
            parent.getChildrenUnmodifiable().forEach(child -> watch(part, child, made));
        }
    }

    @Test
    void undoInAPromptTakesBackWhatWasTyped() {
        window.type("clean-field", "Ben");
        window.press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(window.text("clean-field")).isEqualTo(Document.notebook().clean());
        assertThat(window.document().clean()).isEqualTo(Document.notebook().clean());

        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        assertThat(window.text("clean-field")).isEqualTo("Ben");
        assertThat(window.document().clean()).isEqualTo("Ben");

        window.robot().write("ny", 0);
        assertThat(window.text("clean-field")).as("typed on at the end").isEqualTo("Benny");
    }

    @Test
    void lettersInAFieldAreNoCommands() {
        Document before = window.document();
        window.type("token-field", "gpbGPB");

        assertThat(window.text("token-field")).isEqualTo("gpbGPB");
        assertThat(window.document()).isEqualTo(before);
        assertThat(window.view().scaleProperty().get()).isEqualTo(ScaleChoice.ABSOLUTE);
        assertThat(window.view().hideFirstProperty().get()).isFalse();
        window.type("token-field", "");
    }

    @Test
    void swapAndBosAreOneClick() {
        window.click("swap");
        window.untilRun(Document.notebook().corrupt());
        assertThat(window.text("corrupt-field")).isEqualTo(Document.notebook().clean());

        window.click("bos");
        window.until("a run without BOS", () -> window.workbench().finishedProperty().get().orElseThrow().pair()
            .clean().size() == 7);
        assertThat(window.texts("prompt-bar")).contains("7/256");
    }

    @Test
    void runRunsAgain() {
        int before = run();
        window.click("run");
        window.until("another run", () -> run() > before);
    }
}
