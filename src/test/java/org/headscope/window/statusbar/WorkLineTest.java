package org.headscope.window.statusbar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkLineTest {

    @Test
    void workThatIsNoMatterOfAMomentNorYetTheStatusLinesHasALine() {
        assertThat(WorkLine.isWorthIt(0.05)).isFalse();
        assertThat(WorkLine.isWorthIt(0.1)).isTrue();
        assertThat(WorkLine.isWorthIt(0.9)).isTrue();
        assertThat(WorkLine.isWorthIt(1)).isFalse();
        assertThat(StatusLine.WORTH_WORDS).as("where words begin").isEqualTo(1);
    }
}
