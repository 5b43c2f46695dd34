package org.headscope.window.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.headscope.analysis.HeadDetector;
import org.headscope.analysis.HeadDetector.Exclude;
import org.headscope.analysis.HeadDetector.Measure;
import org.headscope.analysis.HeadScores;
import org.headscope.model.Head;
import org.headscope.session.Which;
import org.headscope.tokens.Prompt;
import org.headscope.window.TestBench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetectViewModelTest {

    private final TestBench bench = TestBench.demo();
    private final DetectViewModel model = new DetectViewModel(bench.workbench(), bench.view());

    @AfterEach
    void close() {
        bench.close();
    }

    private double[][] shown(ScoreKind kind) {
        return model.detectionProperty().get().of(kind).orElseThrow().values();
    }

    private Prompt clean() {
        return bench.pair().clean();
    }

    private double[][] detected(HeadDetector detector, Measure measure, Exclude exclude) {
        return HeadScores.detect(bench.finished().cleanRun(), clean(), detector, measure, exclude).values();
    }

    @Test
    void scoresAreThoseOfTheAnalysis() {
        assertThat(shown(ScoreKind.PREVIOUS)).isDeepEqualTo(
            detected(HeadDetector.PREVIOUS, Measure.MUL, Exclude.NOTHING));
        assertThat(shown(ScoreKind.ENTROPY)).isDeepEqualTo(HeadScores.entropy(bench.finished().cleanRun()).values());
        assertThat(shown(ScoreKind.CHANGE)).isDeepEqualTo(HeadScores.change(bench.finished().cleanRun(),
            bench.finished().corruptRun().orElseThrow()).values());
        assertThat(shown(ScoreKind.RANDOM_INDUCTION)).isDeepEqualTo(
            bench.workbench().probeProperty().get().orElseThrow().induction().values());
    }

    @Test
    void measureAndExclusionsAreFollowed() {
        model.measureProperty().set(Measure.ABS);
        model.withoutFirstProperty().set(true);
        model.withoutSelfProperty().set(true);

        assertThat(shown(ScoreKind.INDUCTION)).isDeepEqualTo(
            detected(HeadDetector.INDUCTION, Measure.ABS, new Exclude(true, true)));
        model.kindProperty().set(ScoreKind.INDUCTION);
        assertThat(model.title()).isEqualTo("Induction, abs, without first, without same");
        assertThat(model.scale().isSigned()).isTrue();
    }

    @Test
    void theRunThatIsShownIsScored() {
        double[][] clean = shown(ScoreKind.ENTROPY);
        bench.view().whichProperty().set(Which.CORRUPT);

        assertThat(shown(ScoreKind.ENTROPY)).isDeepEqualTo(
            HeadScores.entropy(bench.finished().corruptRun().orElseThrow()).values());
        assertThat(Arrays.deepEquals(shown(ScoreKind.ENTROPY), clean)).isFalse();
    }

    @Test
    void theModelsInductionAndPreviousTokenHeadsAreNamed() {
        Detection detection = model.detectionProperty().get();

        assertThat(detection.name(TestBench.INDUCTION).orElseThrow().kind()).isEqualTo(ScoreKind.RANDOM_INDUCTION);
        assertThat(detection.name(new Head(0, 0)).orElseThrow().kind()).isEqualTo(ScoreKind.RANDOM_PREVIOUS);
        assertThat(detection.name(new Head(1, 3))).as("nothing stands out").isEmpty();
    }

    @Test
    void nearRepeatsAreSaidAndMatched() {
        assertThat(model.nearRepeats()).isEqualTo("“Tom” (1) and “·Tom” (7) read alike but are different tokens, "
            + "so the detectors see no repetition.");
        assertThat(shown(ScoreKind.INDUCTION)[1][0]).isZero();

        model.alikeProperty().set(true);
        assertThat(shown(ScoreKind.INDUCTION)).isDeepEqualTo(HeadScores.detect(bench.finished().cleanRun(),
            HeadDetector.INDUCTION.target(clean().idsOfAlike()), Measure.MUL, Exclude.NOTHING).values());
        assertThat(shown(ScoreKind.INDUCTION)[1][0]).isGreaterThan(0.1);
        assertThat(model.nearRepeats()).contains("count as the same");
    }

    @Test
    void whatIsDrawnIsScored() {
        model.kindProperty().set(ScoreKind.DRAWN);
        assertThat(shown(ScoreKind.DRAWN)).as("begun with a known kind").isDeepEqualTo(
            detected(HeadDetector.PREVIOUS, Measure.MUL, Exclude.NOTHING));

        model.clearDrawing();
        assertThat(model.detectionProperty().get().of(ScoreKind.DRAWN)).isEmpty();
        assertThat(model.problemProperty().get()).startsWith("Nothing is drawn");

        model.draw(model.drawnProperty().get().orElseThrow().with(7, 2, 1, true));
        assertThat(shown(ScoreKind.DRAWN)[1][0]).as("one edge of eight rows").isBetween(0.11, 0.125);
        assertThat(model.problemProperty().get()).isEmpty();
    }

    @Test
    void aDrawingFollowsThePromptIfItWasBegunWithAKind() {
        model.drawLike(HeadDetector.SELF);
        bench.typeClean("Tom went");
        assertThat(model.drawnProperty().get().orElseThrow().size()).isEqualTo(3);
        assertThat(model.drawnProperty().get().orElseThrow().isMarked(2, 2)).isTrue();

        model.draw(model.drawnProperty().get().orElseThrow().with(2, 0, 1, true));
        bench.typeClean("Tom");
        assertThat(model.drawnProperty().get().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void whatCannotBeScoredIsExplained() {
        model.kindProperty().set(ScoreKind.CHANGE);
        bench.typeCorrupt("");
        assertThat(model.problemProperty().get()).startsWith("Add a corrupt prompt");
        assertThat(model.detectionProperty().get().of(ScoreKind.CHANGE)).isEmpty();
    }

    @Test
    void aStrokeCoversASquareAndNothingInTheFuture() {
        Drawn drawn = Drawn.empty(6).with(2, 2, 2, true);

        assertThat(drawn.count()).isEqualTo(3);
        assertThat(drawn.isMarked(3, 2)).isTrue();
        assertThat(drawn.isMarked(2, 3)).isFalse();
        assertThat(drawn.with(3, 2, 1, false).count()).isEqualTo(2);
    }
}
