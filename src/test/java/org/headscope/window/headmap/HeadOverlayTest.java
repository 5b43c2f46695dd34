package org.headscope.window.headmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.analysis.HeadScores;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.window.TestBench;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.detect.DetectViewModel.Order;
import org.headscope.window.detect.DetectViewModel.Show;
import org.headscope.window.detect.ScoreKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeadOverlayTest {

    private final TestBench bench = TestBench.demo();
    private final DetectViewModel detect = new DetectViewModel(bench.workbench(), bench.view());

    @AfterEach
    void close() {
        bench.close();
    }

    private HeadOverlay overlay() {
        return HeadOverlay.of(detect, 4, 4, Theme.LIGHT);
    }

    @Test
    void headsAreNamedUnasked() {
        assertThat(overlay().chips().get(TestBench.INDUCTION)).matches("ind 0\\.[78]\\d");
        assertThat(overlay().chips().get(new Head(0, 0))).isEqualTo("prev 1.00");
        assertThat(overlay().letters().get(TestBench.INDUCTION)).isEqualTo("I");
        assertThat(overlay().ranked()).as("by layer").isEmpty();
        assertThat(overlay().scores()).as("patterns").isEmpty();
    }

    @Test
    void headsStandByRankAndTakeTheColourOfTheirScore() {
        detect.kindProperty().set(ScoreKind.CHANGE);
        detect.orderProperty().set(Order.RANK);
        detect.showProperty().set(Show.SCORE);
        HeadScores change = detect.detectionProperty().get().of(ScoreKind.CHANGE).orElseThrow();

        assertThat(overlay().ranked()).isEqualTo(change.ranked());
        assertThat(overlay().scores().get(change.strongest())).isEqualTo(change.get(change.strongest()));
        assertThat(overlay().chips()).hasSize(16);
        assertThat(detect.shownScores()).contains(change);
    }

    @Test
    void anotherModelsScoresAreNotShown() {
        detect.orderProperty().set(Order.RANK);

        assertThat(HeadOverlay.of(detect, 3, 4, Theme.LIGHT).ranked()).isEmpty();
        assertThat(HeadOverlay.of(detect, 3, 4, Theme.LIGHT).chips()).isEmpty();
    }

    @Test
    void scoresAreCopiedAsATable() {
        String[] lines = HeadWords.table(detect.detectionProperty().get()).split("\n");

        assertThat(lines).hasSize(17);
        assertThat(lines[0]).startsWith("Head\tInduction, random tokens\t");
        assertThat(lines[1].split("\t")).hasSameSizeAs(lines[0].split("\t")).startsWith("L0H0");
        assertThat(HeadWords.of(new Head(0, 0), detect.detectionProperty().get()))
            .isEqualTo("L0H0: previous token, random tokens 1.00");
    }
}
