package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that are replaced, overtaken or cancelled. */
class WorkbenchRunTest {

    private final TestBench bench = TestBench.tiny();
    private final Workbench workbench = bench.workbench();

    @AfterEach
    void close() {
        bench.close();
    }

    private String shownText() {
        return bench.finished().pair().clean().text();
    }

    @Test
    void whatWasTypedMeanwhileMakesAResultOlder() {
        bench.background().hold(Lane.RUNS);
        bench.typeClean("The first text");
        workbench.edit("clean text", document -> document.withClean("The second text"));
        bench.background().release();

        assertThat(shownText()).isEqualTo("The first text");
        assertThat(workbench.currentProperty().get()).isFalse();

        bench.background().endPauses();
        assertThat(shownText()).isEqualTo("The second text");
        assertThat(workbench.currentProperty().get()).isTrue();
    }

    @Test
    void resultsAreOlderFromTheFirstKeyOn() {
        workbench.edit("clean text", document -> document.withClean("T"));

        assertThat(workbench.currentProperty().get()).isFalse();
        assertThat(shownText()).isNotEqualTo("T");
    }

    @Test
    void theNewestRunWins() {
        bench.background().hold(Lane.RUNS);
        List<String> shown = new ArrayList<>();
        workbench.finishedProperty().addListener((observed, before, now) -> shown.add(now.orElseThrow().pair().clean()
            .text()));
        bench.typeClean("one");
        bench.typeClean("two");
        bench.typeClean("three");
        bench.background().release();

        assertThat(shown).containsExactly("three");
        assertThat(workbench.currentProperty().get()).isTrue();
        assertThat(bench.problem()).isEmpty();
    }

    @Test
    void everyLayerIsShownAsItIsDone() {
        List<Integer> done = new ArrayList<>();
        workbench.pairProperty().addListener((observed, before, now) -> done.add(now.orElseThrow().layersDone()));
        bench.typeClean("layer by layer");

        assertThat(done).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void aCancelledRunKeepsWhatItHadComputedAndSaysSo() {
        Finished before = bench.finished();
        ChangeListener<Optional<Pair>> impatience = (observed, was, now) -> {
            if (now.orElseThrow().layersDone() == 2) {
                bench.background().cancel(Lane.RUNS);
            }
        };
        workbench.pairProperty().addListener(impatience);
        bench.typeClean("Anna lost her keys");
        workbench.pairProperty().removeListener(impatience);

        assertThat(bench.pair().clean().text()).isEqualTo("Anna lost her keys");
        assertThat(bench.pair().clean(new Head(1, 3))).isPresent();
        assertThat(bench.pair().clean(new Head(2, 0))).isEmpty();
        assertThat(bench.finished()).isSameAs(before);
        assertThat(workbench.currentProperty().get()).isFalse();
        assertThat(bench.problem()).isEqualTo("The run was cancelled; what had been computed is shown.");

        workbench.run();
        assertThat(bench.pair().clean(new Head(2, 0))).isPresent();
        assertThat(bench.problem()).isEmpty();
    }

    @Test
    void withoutAutoAPersonSaysWhenToRun() {
        workbench.autoProperty().set(false);
        bench.typeClean("later");
        assertThat(shownText()).isNotEqualTo("later");

        workbench.run();
        assertThat(shownText()).isEqualTo("later");
    }

    @Test
    void whatAPersonRunsAtOnceDoesNotRunAgainByItself() {
        workbench.edit("clean text", document -> document.withClean("at once"));
        workbench.run();
        int number = bench.pair().number();
        bench.background().endPauses();

        assertThat(shownText()).isEqualTo("at once");
        assertThat(bench.pair().number()).isEqualTo(number);
    }

    @Test
    void turningAutoOnRunsWhatWasTypedBefore() {
        workbench.autoProperty().set(false);
        bench.typeClean("later");
        workbench.autoProperty().set(true);

        assertThat(shownText()).isEqualTo("later");
    }

    @Test
    void lookingAtAnotherHeadRunsNothing() {
        int number = bench.pair().number();
        workbench.focus(new Head(2, 2), true);
        bench.background().endPauses();

        assertThat(bench.pair().number()).isEqualTo(number);
        assertThat(workbench.currentProperty().get()).isTrue();
    }

    @Test
    void aFailureThatNobodyExpectedIsOneSentence() {
        workbench.fail(new IllegalStateException("secret detail"));
        assertThat(bench.problem()).endsWith(".").doesNotContain("secret");
    }

    @Test
    void promptsThatGoOnFromTheLastOnesGiveWhatTheyGiveByThemselves() {
        bench.typeClean("Tom went to the store. Tom went");
        bench.typeClean("Tom went to the store. Tom went away");
        Finished made = bench.finished();
        Run alone = made.model().runtime().call(() -> made.model().gpt2().run(made.pair().clean().ids(),
            RunOptions.plain().lastLogitsOnly().keeping(made.cleanRun().cache().hooks()::contains)));

        assertThat(made.pair().clean().text()).endsWith("away");
        for (Hook hook : alone.cache().hooks()) {
            assertThat(made.cleanRun().cache().get(hook).toArray()).as(hook.name())
                .usingComparatorWithPrecision(1e-4f).containsExactly(alone.cache().get(hook).toArray());
        }
    }
}
