package org.headscope.window.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeatPointerPainterTest {

    private static final String TIP = "·to (3)  →  ·went (2)   the same in both runs";

    @Test
    void whatIsSaidOfACellStandsInOneLineWhereThereIsRoom() {
        assertThat(HeatPointerPainter.lines(TIP, 100, String::length)).containsExactly(TIP);
    }

    @Test
    void inLittleRoomTheValueStandsBelowTheTokens() {
        assertThat(HeatPointerPainter.lines(TIP, 24, String::length))
            .containsExactly("·to (3) → ·went (2)", "the same in both runs");
    }

    @Test
    void inStillLessRoomNoWordIsCut() {
        assertThat(HeatPointerPainter.lines(TIP, 12, String::length))
            .containsExactly("·to (3) →", "·went (2)", "the same in", "both runs");
    }
}
