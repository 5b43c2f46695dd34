package org.headscope.window.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.window.sweep.SweepBench.DIFFERENCE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.headscope.figure.Cell;
import org.headscope.model.HookPoint;
import org.headscope.patching.Metric;
import org.headscope.patching.Source;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;
import org.headscope.session.MetricChoice;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Swept;
import org.headscope.window.TestBench;
import org.headscope.window.Workbench;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a sweep puts in, and into which run, without a screen. */
class SubstitutionViewModelTest {

    /** One for all tests. */
    private static final SweepBench SWEEP = new SweepBench();
    private static final TestBench BENCH = SWEEP.bench();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final double CLOSE = 1e-4;

    private final SweepViewModel model = SWEEP.model();
    private final SubstitutionViewModel substitution = model.substitution();

    @AfterAll
    static void close() {
        SWEEP.close();
    }

    @BeforeEach
    void startAnew() {
        SWEEP.startAnew();
    }

    private ShownSweep shown() {
        return SWEEP.shown();
    }

    private String problem() {
        return SWEEP.problem();
    }

    @Test
    void theOtherDirectionBreaksTheCleanRun() {
        model.sweep();
        SWEEP.substitute(SourceChoice.OTHER, Side.CLEAN);

        assertThat(shown().title()).isEqualTo("z by head, corrupt into clean");
        assertThat(shown().quantity()).startsWith("lost share of");
        assertThat(shown().meaning()).isEqualTo("−1 as corrupt, 0 as clean");
        SweepResult reverse = SWEEP.direct(Optional.of(SWEEP.prompt(Side.CORRUPT)), Side.CLEAN, Source.CLEAN,
            DIFFERENCE);
        assertThat(shown().results().get(0).values()).containsExactly(reverse.values(), within(CLOSE));
        assertThat(shown().before()).isCloseTo(8.183, within(1e-3));
        // Away from the clean run is the negative, orange side.
        assertThat((double) shown().maps().get(0).matrix().value(1, 0))
            .isCloseTo(-reverse.recovered(reverse.get(1, 0)), within(CLOSE)).isLessThan(-0.8);
        assertThat(shown().words(0, new Cell(1, 0))).contains("change −8.4").endsWith("lost 87.3 %");
    }

    @ParameterizedTest
    @EnumSource(value = SourceChoice.class, mode = EnumSource.Mode.EXCLUDE, names = "REFERENCE")
    void everySourceIsPutIn(SourceChoice source) {
        Source expected = switch (source) {
            case OTHER -> Source.CLEAN;
            case ZERO -> Source.ZERO;
            case MEAN -> Source.MEAN;
            case NUMBER -> new Source.Number(0.5f);
            case REFERENCE -> throw new AssertionError("needs a file");
        };
        substitution.numberProperty().set("0.5");
        model.sweep();
        substitution.sourceProperty().set(source);

        assertThat(WORKBENCH.document().substitution()).isEqualTo(new Substitution(expected, Side.CORRUPT));
        assertThat(shown().results().get(0).values()).containsExactly(
            SWEEP.direct(Side.CORRUPT, expected, DIFFERENCE), within(CLOSE));
        substitution.intoProperty().set(Side.CLEAN);
        assertThat(shown().results().get(0).values()).containsExactly(
            SWEEP.direct(Side.CLEAN, expected, DIFFERENCE), within(CLOSE));
    }

    @Test
    void theMeanOverReferencePromptsIsPutIn(@TempDir Path folder) throws IOException {
        model.sweep();
        substitution.sourceProperty().set(SourceChoice.REFERENCE);
        assertThat(problem()).startsWith("Choose a text file of reference prompts");
        substitution.openReferences(folder.resolve("nowhere.txt"));
        assertThat(model.fileProblemProperty().get()).contains("nowhere.txt cannot be read");

        substitution.openReferences(Files.writeString(folder.resolve("some.txt"),
            "Anna ran home.\nThe cat sat.\n"));
        assertThat(model.fileProblemProperty().get()).isEmpty();
        assertThat(problem()).isEmpty();
        assertThat(shown().title()).isEqualTo("z by head, mean over 2 reference prompts into corrupt");
        Source source = WORKBENCH.document().substitution().source();
        assertThat(shown().results().get(0).values()).containsExactly(
            SWEEP.direct(Side.CORRUPT, source, DIFFERENCE), within(CLOSE));

        model.sweptProperty().set(Swept.of(HookPoint.PATTERN, By.HEAD));
        assertThat(problem()).startsWith("A pattern has no mean over reference prompts");
        WORKBENCH.edit("", document -> document.toggled(TestBench.INDUCTION, HookPoint.PATTERN));
        assertThat(WORKBENCH.patchProblem()).startsWith("A pattern has no mean");
        WORKBENCH.undo();
        WORKBENCH.undo();
        assertThat(model.sweptProperty().get()).isEqualTo(Swept.Z_BY_HEAD);
        WORKBENCH.undo();
        assertThat(substitution.sourceProperty().get()).isEqualTo(SourceChoice.OTHER);
    }

    @Test
    void onePromptIsEnoughToAblateIt() {
        BENCH.typeCorrupt("");
        SWEEP.substitute(SourceChoice.ZERO, Side.CORRUPT);
        model.sweep();
        assertThat(problem()).isEqualTo("Add a corrupt prompt to put zero into, or put it into the clean run.");

        SWEEP.choose(MetricChoice.LOGIT);
        substitution.intoProperty().set(Side.CLEAN);
        assertThat(problem()).isEmpty();
        assertThat(shown().isShare()).isFalse();
        assertThat(shown().quantity()).isEqualTo("change of logit of ·went");
        assertThat(shown().results().get(0).values()).containsExactly(SWEEP.direct(Optional.empty(), Side.CLEAN,
            Source.ZERO, new Metric.Logit(TestBench.WENT)).values(), within(CLOSE));

        SWEEP.choose(MetricChoice.DIVERGENCE);
        assertThat(problem()).startsWith("KL is measured from the other run");
    }

    @Test
    void ablationsDoNotMindTheOtherPromptsLength() {
        BENCH.typeCorrupt("Tom went to the store.");
        SWEEP.substitute(SourceChoice.MEAN, Side.CORRUPT);
        model.sweep();

        assertThat(problem()).isEmpty();
        assertThat(shown().isComplete()).isTrue();
    }

    @Test
    void whatIsNoNumberIsSaidAndTheNextOneIsTaken() {
        substitution.numberProperty().set("2");
        model.sweep();
        substitution.sourceProperty().set(SourceChoice.NUMBER);
        substitution.numberProperty().set("2x");
        assertThat(problem()).isEqualTo("“2x” is not a number; write one such as 0.5.");
        assertThat(WORKBENCH.document().substitution()).hasToString("2.0 into corrupt");

        substitution.numberProperty().set("-0.5");
        assertThat(problem()).isEmpty();
        assertThat(shown().substitution()).hasToString("-0.5 into corrupt");
    }

    @Test
    void undoBringsTheDirectionBack() {
        model.sweep();
        substitution.intoProperty().set(Side.CLEAN);
        WORKBENCH.undo();

        assertThat(substitution.intoProperty().get()).isEqualTo(Side.CORRUPT);
        assertThat(shown().title()).endsWith("clean into corrupt");
    }
}
