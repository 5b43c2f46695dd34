package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headscope.patching.Readout;
import org.headscope.session.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tokens are watched. */
class WorkbenchPinTest {

    private static final TestBench BENCH = TestBench.demo();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final int SARAH = WORKBENCH.tokenizer().orElseThrow().single(" Sarah");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void startAnew() {
        WORKBENCH.edit("", document -> document.withPins(List.of()));
        BENCH.typeCorrupt(Document.notebook().corrupt());
    }

    private static List<Integer> watched() {
        return WORKBENCH.readoutsProperty().get().stream().map(Readout::id).toList();
    }

    @Test
    void aPinComesAfterThePredictions() {
        WORKBENCH.pin(SARAH);

        assertThat(watched()).containsExactly(TestBench.WENT, TestBench.TRAVELLED, SARAH);
        assertThat(WORKBENCH.document().pins()).isEqualTo(watched());
    }

    @Test
    void aTokenIsWatchedOnceHoweverOftenItIsPinned() {
        WORKBENCH.pin(SARAH);
        WORKBENCH.pin(SARAH);
        WORKBENCH.pin(TestBench.WENT);

        assertThat(watched()).containsExactly(TestBench.WENT, TestBench.TRAVELLED, SARAH);
    }

    @Test
    void aPredictionCanBeUnpinnedToo() {
        WORKBENCH.unpin(TestBench.WENT);

        assertThat(watched()).containsExactly(TestBench.TRAVELLED);
    }

    @Test
    void withoutPinsThePredictionsAreWatchedAgain() {
        WORKBENCH.unpin(TestBench.WENT);
        WORKBENCH.unpin(TestBench.TRAVELLED);

        assertThat(watched()).containsExactly(TestBench.WENT, TestBench.TRAVELLED);
    }

    @Test
    void pinsStayWhenThePredictionsChange() {
        WORKBENCH.pin(SARAH);
        BENCH.typeCorrupt("Tom went to the store. Anna");

        assertThat(watched()).containsExactly(TestBench.WENT, TestBench.TRAVELLED, SARAH);
    }

    @Test
    void runsThatPredictTheSameTokenWatchItOnce() {
        BENCH.typeCorrupt(Document.notebook().clean());

        assertThat(watched()).containsExactly(TestBench.WENT);
    }

    @Test
    void readoutsOfAPinAreTheModelsOwn() {
        WORKBENCH.pin(SARAH);

        Readout readout = BENCH.readout(SARAH);
        assertThat(readout.clean().orElseThrow().logit()).isEqualTo(BENCH.finished().cleanLogits().logit(SARAH));
        assertThat(readout.corrupt().rank()).isEqualTo(BENCH.finished().corruptLogits().orElseThrow().rank(SARAH));
    }
}
