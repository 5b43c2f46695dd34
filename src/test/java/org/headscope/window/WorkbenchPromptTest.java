package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.tokens.Prompt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts that cannot be run, or not be compared, or are merely odd. */
class WorkbenchPromptTest {

    private static final TestBench BENCH = TestBench.demo();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final String CLEAN = Document.notebook().clean();
    private static final String CORRUPT = Document.notebook().corrupt();

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void startFromTheNotebook() {
        BENCH.typeClean(CLEAN);
        BENCH.typeCorrupt(CORRUPT);
    }

    @Test
    void unequalLengthsShowPatternsButPatchNothing() {
        BENCH.typeCorrupt("Tom went to the store.");

        assertThat(WORKBENCH.patchProblem()).contains("8 and 7 tokens");
        assertThat(BENCH.pair().corrupt(new Head(3, 3)).orElseThrow().shape()).containsExactly(7, 7);
        assertThat(WORKBENCH.readoutsProperty().get()).isNotEmpty().allMatch(readout -> readout.patched().isEmpty());
        assertThat(WORKBENCH.currentProperty().get()).isTrue();
        assertThat(BENCH.problem()).isEmpty();
    }

    @Test
    void identicalPromptsHaveNothingToPatch() {
        BENCH.typeCorrupt(CLEAN);

        assertThat(WORKBENCH.patchProblem()).contains("the same").contains("nothing to patch");
        assertThat(WORKBENCH.readoutsProperty().get()).isNotEmpty().allMatch(readout -> readout.patched().isEmpty());
    }

    @Test
    void anEmptyCleanPromptIsRefusedAndWhatWasShownIsOlder() {
        Finished before = BENCH.finished();
        BENCH.typeClean("");

        assertThat(WORKBENCH.cleanProperty().get())
            .isEqualTo(new Reading(Optional.empty(), "The prompt is empty: give it some text."));
        assertThat(BENCH.finished()).isSameAs(before);
        assertThat(WORKBENCH.currentProperty().get()).isFalse();
    }

    @Test
    void withoutACorruptPromptTheCleanOneIsLookedAtAlone() {
        BENCH.typeCorrupt("");

        assertThat(WORKBENCH.corruptProperty().get()).isEqualTo(Reading.NOTHING);
        assertThat(BENCH.pair().corrupt()).isEmpty();
        assertThat(WORKBENCH.patchProblem()).isEqualTo("Add a corrupt prompt to patch the clean run into.");
        assertThat(WORKBENCH.readoutsProperty().get()).extracting(readout -> readout.id())
            .containsExactly(TestBench.WENT);
        assertThat(WORKBENCH.currentProperty().get()).isTrue();
    }

    @Test
    void aPromptPastTheContextIsRefusedWithItsCount() {
        BENCH.typeClean(" store".repeat(300));

        assertThat(WORKBENCH.cleanProperty().get().problem())
            .isEqualTo("301 tokens, but this model reads at most 256; shorten the prompt by 45.");
        assertThat(WORKBENCH.cleanProperty().get().size()).isEqualTo(301);
        assertThat(WORKBENCH.currentProperty().get()).isFalse();
    }

    @Test
    void aPromptThatJustFitsIsRun() {
        BENCH.typeClean(" store".repeat(255));

        assertThat(BENCH.finished().pair().clean().size()).isEqualTo(256);
        assertThat(WORKBENCH.currentProperty().get()).isTrue();
    }

    @Test
    void aCorruptPromptThatCannotBeReadLeavesTheCleanRun() {
        BENCH.typeCorrupt(" store".repeat(300));

        assertThat(WORKBENCH.patchProblem()).startsWith("The corrupt prompt cannot be read: 301 tokens");
        assertThat(BENCH.pair().corrupt()).isEmpty();
        assertThat(WORKBENCH.currentProperty().get()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "\u5317\u4eac\u306e\u732b",
        "e\u0301\u0323 n\u0303", "a\u0000b", "\ud800", "<|endoftext|>", " ", "\n\t\r\n",
        "\u0645\u0631\u062d\u0628\u0627"})
    void oddTextIsRunAsItIs(String text) {
        BENCH.typeClean(text);

        assertThat(WORKBENCH.cleanProperty().get().problem()).isEmpty();
        Prompt prompt = BENCH.finished().pair().clean();
        assertThat(prompt.text()).hasSameSizeAs(text);
        assertThat(WORKBENCH.currentProperty().get()).isTrue();
        assertThat(WORKBENCH.readoutsProperty().get()).allMatch(
            readout -> Double.isFinite(readout.clean().orElseThrow().prob()));
    }

    @Test
    void aHundredThousandCharactersAreRefusedByTheirCount() {
        BENCH.typeClean("cat ".repeat(25_000));

        assertThat(WORKBENCH.cleanProperty().get().problem()).startsWith("25,00").contains("at most 256");
    }

    @Test
    void withoutBosAPromptHasOneTokenLess() {
        WORKBENCH.edit("", document -> document.withBos(false));
        BENCH.background().endPauses();

        assertThat(BENCH.finished().pair().clean().size()).isEqualTo(7);
        assertThat(BENCH.finished().pair().clean().bos()).isFalse();

        WORKBENCH.undo();
        BENCH.background().endPauses();
        assertThat(BENCH.finished().pair().clean().size()).isEqualTo(8);
    }

    @Test
    void swappedPromptsSwapTheirRuns() {
        List<Float> before = clean();
        WORKBENCH.edit("", Document::swapped);
        BENCH.background().endPauses();

        assertThat(BENCH.finished().pair().clean().text()).isEqualTo(CORRUPT);
        assertThat(List.of(BENCH.readout(TestBench.WENT).corrupt().logit(),
            BENCH.readout(TestBench.TRAVELLED).corrupt().logit()))
            // Now it is the second run, which takes what both prompts share from the first.
            .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Float.compare(a, b))
            .containsExactlyElementsOf(before);
    }

    private static List<Float> clean() {
        return List.of(BENCH.readout(TestBench.WENT).clean().orElseThrow().logit(),
            BENCH.readout(TestBench.TRAVELLED).clean().orElseThrow().logit());
    }
}
