package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.headscope.Fixture;
import org.headscope.figure.CellState;
import org.headscope.figure.Matrix;
import org.headscope.model.Head;
import org.headscope.session.Which;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The matrices that are drawn are TransformerLens's patterns. */
class AttentionMapsTest {

    private static final TestBench BENCH = TestBench.demo();
    private static final Pair PAIR = BENCH.pair();
    private static final Head HEAD = TestBench.INDUCTION;
    private static final double TOLERANCE = 1e-5;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private static Tensor expected(String run) {
        return Fixture.DEMO.tensor("%s/blocks.%d.attn.hook_pattern".formatted(run, HEAD.layer()))
            .slice(0, HEAD.head());
    }

    private static Matrix map(Which which) {
        return AttentionMaps.of(PAIR, HEAD, which, false).orElseThrow();
    }

    @Test
    void bothRunsHaveTheirPatterns() {
        for (int query = 0; query < 8; query++) {
            for (int key = 0; key <= query; key++) {
                assertThat((double) map(Which.CLEAN).value(query, key))
                    .isCloseTo(expected("clean").get(query, key), within(TOLERANCE));
                assertThat((double) map(Which.CORRUPT).value(query, key))
                    .isCloseTo(expected("corrupt").get(query, key), within(TOLERANCE));
            }
        }
    }

    @Test
    void theDifferenceIsCleanMinusCorrupt() {
        for (int key = 0; key < 8; key++) {
            assertThat((double) map(Which.DIFFERENCE).value(7, key))
                .isCloseTo(expected("clean").get(7, key) - expected("corrupt").get(7, key), within(TOLERANCE));
        }
    }

    @Test
    void rowsBeforeTheFirstDifferenceAreIdentical() {
        assertThat(map(Which.DIFFERENCE).state(6, 3)).isEqualTo(CellState.IDENTICAL);
        assertThat(map(Which.DIFFERENCE).state(7, 3)).isEqualTo(CellState.VALUE);
        assertThat(map(Which.DIFFERENCE).state(6, 7)).isEqualTo(CellState.FUTURE);
    }

    @Test
    void theFirstTokenIsHiddenWithoutChangingTheRest() {
        Matrix hidden = AttentionMaps.of(PAIR, HEAD, Which.CLEAN, true).orElseThrow();

        assertThat(hidden.state(7, 0)).isEqualTo(CellState.HIDDEN);
        assertThat(hidden.value(7, 2)).isEqualTo(map(Which.CLEAN).value(7, 2));
    }

    @Test
    void layersThatAreNotDoneArePending() {
        Pair begun = new Pair(1, PAIR.clean(), PAIR.corrupt(), 4, 4, PAIR.cleanSoFar(), Optional.empty());

        assertThat(AttentionMaps.of(begun, HEAD, Which.CLEAN, false).orElseThrow().hasValue(0, 0)).isTrue();
        for (Which which : List.of(Which.CORRUPT, Which.DIFFERENCE)) {
            assertThat(AttentionMaps.of(begun, HEAD, which, false).orElseThrow().state(7, 0))
                .isEqualTo(CellState.NOT_COMPUTED);
        }
    }

    @Test
    void aPromptAloneHasOneMap() {
        Pair alone = new Pair(1, PAIR.clean(), Optional.empty(), 4, 4, PAIR.cleanSoFar(), Optional.empty());

        assertThat(AttentionMaps.of(alone, HEAD, Which.CLEAN, false)).isPresent();
        assertThat(AttentionMaps.of(alone, HEAD, Which.CORRUPT, false)).isEmpty();
        assertThat(AttentionMaps.of(alone, HEAD, Which.DIFFERENCE, false)).isEmpty();
    }

    @Test
    void labelsOfTheDifferenceNameBothTokensWhereTheyDiffer() {
        assertThat(AttentionMaps.labels(PAIR, Which.CLEAN)).startsWith("BOS", "Tom", "·went").endsWith("·Tom");
        assertThat(AttentionMaps.labels(PAIR, Which.CORRUPT)).endsWith("·Sarah");
        assertThat(AttentionMaps.labels(PAIR, Which.DIFFERENCE)).startsWith("BOS", "Tom").endsWith("·Tom/·Sarah");
    }
}
