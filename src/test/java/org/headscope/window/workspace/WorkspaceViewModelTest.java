package org.headscope.window.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.analysis.AttentionWeight;
import org.headscope.analysis.CombinedAttention;
import org.headscope.figure.Cell;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.headscope.window.Combine;
import org.headscope.window.ScaleChoice;
import org.headscope.window.TestBench;
import org.headscope.window.ViewState;
import org.headscope.window.Which;
import org.headscope.window.Workbench;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkspaceViewModelTest {

    private static final Head FIRST = new Head(0, 1);
    private static final Head SECOND = new Head(2, 3);

    private final TestBench bench = TestBench.tiny();
    private final Workbench workbench = bench.workbench();
    private final ViewState view = bench.view();
    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.LIGHT);
    private final WorkspaceViewModel model = new WorkspaceViewModel(workbench, view, theme);

    @BeforeEach
    void lookAtTheFirst() {
        workbench.focus(FIRST, false);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void point(Head head) {
        view.hoveredHeadProperty().set(Optional.ofNullable(head));
    }

    private WorkspaceViewModel.Maps shown() {
        return model.mapsProperty().get().orElseThrow();
    }

    @Test
    void thePointerPreviewsWhileNothingIsLocked() {
        point(SECOND);
        assertThat(shown().head()).isEqualTo(SECOND);
        assertThat(workbench.document().focus()).contains(FIRST);

        point(null);
        assertThat(shown().head()).isEqualTo(FIRST);
    }

    @Test
    void theLockedHeadStaysUnderThePointer() {
        workbench.focus(FIRST, true);
        point(SECOND);
        assertThat(shown().head()).isEqualTo(FIRST);

        workbench.unlock();
        assertThat(shown().head()).isEqualTo(SECOND);
    }

    @Test
    void keysMoveTheLockedHead() {
        workbench.focus(FIRST, true);
        workbench.focus(SECOND, true);

        assertThat(model.shownProperty().get()).contains(SECOND);
        assertThat(shown().head()).isEqualTo(SECOND);
    }

    @Test
    void allThreeMapsAreMade() {
        bench.typeClean("Tom went to the store. Tom");

        assertThat(shown().of(Which.CLEAN).orElseThrow().rows()).isEqualTo(bench.pair().clean().labels());
        assertThat(shown().of(Which.CORRUPT)).isPresent();
        assertThat(shown().of(Which.DIFFERENCE).isPresent()).isEqualTo(bench.pair().isComparable());
    }

    @Test
    void differencesKeepTheirScaleWhateverIsChosen() {
        bench.typeCorrupt(workbench.document().clean());
        view.scaleProperty().set(ScaleChoice.LOG);

        assertThat(shown().clean().shading().scale()).isEqualTo(ScaleChoice.LOG.scale(Which.CLEAN));
        assertThat(shown().difference().orElseThrow().shading().scale().isSigned()).isTrue();
    }

    @Test
    void theThemeAndTheHiddenColumnAreDrawn() {
        int[] light = shown().clean().raster().argb();
        theme.set(Theme.DARK);
        assertThat(shown().clean().raster().argb()).isNotEqualTo(light);

        view.hideFirstProperty().set(true);
        assertThat(shown().clean().matrix().hasValue(1, 0)).isFalse();
    }

    @Test
    void stepsGoThroughAllHeadsAndRoundTheEnds() {
        assertThat(model.neighbour(1)).contains(new Head(0, 2));
        workbench.focus(new Head(0, 0), false);
        assertThat(model.neighbour(-1)).contains(new Head(2, 3));
        workbench.focus(new Head(2, 3), false);
        assertThat(model.neighbour(1)).contains(new Head(0, 0));
    }

    @Test
    void whyThereIsNoDifferenceIsSaid() {
        bench.typeClean("Tom to the");
        bench.typeCorrupt("Tom to");
        assertThat(model.differenceProblem()).matches(
            "The clean and the corrupt prompt have \\d+ and \\d+ tokens; a difference needs as many in both\\.");

        bench.typeCorrupt("");
        assertThat(model.differenceProblem()).isEqualTo("Add a corrupt prompt to compare the two runs.");

        bench.typeCorrupt("Tom the to");
        assertThat(model.differenceProblem()).isEmpty();
    }

    @Test
    void aCellThatTheNewPromptLacksIsLetGo() {
        bench.typeClean("a b c d e f");
        view.lockedCellProperty().set(Optional.of(new Cell(6, 2)));
        bench.typeClean("a b c d e g");
        assertThat(view.lockedCellProperty().get()).isPresent();

        bench.typeClean("a");
        assertThat(view.lockedCellProperty().get()).isEmpty();
    }

    @Test
    void whatWasDrawnForAnotherModelIsNotShown() {
        bench.typeClean("");
        bench.background().hold(Lane.FOCUS);
        point(SECOND);
        workbench.open("demo", Processing.TRANSFORMERLENS);
        bench.background().release();

        assertThat(model.mapsProperty().get()).isEmpty();
    }

    @Test
    void attentionIsWeighedAsTheAnalysisDoes() {
        for (AttentionWeight weight : AttentionWeight.values()) {
            view.weightProperty().set(weight);
            Tensor expected = weight.of(bench.model().orElseThrow().gpt2(), bench.finished().cleanRun(), FIRST);

            assertThat(shown().clean().matrix().value(3, 1)).isEqualTo(expected.get(3, 1));
            assertThat(shown().name()).isEqualTo("L0H1");
        }
        assertThat(shown().quantity()).isEqualTo("scores before softmax");
        assertThat(shown().legend(Which.DIFFERENCE)).isEqualTo("Difference of scores before softmax");
        assertThat(shown().clean().shading().scale().isSigned()).isTrue();
    }

    @Test
    void aSetIsShownAsItsMeanOrMaximumAndNamedAsSuch() {
        view.gather(FIRST);
        view.gather(SECOND);
        view.combineProperty().set(Combine.MEAN);
        float first = bench.pair().clean(FIRST).orElseThrow().get(4, 2);
        float second = bench.pair().clean(SECOND).orElseThrow().get(4, 2);
        assertThat(shown().clean().matrix().value(4, 2)).isEqualTo((float) (((double) first + second) / 2));
        assertThat(shown().name()).isEqualTo("Mean of L0H1, L2H3");

        view.combineProperty().set(Combine.MAXIMUM);
        assertThat(shown().clean().matrix().value(4, 2)).isEqualTo(Math.max(first, second));

        view.gather(SECOND);
        view.gather(FIRST);
        assertThat(shown().name()).isEqualTo("Maximum of L0, all heads");
    }

    @Test
    void aRolloutGoesToTheLayerThatIsLookedAt() {
        workbench.focus(SECOND, false);
        view.combineProperty().set(Combine.ROLLOUT);

        assertThat(shown().clean().matrix().value(4, 2)).isEqualTo(CombinedAttention.rollout(
            bench.finished().cleanRun().cache(), 3).get(2).get(4, 2));
        assertThat(shown().name()).isEqualTo("Rollout to L2");
        assertThat(shown().quantity()).isEqualTo("attention rollout");
    }

    @Test
    void fewChosenHeadsHaveLinesOfTheirOwn() {
        assertThat(shown().lines()).isEmpty();
        view.gather(FIRST);
        view.gather(SECOND);

        assertThat(shown().lines()).extracting(WorkspaceViewModel.HeadMatrix::name).containsExactly("L0H1", "L2H3");
        assertThat(shown().lines().get(1).clean().value(4, 2)).isEqualTo(
            bench.pair().clean(SECOND).orElseThrow().get(4, 2));
    }
}
