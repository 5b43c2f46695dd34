package org.headscope.window.promptbar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.headscope.session.Document;
import org.headscope.tokens.Prompt;
import org.headscope.window.TestBench;
import org.headscope.window.Workbench;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptBarViewModelTest {

    private static final TestBench BENCH = TestBench.demo();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final PromptBarViewModel MODEL = new PromptBarViewModel(WORKBENCH);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void startFromTheNotebook() {
        BENCH.typeClean(Document.notebook().clean());
        BENCH.typeCorrupt(Document.notebook().corrupt());
    }

    private static String compare(String clean, String corrupt) {
        return PromptBarViewModel.compare(prompt(clean), prompt(corrupt));
    }

    private static Optional<Prompt> prompt(String text) {
        return text.isEmpty() ? Optional.empty()
            : Optional.of(WORKBENCH.tokenizer().orElseThrow().prompt(text, true));
    }

    @Test
    void oneTokenThatDiffersIsFound() {
        assertThat(compare("Tom went to the store. Tom", "Tom went to the store. Sarah"))
            .isEqualTo("1 token differs, at position 7");
    }

    @Test
    void severalAreCounted() {
        assertThat(compare("Tom went to the store. Tom", "Tom came to the store. Sarah"))
            .isEqualTo("2 tokens differ, first at position 2");
    }

    @Test
    void unequalLengthsAreSaid() {
        assertThat(compare("Tom went to the store. Tom", "Tom went to the store."))
            .isEqualTo("8 and 7 tokens: the patterns are shown, but nothing can be patched.");
    }

    @Test
    void equalPromptsAreSaid() {
        assertThat(compare("Tom", "Tom")).isEqualTo("The prompts are the same: there is nothing to patch.");
    }

    @Test
    void onePromptAloneIsComparedWithNothing() {
        assertThat(compare("Tom", "")).isEmpty();
        assertThat(compare("", "Tom")).isEmpty();
    }

    @Test
    void whatIsTypedGoesIntoTheDocument() {
        MODEL.cleanProperty().set("Anna");
        MODEL.corruptProperty().set("Ben");

        assertThat(WORKBENCH.document().clean()).isEqualTo("Anna");
        assertThat(WORKBENCH.document().corrupt()).isEqualTo("Ben");
    }

    @Test
    void theTextsFollowTheDocument() {
        WORKBENCH.edit("", Document::swapped);
        assertThat(MODEL.cleanProperty().get()).isEqualTo(Document.notebook().corrupt());
        assertThat(MODEL.corruptProperty().get()).isEqualTo(Document.notebook().clean());

        WORKBENCH.undo();
        assertThat(MODEL.cleanProperty().get()).isEqualTo(Document.notebook().clean());
    }

    @Test
    void letterByLetterIsOneUndo() {
        MODEL.cleanProperty().set("A");
        MODEL.cleanProperty().set("An");
        MODEL.cleanProperty().set("Ann");
        WORKBENCH.undo();

        assertThat(MODEL.cleanProperty().get()).isEqualTo(Document.notebook().clean());
    }

    @Test
    void tokensAreCountedAgainstTheContext() {
        var count = MODEL.count(WORKBENCH.cleanProperty());
        assertThat(count.getValue()).isEqualTo("8/256");

        BENCH.typeClean(" store".repeat(1200));
        assertThat(count.getValue()).isEqualTo("1,201/256");

        BENCH.typeClean("");
        assertThat(count.getValue()).isEmpty();
    }

    @Test
    void theComparisonFollowsTheRuns() {
        var comparison = MODEL.comparison();
        assertThat(comparison.getValue()).isEqualTo("1 token differs, at position 7");

        BENCH.typeCorrupt("");
        assertThat(comparison.getValue()).isEmpty();
    }
}
