package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.CheckBox;
import javafx.scene.input.KeyCode;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.StagedPatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Staging patches and reading what they do. */
class PatchingInTheWindowTest extends InRenewedWindow {

    @BeforeEach
    void awaitTheFirstPatch() {
        untilPatched("6.02");
    }

    private static void untilPatched(String difference) {
        window.until("a difference of " + difference, () -> window.texts("readout-difference").contains(difference));
    }

    private static void untilNothingIsPatched() {
        window.until("no patched column", () -> !window.texts("readout-difference").contains("recovered"));
    }

    @Test
    void pTakesTheFocusedHeadInAndOut() {
        window.press(KeyCode.P);
        untilNothingIsPatched();
        assertThat(window.texts("patches")).anyMatch(text -> text.startsWith("Nothing is staged"));

        window.press(KeyCode.P);
        untilPatched("6.02");
    }

    @Test
    void theButtonStagesTheHeadThatIsLookedAt() {
        window.clickHead(new Head(2, 0));
        window.click("stage");

        assertThat(window.document().patches()).extracting(Object::toString)
            .containsExactly("L1H0 z", "L2H0 z");
        assertThat(window.text("stage")).startsWith("Unstage");
        window.until("both patches read", () -> !window.texts("readout-difference").contains("6.02"));
    }

    @Test
    void aTickTurnsAPatchOffAndOn() {
        window.click("patch-L1H0-z");
        untilNothingIsPatched();
        assertThat(window.find("patch-L1H0-z", CheckBox.class).isSelected()).isFalse();

        window.click("patch-L1H0-z");
        untilPatched("6.02");
    }

    @Test
    void aTickByKeyboardKeepsTheKeysWhereTheyAre() {
        window.focus("patch-L1H0-z").press(KeyCode.SPACE);

        assertThat(window.document().patches().get(0).on()).isFalse();
        assertThat(window.focused()).isEqualTo("patch-L1H0-z");
    }

    @Test
    void anotherPartIsChosenByAClick() {
        window.press(KeyCode.P);
        window.robot().clickOn("pattern");
        window.press(KeyCode.P);

        assertThat(window.document().patches())
            .containsExactly(new StagedPatch(TestBench.INDUCTION, HookPoint.PATTERN, true));
        window.until("the patch read", () -> window.texts("readout-difference").contains("recovered"));
    }

    @Test
    void everythingIsUnstagedByTheMenu() {
        window.choose("Experiment", "Unstage everything");

        assertThat(window.document().patches()).isEmpty();
        untilNothingIsPatched();
    }
}
