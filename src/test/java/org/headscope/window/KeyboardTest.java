package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.session.ScaleChoice;
import org.headscope.window.action.Action;
import org.headscope.window.action.Actions;
import org.junit.jupiter.api.Test;

/** Everything can be done without a pointer. */
class KeyboardTest extends InRenewedWindow {

    private static Head focus() {
        return window.document().focus().orElseThrow();
    }

    private static int run() {
        return window.fx(() -> window.workbench().pairProperty().get().orElseThrow().number());
    }

    @Test
    void promptsAreReachedFromEverywhere() {
        assertThat(window.press(KeyCode.CONTROL, KeyCode.L).focused()).isEqualTo("clean-field");
        assertThat(window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L).focused()).isEqualTo("corrupt-field");
        assertThat(window.press(KeyCode.CONTROL, KeyCode.L).focused()).isEqualTo("clean-field");
    }

    @Test
    void promptsAreRunFromEverywhere() {
        int first = run();
        window.press(KeyCode.F5);
        window.until("a run by F5", () -> run() > first);

        int second = run();
        window.focus("corrupt-field").press(KeyCode.CONTROL, KeyCode.ENTER);
        window.until("a run by Ctrl+Enter", () -> run() > second);
    }

    @Test
    void viewsAreChosenByNumber() {
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        assertThat(window.view().tabProperty().get()).isEqualTo(ViewState.Tab.COMPARE);

        window.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        assertThat(window.view().tabProperty().get()).isEqualTo(ViewState.Tab.PATTERN);
    }

    @Test
    void arrowsMoveOverTheHeadMap() {
        window.press(KeyCode.RIGHT);
        assertThat(focus()).isEqualTo(new Head(1, 1));
        window.press(KeyCode.DOWN);
        assertThat(focus()).isEqualTo(new Head(2, 1));
        window.press(KeyCode.LEFT).press(KeyCode.LEFT);
        assertThat(focus()).isEqualTo(new Head(2, 0));
        window.press(KeyCode.END);
        assertThat(focus()).isEqualTo(new Head(2, 3));
        window.press(KeyCode.PAGE_DOWN).press(KeyCode.PAGE_DOWN);
        assertThat(focus()).isEqualTo(new Head(3, 3));
        window.press(KeyCode.HOME);
        assertThat(focus()).isEqualTo(new Head(3, 0));
        window.press(KeyCode.PAGE_UP).press(KeyCode.UP).press(KeyCode.UP).press(KeyCode.UP);
        assertThat(focus()).isEqualTo(new Head(0, 0));
        assertThat(window.focused()).isEqualTo("head-grid");
        window.until("its title", () -> window.title().equals("L0H0"));
    }

    @Test
    void enterAndSpaceLockAndUnlock() {
        window.press(KeyCode.ENTER);
        assertThat(window.document().locked()).isTrue();
        window.press(KeyCode.SPACE);
        assertThat(window.document().locked()).isFalse();
    }

    @Test
    void aLockMovesWithTheArrows() {
        window.press(KeyCode.ENTER).press(KeyCode.RIGHT);

        assertThat(focus()).isEqualTo(new Head(1, 1));
        assertThat(window.document().locked()).isTrue();
    }

    @Test
    void escapeLetsGoOfTheCellThenOfTheHead() {
        window.press(KeyCode.ENTER);
        window.clickCell(new Cell(4, 2));
        assertThat(window.view().lockedCellProperty().get()).contains(new Cell(4, 2));

        window.press(KeyCode.ESCAPE);
        assertThat(window.view().lockedCellProperty().get()).isEmpty();
        assertThat(window.document().locked()).isTrue();

        window.press(KeyCode.ESCAPE);
        assertThat(window.document().locked()).isFalse();
    }

    @Test
    void arrowsMoveTheChosenCellInTheMap() {
        window.clickCell(new Cell(4, 2));
        window.press(KeyCode.DOWN).press(KeyCode.RIGHT);
        assertThat(window.view().lockedCellProperty().get()).contains(new Cell(5, 3));

        window.press(KeyCode.UP).press(KeyCode.UP).press(KeyCode.UP);
        assertThat(window.view().lockedCellProperty().get()).as("along the diagonal").contains(new Cell(2, 2));
    }

    @Test
    void gGoesThroughTheScalesAndBHidesTheFirstToken() {
        for (ScaleChoice scale : new ScaleChoice[] {ScaleChoice.ROW_MAX, ScaleChoice.SQRT, ScaleChoice.LOG,
            ScaleChoice.ABSOLUTE}) {
            window.press(KeyCode.G);
            assertThat(window.view().scaleProperty().get()).isEqualTo(scale);
        }
        window.press(KeyCode.B);
        assertThat(window.view().hideFirstProperty().get()).isTrue();
    }

    @Test
    void lettersAreLeftToListsTablesAndCards() {
        window.press(KeyCode.CONTROL, KeyCode.J);
        for (String part : List.of("token-columns", "ledger-table")) {
            assertThat(window.focus(part).focused()).isEqualTo(part);
            assertNoLetterActs();
        }
        window.press(KeyCode.CONTROL, KeyCode.J);

        window.click("examples");
        assertThat(window.focused()).isNotEqualTo("head-grid");
        assertNoLetterActs();
        window.press(KeyCode.ESCAPE);
    }

    @Test
    void lettersAreLeftToWhatStandsOpen() {
        ComboBox<?> combine = window.find("combine", ComboBox.class);
        window.focus("combine").fxRun(combine::show);
        assertNoLetterActs();

        window.fxRun(combine::hide);
        window.press(KeyCode.B);
        assertThat(window.view().hideFirstProperty().get()).as("of a button that is only passed").isTrue();
    }

    private static void assertNoLetterActs() {
        Document before = window.document();
        for (KeyCode letter : List.of(KeyCode.P, KeyCode.T, KeyCode.K, KeyCode.W, KeyCode.B, KeyCode.G, KeyCode.S)) {
            window.press(letter);
            assertThat(window.document()).as("after %s", letter).isEqualTo(before);
        }
        assertThat(window.view().tabProperty().get()).isEqualTo(ViewState.Tab.PATTERN);
    }

    @Test
    void undoAndRedo() {
        Document before = window.document();
        window.press(KeyCode.P);
        Document after = window.document();
        assertThat(after.patches()).isEmpty();

        window.press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(window.document()).isEqualTo(before);
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        assertThat(window.document()).isEqualTo(after);
    }

    @Test
    void f6GoesThroughTheRegionsAndBack() {
        assertThat(window.press(KeyCode.F6).focused()).isEqualTo("heat-map");
        assertThat(window.press(KeyCode.F6).focused()).isEqualTo("stage");
        assertThat(window.press(KeyCode.F6).focused()).isEqualTo("clean-field");
        assertThat(window.press(KeyCode.F6).focused()).isEqualTo("head-grid");
        assertThat(window.press(KeyCode.SHIFT, KeyCode.F6).focused()).isEqualTo("clean-field");
        assertThat(window.press(KeyCode.SHIFT, KeyCode.F6).focused()).isEqualTo("stage");
    }

    @Test
    void f6ReachesTheComparisonToo() {
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2).press(KeyCode.F6);
        Optional<Cell> before = window.view().lockedCellProperty().get();
        window.press(KeyCode.UP);
        assertThat(window.view().lockedCellProperty().get()).isNotEqualTo(before);

        assertThat(window.press(KeyCode.F6).focused()).isEqualTo("stage");
    }

    @Test
    void f1ListsEveryKey() {
        window.press(KeyCode.F1);
        List<String> written = window.dialogTexts();
        window.closeDialog();

        Actions actions = window.fx(() -> window.window().actions());
        assertThat(actions.all().stream().filter(action -> !action.keys().isEmpty()).map(Action::name))
            .hasSizeGreaterThan(20).allMatch(written::contains);
        assertThat(written).contains("Ctrl+Shift+Z", "P", "F5, Ctrl+Enter")
            .contains("Here: Head map", "Same head, layer above, below");
    }

    @Test
    void shiftPUnstagesTheFocusedHeadOnly() {
        window.press(KeyCode.RIGHT).press(KeyCode.P);
        assertThat(window.document().patches()).hasSize(2);

        window.press(KeyCode.SHIFT, KeyCode.P);
        assertThat(window.document().patches()).extracting(staged -> staged.head().orElseThrow())
            .containsExactly(TestBench.INDUCTION);
    }

    @Test
    void escapeLetsGoOfTheChosenHeadsBeforeTheFocusedOne() {
        window.press(KeyCode.CONTROL, KeyCode.SPACE).press(KeyCode.ENTER).press(KeyCode.ESCAPE);
        assertThat(window.view().headSetProperty().get()).isEmpty();
        assertThat(window.document().locked()).isTrue();

        window.press(KeyCode.ESCAPE);
        assertThat(window.document().locked()).isFalse();
    }

    @Test
    void whatIsShownIsCopiedAsTextAndAsAPicture() {
        window.focus("heat-map").press(KeyCode.CONTROL, KeyCode.C);
        window.until("text", () -> String.valueOf(Clipboard.getSystemClipboard().getString()).contains("\t"));

        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
        window.until("a picture", () -> Clipboard.getSystemClipboard().hasImage());
    }

    @Test
    void ctrlKFindsCommandsAndHeads() {
        window.press(KeyCode.CONTROL, KeyCode.K);
        assertThat(window.focused()).isEqualTo("finder-field");
        window.robot().write("log", 0);
        window.press(KeyCode.ENTER);
        assertThat(window.view().scaleProperty().get()).isEqualTo(ScaleChoice.LOG);
        assertThat(window.focused()).isEqualTo("head-grid");

        window.press(KeyCode.CONTROL, KeyCode.K);
        window.robot().write("L3H2", 0);
        window.press(KeyCode.ENTER);
        assertThat(focus()).isEqualTo(new Head(3, 2));
        assertThat(window.document().locked()).isTrue();
    }

    @Test
    void theFinderKeepsItsKeysAndEscapeClosesItOnly() {
        window.press(KeyCode.ENTER);
        Document before = window.document();
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.robot().write("bgp", 0);
        window.press(KeyCode.DOWN).press(KeyCode.CONTROL, KeyCode.DIGIT2).press(KeyCode.ESCAPE);

        assertThat(window.document()).isEqualTo(before);
        assertThat(window.view().tabProperty().get()).isEqualTo(ViewState.Tab.PATTERN);
        assertThat(window.focused()).isEqualTo("head-grid");
        window.press(KeyCode.ESCAPE);
        assertThat(window.document().locked()).isFalse();
    }
}
