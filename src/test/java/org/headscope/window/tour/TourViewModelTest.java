package org.headscope.window.tour;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.Document;
import org.headscope.session.Which;
import org.headscope.window.TestBench;
import org.headscope.window.ViewState.Tab;
import org.headscope.window.Workbench;
import org.headscope.window.sweep.SweepViewModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TourViewModelTest {

    private static final Head WRONG = new Head(2, 1);
    private static final TestBench BENCH = TestBench.demo();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final SweepViewModel SWEEP = new SweepViewModel(WORKBENCH);
    private static final TourViewModel TOUR = new TourViewModel(WORKBENCH, BENCH.view(), SWEEP);

    private Document before;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void start() {
        WORKBENCH.edit("", document -> document.withClean("Anna ran. Anna").withCorrupt("Anna ran. Ben")
            .withFocus(new Head(3, 3), true));
        BENCH.background().endPauses();
        BENCH.view().tabProperty().set(Tab.LENS);
        BENCH.view().whichProperty().set(Which.CORRUPT);
        before = WORKBENCH.document();
        TOUR.start();
        BENCH.background().endPauses();
    }

    @AfterEach
    void leave() {
        TOUR.leave(true);
    }

    private static TourStep step() {
        return TOUR.stepProperty().get().orElseThrow();
    }

    private static String text() {
        return TOUR.textProperty().get();
    }

    private static void goTo(TourStep wanted) {
        while (step() != wanted) {
            TOUR.next();
        }
    }

    @Test
    void theNotebooksPairIsSetUpAndTheAnswerNotGivenAway() {
        assertThat(step()).isEqualTo(TourStep.PROMPTS);
        assertThat(WORKBENCH.document().clean()).isEqualTo(Document.notebook().clean());
        assertThat(WORKBENCH.document().patches()).isEmpty();
        assertThat(BENCH.view().tabProperty().get()).isEqualTo(Tab.PATTERN);
        TOUR.next();
        assertThat(text()).contains("“·went” (92.7 %)", "“·travelled”");
    }

    @Test
    void aWrongGuessIsMeasured() {
        goTo(TourStep.GUESS);
        WORKBENCH.focus(WRONG, false);
        assertThat(step()).as("only looked at").isEqualTo(TourStep.GUESS);
        WORKBENCH.focus(WRONG, true);
        assertThat(step()).isEqualTo(TourStep.LOOK);
        assertThat(text()).startsWith("You chose L2H1. From the last token");

        TOUR.next();
        assertThat(BENCH.view().tabProperty().get()).isEqualTo(Tab.PATCH);
        SWEEP.sweep();
        assertThat(step()).isEqualTo(TourStep.RESULT);
        assertThat(text()).startsWith("Your head L2H1 recovers ").contains(" of 16. L1H0 recovers most, 78 %.");

        SWEEP.choose(0, new Cell(1, 0), false);
        assertThat(step()).isEqualTo(TourStep.REASON);
        assertThat(text()).contains("L1H0 looks mostly at “·went” (0.9", "an induction head",
            "“·went” goes from 0.66 % to 73.3 %");
        TOUR.next();
        assertThat(step()).isEqualTo(TourStep.END);
        TOUR.next();
        assertThat(step()).as("there is nothing behind the end").isEqualTo(TourStep.END);
    }

    @Test
    void theRightGuessIsSaid() {
        goTo(TourStep.GUESS);
        WORKBENCH.focus(TestBench.INDUCTION, true);
        TOUR.next();
        SWEEP.sweep();
        assertThat(text()).startsWith("You found it: L1H0 recovers 78 %");
        assertThat(step()).as("until it is clicked").isEqualTo(TourStep.RESULT);
    }

    @Test
    void everyStepCanBePassedWithoutDoingAnything() {
        goTo(TourStep.LOOK);
        assertThat(text()).startsWith("You made no guess");
        goTo(TourStep.RESULT);
        assertThat(text()).startsWith("Sweep first");
        TOUR.back();
        assertThat(step()).isEqualTo(TourStep.SWEEP);
        SWEEP.sweep();
        assertThat(text()).startsWith("L1H0 recovers most of the difference, 78 %.");
        TOUR.next();
        assertThat(WORKBENCH.document().isStaged(TestBench.INDUCTION, HookPoint.Z)).isFalse();
        assertThat(text()).contains("Press P to stage it");
    }

    @Test
    void anEarlierSweepIsNoAnswer() {
        goTo(TourStep.SWEEP);
        SWEEP.sweep();
        TOUR.back();
        assertThat(step()).isEqualTo(TourStep.SWEEP);
        SWEEP.sweep();
        assertThat(step()).isEqualTo(TourStep.RESULT);
    }

    @Test
    void allIsPutBackInOneStepOfUndo() {
        goTo(TourStep.GUESS);
        WORKBENCH.focus(WRONG, true);
        Document made = WORKBENCH.document();
        TOUR.leave(false);
        assertThat(TOUR.isRunning()).isFalse();
        assertThat(WORKBENCH.document()).isEqualTo(before);
        assertThat(BENCH.view().tabProperty().get()).isEqualTo(Tab.LENS);
        assertThat(BENCH.view().whichProperty().get()).isEqualTo(Which.CORRUPT);
        WORKBENCH.undo();
        assertThat(WORKBENCH.document()).isEqualTo(made);
    }

    @Test
    void whatWasMadeIsKeptIfWanted() {
        goTo(TourStep.GUESS);
        WORKBENCH.focus(WRONG, true);
        Document made = WORKBENCH.document();
        TOUR.leave(true);
        assertThat(WORKBENCH.document()).isEqualTo(made);
        WORKBENCH.unlock();
        assertThat(TOUR.stepProperty().get()).as("it is over").isEmpty();
    }
}
