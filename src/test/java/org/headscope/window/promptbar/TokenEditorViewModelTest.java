package org.headscope.window.promptbar;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.session.Document;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Token;
import org.headscope.window.TestBench;
import org.headscope.window.Workbench;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenEditorViewModelTest {

    private static final TestBench BENCH = TestBench.demo();
    private static final Workbench WORKBENCH = BENCH.workbench();
    private static final PromptTokens TOKENS = new PromptTokens(WORKBENCH);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void startFromTheNotebook() {
        BENCH.typeClean(Document.notebook().clean());
        BENCH.typeCorrupt(Document.notebook().corrupt());
    }

    private static TokenEditorViewModel edit(int position) {
        return new TokenEditorViewModel(TOKENS, Side.CLEAN, TOKENS.editable(Side.CLEAN, position).orElseThrow(),
            position);
    }

    @Test
    void aTokenIsShownWithItsSpaceAndReplacedByOne() {
        TokenEditorViewModel model = edit(7);
        assertThat(model.textProperty().get()).isEqualTo("·Tom");
        assertThat(model.outcomeProperty().get()).isEmpty();

        model.textProperty().set("·Sarah");
        assertThat(model.outcomeProperty().get()).isEqualTo("One token, #10490.");
        assertThat(model.candidatesProperty().get()).extracting(Token::label).startsWith("·Sarah");
        assertThat(model.accept()).isTrue();
        assertThat(WORKBENCH.document().clean()).isEqualTo("Tom went to the store. Sarah");
        assertThat(TOKENS.promptProperty(Side.CLEAN).get().orElseThrow().text())
            .as("shown before it is run").isEqualTo("Tom went to the store. Sarah");

        WORKBENCH.undo();
        assertThat(WORKBENCH.document().clean()).isEqualTo(Document.notebook().clean());
    }

    @Test
    void whyATokenCannotBeChangedIsSaid() {
        BENCH.typeClean("Tom " + "went ".repeat(4000) + "Tom");
        assertThat(TOKENS.editable(Side.CLEAN, 1)).isEmpty();
        assertThat(BENCH.problem()).isEqualTo("The clean prompt has more than 20,000 characters, too many to change it "
            + "token by token; change or shorten its text above.");

        BENCH.typeClean("Tom went");
        WORKBENCH.edit("", document -> document.withClean("Anna went"));
        assertThat(TOKENS.editable(Side.CLEAN, 1)).isEmpty();
        assertThat(BENCH.problem()).startsWith("The clean prompt was changed here since its tokens were shown; run it");
    }

    @Test
    void severalTokensAreSaidBeforeTheyAreTaken() {
        TokenEditorViewModel model = edit(7);
        model.textProperty().set("·Zzyzx");
        assertThat(model.outcomeProperty().get()).startsWith("This is ").contains("the prompt then has");
        assertThat(model.accept()).isTrue();
        assertThat(WORKBENCH.document().clean()).isEqualTo("Tom went to the store. Zzyzx");
    }

    @Test
    void aCandidateThatWouldChangeItsNeighboursIsNotTakenAtOnce() {
        TokenEditorViewModel model = edit(5);
        int re = WORKBENCH.tokenizer().orElseThrow().single("re");
        assertThat(model.choose(WORKBENCH.tokenizer().orElseThrow().token(re))).isFalse();
        assertThat(model.textProperty().get()).isEqualTo("re");
        assertThat(model.outcomeProperty().get()).contains("“·there”");
        assertThat(WORKBENCH.document().clean()).isEqualTo(Document.notebook().clean());
    }

    @Test
    void anIdNamesAToken() {
        TokenEditorViewModel model = edit(7);
        model.textProperty().set("#10490");
        assertThat(model.accept()).isTrue();
        assertThat(WORKBENCH.document().clean()).isEqualTo("Tom went to the store. Sarah");
    }

    @Test
    void anIdWithoutATextOfItsOwnIsRefused() {
        TokenEditorViewModel model = edit(7);
        int part = WORKBENCH.tokenizer().orElseThrow().prompt("🦄", false).tokens().get(0).id();
        model.textProperty().set("#" + part);
        assertThat(model.outcomeProperty().get()).contains("is no text of its own");
        assertThat(model.accept()).isFalse();
        model.textProperty().set("#999999");
        assertThat(model.outcomeProperty().get()).contains("There is no token");
        assertThat(model.accept()).isFalse();
        assertThat(WORKBENCH.document().clean()).isEqualTo(Document.notebook().clean());
    }

    @Test
    void tokensOfATextThatWasTypedOnAreNotEdited() {
        WORKBENCH.edit("", document -> document.withClean("Anna"));
        assertThat(TOKENS.editable(Side.CLEAN, 7)).isEmpty();
        assertThat(TOKENS.editable(Side.CLEAN, 1)).isEmpty();
    }

    @Test
    void theLastTokenIsNotTakenOut() {
        BENCH.typeClean("Tom went");
        TOKENS.remove(Side.CLEAN, 2);
        assertThat(WORKBENCH.document().clean()).isEqualTo("Tom");
        TOKENS.remove(Side.CLEAN, 1);
        assertThat(WORKBENCH.document().clean()).isEqualTo("Tom");
        assertThat(BENCH.problem()).contains("The prompt is empty");
    }
}
