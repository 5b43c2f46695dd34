package org.headscope.window.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.analysis.AttentionWeight;
import org.headscope.analysis.CombinedAttention;
import org.headscope.figure.AttentionLines.Side;
import org.headscope.figure.Cell;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.session.Combine;
import org.headscope.session.Look;
import org.headscope.session.ScaleChoice;
import org.headscope.session.Which;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.headscope.window.TestBench;
import org.headscope.window.ViewState;
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
        int[] light = shown().clean().levels().get(0).argb();
        theme.set(Theme.DARK);
        assertThat(shown().clean().levels().get(0).argb()).isNotEqualTo(light);

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
    void chosenHeadsStandSideBySideUnlessTheyAreCombined() {
        view.gather(FIRST);
        assertThat(shown().several()).as("one alone").isEmpty();
        view.gather(SECOND);

        assertThat(shown().several()).extracting(WorkspaceViewModel.NamedMaps::head).containsExactly(FIRST, SECOND);
        assertThat(shown().several().get(1).maps().clean().matrix().value(4, 2)).isEqualTo(
            bench.pair().clean(SECOND).orElseThrow().get(4, 2));
        assertThat(shown().name(Look.MAP, Which.CLEAN)).isEqualTo("L0H1, L2H3");
        assertThat(shown().name(Look.TEXT, Which.CLEAN)).as("the text is of one head").isEqualTo("L0H1");

        view.combineProperty().set(Combine.MAXIMUM);
        assertThat(shown().several()).isEmpty();
        assertThat(shown().name(Look.MAP, Which.CLEAN)).isEqualTo("Maximum of L0H1, L2H3");
    }

    @Test
    void headsSideBySideShareAScale() {
        view.gather(FIRST);
        view.gather(SECOND);
        view.weightProperty().set(AttentionWeight.SCORES);

        double largest = shown().several().stream().mapToDouble(one -> one.maps().clean().matrix().maxAbs()).max()
            .orElseThrow();
        assertThat(shown().several()).extracting(one -> one.maps().clean().shading().scale().max()).allSatisfy(
            max -> assertThat(max).isGreaterThanOrEqualTo(largest)).hasSize(2);
        assertThat(shown().several().get(0).maps().clean().shading().scale())
            .isEqualTo(shown().several().get(1).maps().clean().shading().scale());
    }

    @Test
    void theFirstThreeOfTheChosenHeadsAreDrawnAsLines() {
        assertThat(model.lines("").orElseThrow().maps()).extracting(NamedMap::name).containsExactly("L0H1");
        for (int head = 0; head < 4; head++) {
            view.gather(new Head(1, head));
        }

        assertThat(model.lines("").orElseThrow().maps()).extracting(NamedMap::name)
            .containsExactly("L1H0", "L1H1", "L1H2");
        assertThat(shown().name(Look.LINES, Which.CLEAN)).isEqualTo("L1H0, L1H1, L1H2, of 4 heads");
    }

    @Test
    void theTokenThatIsSingledOutIsTakenAway() {
        int last = bench.pair().clean().size() - 1;
        assertThat(model.text("").orElseThrow().at()).isEqualTo(last);
        model.tokenProperty().set(OptionalInt.of(2));
        model.sideProperty().set(Optional.of(new Side(false, 2)));
        String token = bench.pair().clean().labels().get(2);

        assertThat(model.text("").orElseThrow().title()).isEqualTo("L0H1 attention pattern from and to %s (2), clean run"
            .formatted(token));
        assertThat(model.text("").orElseThrow().table()).hasSize(last + 2).contains(List.of("1",
            bench.pair().clean().labels().get(1), "attended to",
            Float.toString(bench.pair().clean(FIRST).orElseThrow().get(2, 1))));
        assertThat(model.lines("").orElseThrow().table()).hasSize(last).allMatch(row -> row.get(0).equals("head")
            || row.get(3).equals("2"));

        bench.typeClean("a");
        assertThat(model.tokenProperty().get()).isEmpty();
        assertThat(model.sideProperty().get()).isEmpty();
    }
}
