package org.headscope.window.promptbar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headscope.session.Document;
import org.headscope.session.Example;
import org.headscope.session.Substitution.Side;
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
        WORKBENCH.edit("", document -> document.withClean(Document.notebook().clean())
            .withCorrupt(Document.notebook().corrupt()));
        BENCH.background().endPauses();
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

    private static Remedy remedyOfPair(String label) {
        return MODEL.remediesOfPair(side -> { }).stream().filter(remedy -> remedy.label().equals(label)).findFirst()
            .orElseThrow();
    }

    @Test
    void thePromptThatIsShorterIsPadded() {
        BENCH.typeClean("Tom went to the big store. Tom");
        Remedy pad = remedyOfPair("Pad corrupt");
        assertThat(pad.hint()).isEqualTo(
            "Put “·big”, which only the clean prompt has, into the corrupt prompt as well");
        pad.action().run();
        BENCH.background().endPauses();
        assertThat(WORKBENCH.document().corrupt()).isEqualTo("Tom went to the big store. Sarah");
        assertThat(MODEL.comparison().getValue()).isEqualTo("1 token differs, at position 8");

        WORKBENCH.undo();
        assertThat(WORKBENCH.document().corrupt()).isEqualTo(Document.notebook().corrupt());
    }

    @Test
    void thePromptThatIsLongerIsTrimmed() {
        BENCH.typeCorrupt("Tom went to the big old store. Sarah");
        remedyOfPair("Trim corrupt").action().run();
        assertThat(WORKBENCH.document().corrupt()).isEqualTo(Document.notebook().corrupt());
    }

    @Test
    void whatWouldBeReadOtherwiseIsLeftAlone() {
        BENCH.typeClean("the,re");
        BENCH.typeCorrupt("5re");
        remedyOfPair("Trim clean").action().run();
        assertThat(WORKBENCH.document().clean()).isEqualTo("the,re");
        assertThat(BENCH.problem()).isEqualTo("The clean prompt would then be read as 2 tokens instead of 3, since "
            + "words beside one another are split otherwise; change it by hand.");
    }

    @Test
    void equalPromptsAskForAnotherToken() {
        BENCH.typeCorrupt(Document.notebook().clean());
        List<Side> edited = new ArrayList<>();
        MODEL.remediesOfPair(edited::add).get(0).action().run();
        assertThat(edited).containsExactly(Side.CORRUPT);
    }

    @Test
    void aPairThatCanBePatchedNeedsNothing() {
        assertThat(MODEL.remediesOfPair(side -> { })).isEmpty();
    }

    @Test
    void aPromptThatIsTooLongIsCut() {
        var remedy = MODEL.remedy(Side.CLEAN, () -> { });
        assertThat(remedy.getValue()).isEmpty();
        BENCH.typeClean(" store".repeat(300));
        assertThat(remedy.getValue().orElseThrow().label()).isEqualTo("Keep the first 256");
        remedy.getValue().orElseThrow().action().run();
        assertThat(WORKBENCH.document().clean()).isEqualTo(" store".repeat(255));
    }

    @Test
    void anEmptyPromptOffersAnExample() {
        boolean[] shown = new boolean[1];
        var remedy = MODEL.remedy(Side.CLEAN, () -> shown[0] = true);
        BENCH.typeClean("");
        remedy.getValue().orElseThrow().action().run();
        assertThat(shown[0]).isTrue();
    }

    @Test
    void linesAreShownBySignsAndKept() {
        BENCH.typeClean("a\n\tb");
        assertThat(MODEL.cleanProperty().get()).isEqualTo("a↵⇥b");
        assertThat(WORKBENCH.document().clean()).as("not changed by being shown").isEqualTo("a\n\tb");
        MODEL.cleanProperty().set("a↵⇥bc");
        assertThat(WORKBENCH.document().clean()).isEqualTo("a\n\tbc");
    }

    @Test
    void oddCharactersAreSaidAndTakenOut() {
        var flaw = MODEL.flaw(Side.CLEAN);
        assertThat(flaw.getValue()).isEmpty();
        BENCH.typeClean("a\ud83db");
        assertThat(flaw.getValue()).startsWith("One half of a character stands alone");
        MODEL.clearingOf(Side.CLEAN).action().run();
        assertThat(WORKBENCH.document().clean()).isEqualTo("ab");

        BENCH.typeClean("a\u0000\u0007b");
        assertThat(flaw.getValue()).startsWith("2 control characters");
        MODEL.clearingOf(Side.CLEAN).action().run();
        assertThat(WORKBENCH.document().clean()).isEqualTo("ab");
        assertThat(flaw.getValue()).isEmpty();
    }

    @Test
    void anExampleIsOneUndo() {
        Document before = WORKBENCH.document();
        assertThat(MODEL.take(Example.ALL.get(1))).isTrue();
        assertThat(WORKBENCH.document().clean()).isEqualTo(Example.ALL.get(1).clean());
        assertThat(WORKBENCH.document().pins()).hasSize(2);
        WORKBENCH.undo();
        assertThat(WORKBENCH.document()).isEqualTo(before);
    }
}
