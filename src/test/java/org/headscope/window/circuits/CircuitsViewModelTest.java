package org.headscope.window.circuits;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.TestModels;
import org.headscope.analysis.Circuit;
import org.headscope.analysis.Circuits;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.analysis.Circuits.Input;
import org.headscope.analysis.HeadScores;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.figure.Theme;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Which;
import org.headscope.session.code.CircuitPlan;
import org.headscope.weights.Tensor;
import org.headscope.window.TestBench;
import org.headscope.window.ViewState;
import org.headscope.window.control.Taken;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircuitsViewModelTest {

    private static final Head HEAD = new Head(2, 1);

    private final TestBench bench = TestBench.tiny();
    private final CircuitsViewModel model = new CircuitsViewModel(bench.workbench(), bench.view());

    @BeforeEach
    void open() {
        bench.workbench().focus(HEAD, true);
        bench.view().tabProperty().set(ViewState.Tab.CIRCUITS);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private ShownCircuit shown() {
        return model.shownProperty().get().orElseThrow();
    }

    private Matrix matrix() {
        return shown().map().orElseThrow().matrix();
    }

    private Circuits circuits() {
        return new Circuits(bench.model().orElseThrow().gpt2());
    }

    @Test
    void copyingScoresAreThoseOfTheAnalysis() {
        HeadScores expected = TestModels.RUNTIME.call(() -> circuits().copying(new Cancellation()));

        assertThat((double) matrix().value(1, 3)).isEqualTo((float) expected.get(new Head(1, 3)));
        assertThat(shown().head(new Cell(1, 3))).contains(new Head(1, 3));
    }

    @Test
    void compositionIsAMapOfEarlierToLaterHeads() {
        model.kindProperty().set(CircuitKind.COMPOSITION_K);
        Tensor expected = TestModels.RUNTIME.call(() -> circuits().composition(Input.K, share -> { },
            new Cancellation()));

        assertThat(matrix().rows()).isEqualTo(8);
        assertThat(matrix().value(5, 6)).as("L1H1 to L2H2").isEqualTo(expected.get(1, 1, 2, 2));
        assertThat(matrix().value(5, 1)).as("L1H1 to L1H1").isZero();
        assertThat(shown().words(new Cell(5, 6))).startsWith("L1H1 → L2H2: ");

        model.choose(new Cell(5, 6));
        assertThat(bench.workbench().document().focus()).contains(new Head(1, 1));
    }

    @Test
    void pairsAreTheStrongestOfTheHead() {
        model.kindProperty().set(CircuitKind.OV_PAIRS);
        model.extremeProperty().set(Extreme.SMALLEST);
        Circuits.Pair first = TestModels.RUNTIME.call(() -> circuits().strongest(HEAD, Circuit.OV, Extreme.SMALLEST, 1,
            share -> { }, new Cancellation())).get(0);

        assertThat(shown().pairs()).hasSize(CircuitReader.PAIRS);
        assertThat(shown().pairs().get(0).value()).isEqualTo(first.value());
        assertThat(shown().title()).isEqualTo("L2H1, smallest entries of its OV circuit on the vocabulary");
        assertThat(shown().figure("")).isEmpty();
        Taken taken = shown().takenPairs("of tiny").orElseThrow();
        assertThat(taken.text().lines()).hasSize(CircuitReader.PAIRS + 1)
            .contains(shown().pairs().get(0).from() + "\t" + shown().pairs().get(0).to() + "\t" + first.value());
        assertThat(taken.picture().orElseThrow().get().draw(Theme.LIGHT).texts()).contains(shown().title(), "of tiny");
    }

    @ParameterizedTest
    @EnumSource(CircuitKind.class)
    void codeReadsWhatIsShown(CircuitKind kind) {
        model.kindProperty().set(kind);
        model.extremeProperty().set(Extreme.SMALLEST);
        bench.view().whichProperty().set(Which.CORRUPT);

        CircuitPlan expected = switch (kind) {
            case COPYING -> new CircuitPlan.Copying();
            case COMPOSITION_Q -> new CircuitPlan.Composition(Input.Q);
            case COMPOSITION_K -> new CircuitPlan.Composition(Input.K);
            case COMPOSITION_V -> new CircuitPlan.Composition(Input.V);
            case OV_PAIRS -> new CircuitPlan.Pairs(HEAD, Circuit.OV, Extreme.SMALLEST, CircuitReader.PAIRS);
            case QK_PAIRS -> new CircuitPlan.Pairs(HEAD, Circuit.QK, Extreme.SMALLEST, CircuitReader.PAIRS);
            case OV_PROMPT -> new CircuitPlan.Between(HEAD, Circuit.OV, Side.CORRUPT);
            case QK_PROMPT -> new CircuitPlan.Between(HEAD, Circuit.QK, Side.CORRUPT);
        };
        assertThat(model.plan()).contains(expected);
    }

    @Test
    void tokensOfThePromptAreRelated() {
        model.kindProperty().set(CircuitKind.QK_PROMPT);
        Tensor expected = TestModels.RUNTIME.call(() -> circuits().between(bench.pair().clean().ids(), HEAD,
            Circuit.QK));

        assertThat(matrix().value(3, 1)).isEqualTo(expected.get(3, 1));
        assertThat(shown().figure("of tiny").orElseThrow().title()).startsWith("L2H1, QK circuit");
        assertThat(shown().takenPairs("of tiny")).isEmpty();

        bench.typeClean("another");
        assertThat(matrix().rows()).isEqualTo(bench.pair().clean().size());
    }

    @Test
    void nothingIsReadWhileTheViewIsClosed() {
        bench.view().tabProperty().set(ViewState.Tab.PATTERN);
        model.kindProperty().set(CircuitKind.OV_PROMPT);
        assertThat(shown().kind()).isEqualTo(CircuitKind.COPYING);

        bench.view().tabProperty().set(ViewState.Tab.CIRCUITS);
        assertThat(shown().kind()).isEqualTo(CircuitKind.OV_PROMPT);
    }

    @Test
    void whatIsBeingReadSaysSo() {
        bench.background().hold(Lane.CIRCUITS);
        model.kindProperty().set(CircuitKind.COMPOSITION_Q);
        assertThat(model.shownProperty().get()).isEmpty();
        assertThat(model.problemProperty().get()).isEqualTo("Reading the weights…");

        bench.background().release();
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(shown().kind()).isEqualTo(CircuitKind.COMPOSITION_Q);
    }

    @Test
    void aHeadOrAPromptThatIsMissingIsAskedFor() {
        try (TestBench empty = TestBench.empty()) {
            CircuitsViewModel without = new CircuitsViewModel(empty.workbench(), empty.view());
            empty.view().tabProperty().set(ViewState.Tab.CIRCUITS);
            assertThat(without.problemProperty().get()).isEqualTo("The model is being loaded.");
        }
    }
}
