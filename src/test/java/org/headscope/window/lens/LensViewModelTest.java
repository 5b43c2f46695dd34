package org.headscope.window.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.headscope.analysis.LogitLens.Norm;
import org.headscope.command.CommandRun;
import org.headscope.figure.Cell;
import org.headscope.figure.TokenGrid;
import org.headscope.model.Logits.Candidate;
import org.headscope.session.Document;
import org.headscope.session.Substitution.Side;
import org.headscope.window.TestBench;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the lens reads, without a screen. */
class LensViewModelTest {

    private static final int FINAL = 8;
    private static final int LAST = 7;
    private static final double CLOSE = 1e-4;

    private final TestBench bench = TestBench.demo();
    private final Place place = new Place();
    private final LensViewModel model = new LensViewModel(bench.workbench(), place);

    @BeforeEach
    void look() {
        model.watchedProperty().set(true);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private ShownLens shown() {
        return model.shownProperty().get().orElseThrow();
    }

    private static JsonObject command(Norm norm) {
        return CommandRun.json("lens", Document.notebook().clean(), "--norm", norm.name().toLowerCase(), "--token",
            " went", " travelled");
    }

    private static JsonElement at(JsonArray rows, int row, int column) {
        return rows.get(row).getAsJsonArray().get(column);
    }

    @ParameterizedTest
    @EnumSource(Norm.class)
    void everyCellIsWhatTheCommandTells(Norm norm) {
        model.normProperty().set(norm);
        JsonObject json = command(norm);

        assertThat(shown().tokens()).containsExactly(TestBench.WENT, TestBench.TRAVELLED);
        for (int layer = 0; layer <= FINAL; layer++) {
            assertThat(shown().lens().layers().get(layer)).isEqualTo(json.getAsJsonArray("layers").get(layer)
                .getAsString());
            for (int position = 0; position <= LAST; position++) {
                Candidate best = shown().top(new Cell(layer, position)).get(0);
                JsonObject told = at(json.getAsJsonArray("top"), layer, position).getAsJsonArray().get(0)
                    .getAsJsonObject();
                assertThat(best.id()).isEqualTo(told.get("id").getAsInt());
                assertThat(best.logit()).isCloseTo(told.get("logit").getAsFloat(), within((float) CLOSE));
                assertThat(best.prob()).isCloseTo(told.get("prob").getAsDouble(), within(CLOSE));
                for (int token = 0; token < 2; token++) {
                    assertThat(shown().lens().at(layer, position).ranks().get(token)).isEqualTo(at(json
                        .getAsJsonArray("ranks").get(token).getAsJsonArray(), layer, position).getAsInt());
                }
            }
        }
    }

    @Test
    void theLastHalfLayerIsTheRunItself() {
        assertThat(shown().top(new Cell(FINAL, LAST)).get(0).prob()).isCloseTo(
            bench.finished().cleanLogits().prob(TestBench.WENT), within(CLOSE));
        assertThat(shown().lens().at(FINAL, LAST).ranks()).containsExactly(0,
            bench.finished().cleanLogits().rank(TestBench.TRAVELLED));
        assertThat(shown().words(new Cell(FINAL, LAST))).startsWith("after final_post at ·Tom (7): ·went logit 16.37");
    }

    @Test
    void theOtherRunIsReadOnDemand() {
        place.sideProperty().set(Side.CORRUPT);

        assertThat(shown().what()).isEqualTo("corrupt run, norm recomputed");
        assertThat(shown().top(new Cell(FINAL, LAST)).get(0).id()).isEqualTo(TestBench.TRAVELLED);
    }

    @Test
    void theGridShowsTokensColouredByProbabilityOrByARank() {
        TokenGrid plain = shown().grid(Coloring.PROBABILITY, 2, 6);
        assertThat(plain.columns()).isEqualTo(6);
        assertThat(plain.text(new Cell(FINAL, 5))).isEqualTo("·went");
        assertThat(plain.value(new Cell(FINAL, 5))).isCloseTo(0.927f, within(5e-4f));

        Coloring rank = model.coloringsProperty().get().get(2);
        assertThat(rank).hasToString("rank of ·travelled");
        assertThat(shown().grid(rank, 0, 8).value(new Cell(FINAL, LAST))).isEqualTo(43);
    }

    @Test
    void pinsAreFollowed() {
        bench.workbench().pin(257);

        assertThat(shown().tokens()).containsExactly(TestBench.WENT, TestBench.TRAVELLED, 257);
        assertThat(shown().rankTable(LAST)).hasSize(1 + 3 * (FINAL + 1));
        assertThat(shown().ranks(LAST).columns()).isEqualTo(FINAL + 1);
    }

    @Test
    void moreTokensThanCanBeToldApartAreLeftOutOfThePictureOnly() {
        IntStream.range(300, 308).forEach(bench.workbench()::pin);

        assertThat(shown().ranks(LAST)).isNotNull();
        assertThat(shown().rankTable(LAST)).hasSize(1 + 10 * (FINAL + 1));
    }

    @Test
    void tablesHoldEveryDigit() {
        List<List<String>> table = shown().table();

        assertThat(table).hasSize(1 + 9 * 8 * LensViewModel.TOP);
        assertThat(table.get(0)).containsExactly("layer", "position", "token", "rank", "next", "id", "logit", "prob");
        List<String> last = table.get(table.size() - LensViewModel.TOP);
        assertThat(last.subList(0, 6)).containsExactly("final_post", "7", "·Tom", "0", "·went", "1816");
        assertThat(Double.parseDouble(last.get(7))).isEqualTo(shown().top(new Cell(FINAL, LAST)).get(0).prob());
        assertThat(model.takenGrid(0, 8).orElseThrow().text()).contains("final_post\t7\t·Tom\t0\t·went\t1816\t");
    }

    @Test
    void nothingIsReadWhileNobodyLooks() {
        ShownLens before = shown();
        model.watchedProperty().set(false);
        bench.typeClean("The student went");
        assertThat(shown()).isSameAs(before);

        model.watchedProperty().set(true);
        assertThat(shown().prompt().text()).isEqualTo("The student went");
    }

    @Test
    void theNewestRequestWins() {
        bench.background().hold(Lane.LENS);
        model.normProperty().set(Norm.FROZEN);
        model.normProperty().set(Norm.RECOMPUTED);
        place.sideProperty().set(Side.CORRUPT);
        bench.background().release();

        assertThat(shown().side()).isEqualTo(Side.CORRUPT);
        assertThat(shown().norm()).isEqualTo(Norm.RECOMPUTED);
    }

    @Test
    void aCancelledReadingSaysSoAndCanBeBegunAgain() {
        bench.background().hold(Lane.LENS);
        model.normProperty().set(Norm.FROZEN);
        bench.background().cancel(Lane.LENS);
        bench.background().release();
        assertThat(model.problemProperty().get()).startsWith("Cancelled");
        assertThat(model.cancelledProperty().get()).isTrue();
        assertThat(shown().norm()).isEqualTo(Norm.RECOMPUTED);

        model.again();
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(model.cancelledProperty().get()).isFalse();
        assertThat(shown().norm()).isEqualTo(Norm.FROZEN);
    }

    @Test
    void withoutACorruptPromptThereIsOneSentence() {
        bench.typeCorrupt("");
        place.sideProperty().set(Side.CORRUPT);

        assertThat(model.shownProperty().get()).isEmpty();
        assertThat(model.problemProperty().get()).startsWith("Add a corrupt prompt");

        place.sideProperty().set(Side.CLEAN);
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(model.shownProperty().get()).isPresent();
    }

    @Test
    void aChosenPositionStaysWithinAShorterPrompt() {
        assertThat(place.within(8)).isEqualTo(7);
        place.positionProperty().set(OptionalInt.of(5));
        assertThat(place.within(8)).isEqualTo(5);
        assertThat(place.within(3)).isEqualTo(2);
    }
}
