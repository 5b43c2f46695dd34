package org.headscope.window.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.window.inspector.AttentionLists.Entry;
import org.junit.jupiter.api.Test;

class AttentionListsTest {

    private static final Matrix MATRIX = Matrix.attention(3, new float[] {1, 9, 9, 0.25f, 0.75f, 9, 0.5f, 0.25f, 0.25f},
        0);

    @Test
    void aQueryAttendsToKeysUpToItself() {
        assertThat(AttentionLists.of(MATRIX, new Cell(1, 0), 9).attendsTo())
            .containsExactly(new Entry(1, 0.75), new Entry(0, 0.25));
    }

    @Test
    void aKeyIsAttendedByQueriesFromItselfOn() {
        assertThat(AttentionLists.of(MATRIX, new Cell(1, 0), 9).attendedBy())
            .containsExactly(new Entry(0, 1), new Entry(2, 0.5), new Entry(1, 0.25));
    }

    @Test
    void onlyTheStrongestAreListed() {
        assertThat(AttentionLists.of(MATRIX, new Cell(2, 0), 2).attendsTo())
            .containsExactly(new Entry(0, 0.5), new Entry(1, 0.25));
    }

    @Test
    void withoutAPointerTheLastQuerysStrongestEdgeIsShown() {
        assertThat(AttentionLists.lastQuery(MATRIX)).isEqualTo(new Cell(2, 0));
    }
}
