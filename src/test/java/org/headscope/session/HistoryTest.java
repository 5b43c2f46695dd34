package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.headscope.model.Head;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final Document start = Document.notebook();
    private final History history = new History(start);

    private void type(String... texts) {
        Stream.of(texts).forEach(text -> history.change(history.present().withClean(text), "clean text"));
    }

    @Test
    void aNewHistoryHasNothingToUndo() {
        history.undo();
        history.redo();

        assertThat(history.present()).isEqualTo(start);
        assertThat(history.canUndo()).isFalse();
        assertThat(history.canRedo()).isFalse();
    }

    @Test
    void lettersOfAWordAreUndoneTogether() {
        type("A", "An", "Ann");
        history.undo();

        assertThat(history.present()).isEqualTo(start);
        history.redo();
        assertThat(history.present().clean()).isEqualTo("Ann");
    }

    @Test
    void whatWasEndedIsComeBackTo() {
        type("A", "An");
        history.endStep();
        type("Ann", "Anna");
        history.undo();
        assertThat(history.present().clean()).isEqualTo("An");

        history.undo();
        assertThat(history.present()).isEqualTo(start);
    }

    @Test
    void changesOfAnotherKindStandApart() {
        type("A", "An");
        history.change(history.present().withCorrupt("B"), "corrupt text");
        type("Ann");
        history.undo();
        assertThat(history.present().clean()).isEqualTo("An");

        history.undo();
        assertThat(history.present().corrupt()).isEqualTo(start.corrupt());
        assertThat(history.present().clean()).isEqualTo("An");
    }

    @Test
    void changesWithoutAKindStandAlone() {
        history.change(start.swapped(), "");
        history.change(start.swapped().withBos(false), "");
        history.undo();

        assertThat(history.present()).isEqualTo(start.swapped());
    }

    @Test
    void typingAfterAnUndoIsAStepOfItsOwn() {
        type("A");
        history.change(history.present().withBos(false), "");
        history.undo();
        type("Ab");
        history.undo();

        assertThat(history.present().clean()).isEqualTo("A");
    }

    @Test
    void aChangeThatChangesNothingIsNoStep() {
        history.change(start.withClean(start.clean()), "clean text");

        assertThat(history.canUndo()).isFalse();
    }

    @Test
    void lettersThatAreTakenBackLeaveNothingToUndo() {
        type("A");
        history.change(start, "clean text");

        assertThat(history.canUndo()).isFalse();
        type("A");
        history.undo();
        assertThat(history.present()).isEqualTo(start);
    }

    @Test
    void aNewChangeForgetsWhatWasUndone() {
        type("A");
        history.undo();
        history.change(start.withBos(false), "");

        assertThat(history.canRedo()).isFalse();
    }

    @Test
    void aRevisionIsPassedOverByUndoAndStays() {
        type("A");
        history.revise(document -> document.withFocus(new Head(1, 0), false));
        assertThat(history.present().focus()).contains(new Head(1, 0));

        history.undo();
        assertThat(history.present()).isEqualTo(start.withFocus(new Head(1, 0), false));
    }

    @Test
    void typingAfterARevisionIsAStepOfItsOwn() {
        type("A");
        history.revise(document -> document.withBos(false));
        type("An");
        history.undo();

        assertThat(history.present().clean()).isEqualTo("A");
    }

    @Test
    void theOldestStepsAreForgottenInTheEnd() {
        for (int i = 0; i < 600; i++) {
            history.change(start.withClean("text " + i), "");
        }
        int steps = 0;
        while (history.canUndo()) {
            history.undo();
            steps++;
        }
        assertThat(steps).isEqualTo(500);
        assertThat(history.present().clean()).isEqualTo("text 99");
    }

    @Test
    void aRevisionGoesThroughAllThatCanBeUndoneAndRedone() {
        type("A");
        history.change(history.present().withFocus(new Head(3, 3), true), "");
        type("Ab");
        history.undo();
        history.revise(Document::forAnotherModel);

        assertThat(history.present()).isEqualTo(start.withClean("A"));
        history.redo();
        assertThat(history.present()).isEqualTo(start.withClean("Ab"));
        history.undo();
        history.undo();
        assertThat(history.present()).as("steps that make no difference any more are left out").isEqualTo(start);
    }
}
