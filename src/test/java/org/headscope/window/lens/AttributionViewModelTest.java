package org.headscope.window.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.OptionalInt;
import org.headscope.TestModels;
import org.headscope.analysis.LogitAttribution.Part;
import org.headscope.command.CommandRun;
import org.headscope.model.Head;
import org.headscope.model.RunOptions;
import org.headscope.session.Document;
import org.headscope.session.Substitution.Side;
import org.headscope.window.TestBench;
import org.headscope.window.control.Taken;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What speaks for a token, without a screen. */
class AttributionViewModelTest {

    private static final double CLOSE = 1e-4;

    private final TestBench bench = TestBench.demo();
    private final Place place = new Place();
    private final AttributionViewModel model = new AttributionViewModel(bench.workbench(), place);

    @BeforeEach
    void look() {
        bench.workbench().focus(TestBench.INDUCTION, false);
        model.watchedProperty().set(true);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Attributed shown() {
        return model.shownProperty().get().orElseThrow();
    }

    private static JsonObject command(By by) {
        return CommandRun.json("attribute", Document.notebook().clean(), "--token", " went", "--versus", " travelled",
            "--by", by.singular());
    }

    private void choose(String label) {
        model.targetProperty().set(model.targetsProperty().get().stream()
            .filter(target -> target.label().equals(label)).findFirst().orElseThrow());
    }

    @Test
    void differencesOfTheWatchedTokensComeFirst() {
        assertThat(model.targetsProperty().get()).extracting(AttributionTarget::label)
            .containsExactly("·went − ·travelled", "·went", "·travelled");
        assertThat(shown().what()).isEqualTo("logit difference of ·went − ·travelled after ·Tom (7), clean run");
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void valuesAreTheCommands(By by) {
        JsonObject json = command(by);
        JsonArray labels = json.getAsJsonArray("labels");
        List<List<String>> table = shown().table(by);

        for (int row = 0; row < labels.size(); row++) {
            assertThat(table.get(row + 1).get(0)).isEqualTo(labels.get(row).getAsString());
        }
        double sum = table.subList(1, labels.size() + 1).stream().mapToDouble(row -> Double.parseDouble(row.get(1)))
            .sum();
        assertThat(sum).isCloseTo(json.get("total").getAsDouble() - json.get("bias").getAsDouble()
            - json.get("remainder").getAsDouble(), within(CLOSE));
        assertThat(shown().rest(by)).isCloseTo(json.get("remainder").getAsDouble(), within(CLOSE));
        assertThat(shown().bias()).isCloseTo(json.get("bias").getAsDouble(), within(CLOSE));
        assertThat(shown().total()).isCloseTo(json.get("total").getAsDouble(), within(CLOSE));
        assertThat(table.get(table.size() - 1).get(0)).isEqualTo("logit difference");
    }

    @Test
    void headsAreTheCommands() {
        JsonArray values = command(By.HEAD).getAsJsonArray("values");
        for (int layer = 0; layer < 4; layer++) {
            for (int head = 0; head < 4; head++) {
                assertThat(shown().heads()[layer][head]).isCloseTo(values.get(layer).getAsJsonArray().get(head)
                    .getAsDouble(), within(CLOSE));
            }
        }
    }

    @Test
    void theSumClosesAndSaysSo() {
        assertThat(shown().isClosed()).isTrue();
        assertThat(shown().closing(By.PART)).endsWith("bias −1.020: sum 8.183 = logit difference 8.183");
        assertThat(shown().closing(By.HEAD)).startsWith("heads +5.112, all else +4.091, bias");
        assertThat(shown().logit()).isCloseTo(bench.difference().clean().orElseThrow(), within(CLOSE));

        choose("·went");
        assertThat(shown().isClosed()).isTrue();
        assertThat(shown().logit()).isCloseTo(bench.finished().cleanLogits().logit(TestBench.WENT), within(CLOSE));
    }

    @Test
    void anyPositionOfEitherRunCanBeAttributed() {
        place.sideProperty().set(Side.CORRUPT);
        place.positionProperty().set(OptionalInt.of(3));
        choose("·travelled");

        float logit = TestModels.RUNTIME.call(() -> bench.finished().model().gpt2().run(bench.finished()
            .prompt(Side.CORRUPT).orElseThrow().ids(), RunOptions.plain()).logits(3).logit(TestBench.TRAVELLED));
        assertThat(shown().what()).isEqualTo("logit of ·travelled after ·to (3), corrupt run");
        assertThat(shown().logit()).isCloseTo(logit, within(CLOSE));
        assertThat(shown().isClosed()).isTrue();
    }

    @Test
    void partsAreInTransformerLenssOrderAndTheBiasFollows() {
        assertThat(shown().parts()).extracting(Part::label).startsWith("embed", "pos_embed", "0_attn_out", "0_mlp_out")
            .hasSize(10);
        assertThat(shown().bars(By.PART).rows()).isEqualTo(11);
        assertThat(shown().bars(By.PART).bar(10).name()).isEqualTo("bias");
        assertThat(shown().bars(By.NEURON).rows()).isEqualTo(2 * AttributionViewModel.NEURONS);
    }

    @Test
    void theFocusedHeadTellsWhatItWrites() {
        HeadWriting writing = model.writingProperty().get().orElseThrow();
        assertThat(writing.head()).isEqualTo(TestBench.INDUCTION);
        assertThat(writing.promotes()).hasSize(AttributionViewModel.WRITTEN);
        assertThat(writing.promotes().get(0).label()).isEqualTo("·went");
        assertThat(writing.suppresses().get(0).value()).isNegative();
        Taken taken = model.takenWriting().orElseThrow();
        assertThat(taken.name()).isEqualTo("L1H0-writes-clean");
        assertThat(taken.picture().orElseThrow().get().title()).isEqualTo("What L1H0 writes after ·Tom (7), clean run");
        assertThat(taken.text().split("\n")).hasSize(1 + 2 * AttributionViewModel.WRITTEN)
            .startsWith("token\tid\tL1H0 at ·Tom (7)", "·went\t1816\t" + writing.promotes().get(0).value());

        model.focus(new Head(2, 0));
        assertThat(model.writingProperty().get().orElseThrow().head()).isEqualTo(new Head(2, 0));
        assertThat(bench.workbench().document().locked()).isTrue();
    }

    @Test
    void aCancelledSumSaysSoAndCanBeBegunAgain() {
        bench.background().hold(Lane.ATTRIBUTION);
        choose("·travelled");
        bench.background().cancel(Lane.ATTRIBUTION);
        bench.background().release();
        assertThat(model.problemProperty().get()).startsWith("Cancelled");

        model.again();
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(shown().target().label()).isEqualTo("·travelled");
    }

    @Test
    void withoutACorruptPromptThereIsOneSentence() {
        bench.typeCorrupt("");
        place.sideProperty().set(Side.CORRUPT);

        assertThat(model.shownProperty().get()).isEmpty();
        assertThat(model.writingProperty().get()).isEmpty();
        assertThat(model.problemProperty().get()).startsWith("Add a corrupt prompt");
    }

    @Test
    void theDifferenceComesBackWithTheSecondToken() {
        bench.typeCorrupt("");
        assertThat(shown().target().label()).isEqualTo("·went");
        bench.typeCorrupt(Document.notebook().corrupt());
        assertThat(shown().target().label()).isEqualTo("·went − ·travelled");
    }

    @Test
    void anotherModelIsFollowed() {
        bench.openTiny();

        assertThat(shown().heads()).hasDimensions(3, 4);
        assertThat(shown().isClosed()).isTrue();
    }
}
