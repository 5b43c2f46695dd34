package org.headscope.window.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.headscope.TestModels;
import org.headscope.analysis.LogitAttribution;
import org.headscope.analysis.NeuronReading;
import org.headscope.analysis.NeuronReading.Id;
import org.headscope.figure.Cell;
import org.headscope.figure.Theme;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.session.Substitution.Side;
import org.headscope.session.code.NeuronPlan;
import org.headscope.window.TestBench;
import org.headscope.window.control.Taken;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One neuron over the prompt, without a screen. */
class NeuronViewModelTest {

    private final TestBench bench = TestBench.demo();
    private final Place place = new Place();
    private final AttributionViewModel attribution = new AttributionViewModel(bench.workbench(), place);
    private final NeuronViewModel model = new NeuronViewModel(bench.workbench(), place, attribution);

    @BeforeEach
    void look() {
        attribution.watchedProperty().set(true);
        model.watchedProperty().set(true);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private ShownNeuron shown() {
        return model.shownProperty().get().orElseThrow();
    }

    private Run run(Side side, int layer) {
        return TestModels.run(bench.finished().model().gpt2(), bench.finished().prompt(side).orElseThrow().ids(),
            RunOptions.plain().keeping(Hook.of(HookPoint.MLP_POST, layer)::equals));
    }

    @Test
    void theStrongestOfTheAttributionIsReadFirst() {
        LogitAttribution.Neuron strongest = attribution.shownProperty().get().orElseThrow().neurons().get(0);

        assertThat(shown().id()).isEqualTo(new Id(strongest.layer(), strongest.neuron()));
        assertThat(model.chosenProperty().get()).isEmpty();
    }

    @Test
    void theActivationIsThatOfTheRun() {
        model.choose("L2N100");
        assertThat(shown().id()).isEqualTo(new Id(2, 100));
        Run run = run(Side.CLEAN, 2);
        for (int position = 0; position < bench.pair().clean().size(); position++) {
            assertThat(shown().activations().get(position)).isCloseTo(run.cache().get(HookPoint.MLP_POST, 2)
                .get(0, position, 100), within(1e-5f));
        }

        place.sideProperty().set(Side.CORRUPT);
        assertThat(shown().activations().get(7)).isCloseTo(run(Side.CORRUPT, 2).cache().get(HookPoint.MLP_POST, 2)
            .get(0, 7, 100), within(1e-5f));
        assertThat(shown().title()).isEqualTo("Activation of L2N100, corrupt run");
        assertThat(model.plan()).contains(new NeuronPlan(new Id(2, 100), Side.CORRUPT, NeuronViewModel.WRITTEN));
    }

    @Test
    void whatItWritesIsThatOfTheAnalysis() {
        model.choose(new Id(3, 5));
        LogitAttribution.Writing expected = TestModels.RUNTIME.call(() -> NeuronReading.writing(bench.finished().model()
            .gpt2(), new Id(3, 5), NeuronViewModel.WRITTEN));

        assertThat(shown().promotes()).extracting(HeadWriting.Written::id).isEqualTo(expected.promotes().stream()
            .map(LogitAttribution.Writing.Token::id).toList());
        assertThat(shown().suppresses().get(0).value()).isEqualTo(expected.suppresses().get(0).value()).isNegative();
    }

    @Test
    void itIsTakenAwayAsPicturesAndTables() {
        model.choose(new Id(2, 100));
        Taken activation = model.taken().orElseThrow();
        Taken writing = model.takenWriting().orElseThrow();

        assertThat(activation.name()).isEqualTo("L2N100-activation-clean");
        assertThat(activation.text().lines().toList()).hasSize(9).startsWith("position\ttoken\tL2N100")
            .contains("7\t·Tom\t" + shown().activations().get(7));
        assertThat(activation.picture().orElseThrow().get().draw(Theme.DARK).texts())
            .contains("Activation of L2N100, clean run", "Activation");
        assertThat(writing.name()).isEqualTo("L2N100-writes");
        assertThat(writing.text().lines().toList()).hasSize(1 + 2 * NeuronViewModel.WRITTEN);
        assertThat(writing.picture().orElseThrow().get().title()).isEqualTo("What L2N100 writes for each unit of its "
            + "activation");
        assertThat(shown().words(new Cell(0, 7))).startsWith("·Tom (7): ");

        model.watchedProperty().set(false);
        assertThat(List.of(model.taken(), model.takenWriting(), model.plan())).allSatisfy(gone ->
            assertThat(gone).isEmpty());
    }

    @Test
    void aNameThatNamesNoNeuronIsRefusedInOneSentence() {
        model.choose(new Id(2, 100));
        model.choose("L2H1");
        assertThat(model.refusalProperty().get()).isEqualTo("“L2H1” names no neuron; write a layer and a neuron, such "
            + "as L1N20.");
        model.choose("L9N1");
        assertThat(model.refusalProperty().get()).startsWith("There is no neuron L9N1; this model has L0N0 to L3N");
        assertThat(shown().id()).isEqualTo(new Id(2, 100));
        model.choose(" l1n3 ");
        assertThat(model.refusalProperty().get()).isEmpty();
        assertThat(shown().id()).isEqualTo(new Id(1, 3));
    }

    @Test
    void theStrongestIsReadAgainOnceAnotherIsLetGo() {
        Id strongest = shown().id();
        assertThat(model.letGo()).isFalse();
        model.choose(new Id(2, 100));
        model.choose("none");
        assertThat(model.letGo()).isTrue();
        assertThat(shown().id()).isEqualTo(strongest);
        assertThat(model.refusalProperty().get()).isEmpty();
    }

    @Test
    void anotherModelHasOtherNeurons() {
        model.choose(new Id(3, 5));
        bench.openTiny();

        assertThat(model.chosenProperty().get()).isEmpty();
        assertThat(shown().runs()).isSameAs(bench.finished());
        assertThat(shown().id().layer()).isLessThan(3);
    }

    @Test
    void whatWasCancelledCanBeReadAgain() {
        bench.background().hold(Lane.NEURON);
        model.choose(new Id(2, 100));
        bench.background().cancel(Lane.NEURON);
        bench.background().release();
        assertThat(model.problemProperty().get()).startsWith("Cancelled");
        model.again();
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(shown().id()).isEqualTo(new Id(2, 100));
    }
}
