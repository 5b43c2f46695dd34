package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.headscope.session.Document;
import org.headscope.session.Example;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Chips that are edited in place, and what can be taken instead of typed. */
class PromptBarTest extends InRenewedWindow {

    @AfterAll
    static void itWentOnAfterTheLast() {
        window.startAnew();
    }

    private static boolean isShown(String id) {
        return window.fx(() -> window.stage().getScene().getRoot().lookup("#" + id) != null);
    }

    private static List<String> chips() {
        return window.texts("token-columns");
    }

    /** The last chip that reads so; the columns come one after another, in each the clean one first. */
    private static Node chip(String text) {
        return window.fx(() -> window.stage().getScene().getRoot().lookupAll(".token").stream()
            .filter(node -> ((Label) node).getText().equals(text)).reduce((first, second) -> second).orElseThrow());
    }

    private static void clickAction(String label) {
        window.robot().clickOn(window.fx(() -> window.find("prompt-bar", Node.class).getScene().getRoot()
            .lookupAll(".hyperlink").stream().filter(node -> label.equals(((Hyperlink) node).getText()))
            .findFirst().orElseThrow()));
    }

    @Test
    void thePromptsMakeRoomUntilTheyAreWanted() {
        window.choose("View", "Prompts");
        Node bar = window.find("prompt-bar", Node.class);
        assertThat(window.fx(bar::isVisible)).isFalse();
        assertThat(window.fx(bar::isManaged)).isFalse();

        assertThat(window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L).focused()).isEqualTo("corrupt-field");
        assertThat(window.fx(bar::isVisible)).isTrue();
    }

    @Test
    void aDoubleClickEditsAChip() {
        window.robot().doubleClickOn(chip("·Sarah"));
        assertThat(window.focused()).isEqualTo("chip-field");
        assertThat(window.text("chip-field")).isEqualTo("·Sarah");

        window.robot().write("Ann", 0);
        assertThat(window.text("chip-field")).as("keeps its space").isEqualTo("·Ann");
        assertThat(window.text("chip-outcome")).isEqualTo("One token, #5506.");
        window.press(KeyCode.ENTER);
        window.until("the run of another name", () -> window.workbench().currentProperty().get()
            && window.document().corrupt().equals("Tom went to the store. Ann"));
        assertThat(isShown("token-editor")).isFalse();
        assertThat(window.text("corrupt-field")).isEqualTo("Tom went to the store. Ann");
        assertThat(window.focused()).isEqualTo("token-columns");
    }

    @Test
    void keysMoveAmongChipsAndEdit() {
        window.focus("token-columns").press(KeyCode.END).press(KeyCode.DOWN).press(KeyCode.F2);
        assertThat(window.text("chip-field")).isEqualTo("·Sarah");
        window.press(KeyCode.ESCAPE);
        assertThat(isShown("token-editor")).isFalse();
        assertThat(window.document().corrupt()).isEqualTo(Document.notebook().corrupt());
        assertThat(window.document().locked()).as("Esc only closed the card").isFalse();

        window.press(KeyCode.LEFT).press(KeyCode.UP).press(KeyCode.ENTER);
        assertThat(window.text("chip-field")).isEqualTo(".");
        window.press(KeyCode.ESCAPE);
        assertThat(window.fx(() -> window.find("token-columns", Node.class).getAccessibleText()))
            .isEqualTo("clean, token 6, .");
    }

    @Test
    void aCandidateIsTakenByArrows() {
        window.focus("token-columns").press(KeyCode.END).press(KeyCode.UP).press(KeyCode.ENTER);
        window.robot().write("Sara", 0);
        window.press(KeyCode.DOWN).press(KeyCode.ENTER);
        assertThat(window.document().clean()).isEqualTo("Tom went to the store. Sarah");
    }

    @Test
    void deleteTakesATokenOutAndPaddingPutsItBack() {
        window.focus("token-columns").press(KeyCode.HOME).press(KeyCode.UP);
        window.press(KeyCode.RIGHT).press(KeyCode.RIGHT).press(KeyCode.DELETE);
        window.untilRun("Tom to the store. Tom");
        assertThat(chips()).contains("gap");
        assertThat(window.text("comparison")).startsWith("7 and 8 tokens");

        clickAction("Pad clean");
        window.untilRun(Document.notebook().clean());
        assertThat(chips()).doesNotContain("gap");
        window.press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(window.document().clean()).isEqualTo("Tom to the store. Tom");
    }

    @Test
    void aPromptThatIsTooLongIsMarkedAndCut() {
        window.paste("clean-field", " store".repeat(300));
        window.until("a sentence", () -> window.text("clean-field-problem").contains("at most 256"));
        clickAction("Keep the first 256");
        window.untilRun(" store".repeat(255));
        assertThat(window.text("clean-field-problem")).isEmpty();
    }

    @Test
    void equalPromptsOpenTheEditor() {
        window.paste("corrupt-field", Document.notebook().clean());
        window.until("a sentence", () -> window.text("comparison").contains("the same"));
        clickAction("Change a token");
        assertThat(window.focused()).isEqualTo("chip-field");
        window.robot().write("Sarah", 0);
        window.press(KeyCode.ENTER);
        assertThat(window.document().corrupt()).isEqualTo(Document.notebook().corrupt());
    }

    @Test
    void whatWasRunIsOfferedAgain() {
        window.type("clean-field", "Ben ran. Ben");
        window.untilRun("Ben ran. Ben");
        window.type("clean-field", "Zoe");
        window.untilRun("Zoe");
        window.press(KeyCode.ALT, KeyCode.DOWN);
        assertThat(window.focused()).isEqualTo("history-list");
        window.press(KeyCode.DOWN).press(KeyCode.ENTER);
        assertThat(window.document().clean()).isEqualTo("Ben ran. Ben");
        assertThat(isShown("history-card")).isFalse();
        assertThat(new PromptMemory(window.fx(window::workbench), new Settings(), Clock.systemUTC())
            .entries()).as("remembered").anyMatch(entry -> entry.clean().equals("Ben ran. Ben"));
    }

    @Test
    void anExampleIsTakenByOneClick() {
        window.click("examples");
        assertThat(window.texts("examples-card")).anyMatch(text -> text.contains("the bundled model cannot do this"));
        window.press(KeyCode.DOWN).press(KeyCode.ENTER);
        Example repeated = Example.ALL.get(1);
        window.untilRun(repeated.clean());
        assertThat(window.document().corrupt()).isEqualTo(repeated.corrupt());
        assertThat(window.texts("readout-difference")).contains("·cloud − ·glass");
        window.press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(window.document().clean()).isEqualTo(Document.notebook().clean());
    }

    @Test
    void aClickBesideACardClosesIt() {
        window.click("examples");
        window.robot().clickOn("#workspace");
        assertThat(isShown("examples-card")).isFalse();
    }

    @Test
    void shiftEnterBreaksTheLine() {
        window.type("clean-field", "a");
        window.press(KeyCode.SHIFT, KeyCode.ENTER);
        window.robot().write("b", 0);
        assertThat(window.text("clean-field")).isEqualTo("a↵b");
        assertThat(window.document().clean()).isEqualTo("a\nb");
    }
}
