package org.headscope.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.headscope.Fixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenEditTest {

    private static Tokenizer gpt2;

    @BeforeAll
    static void load() {
        gpt2 = Tokenizer.load(Fixture.DEMO.model().path());
    }

    @AfterAll
    static void close() {
        gpt2.close();
    }

    private static TokenEdit replace(String prompt, int position, String text) {
        return TokenEdit.replace(gpt2, gpt2.prompt(prompt, true), position, text);
    }

    @Test
    void oneTokenTakesThePlaceOfOne() {
        TokenEdit edit = replace("Tom went to the store. Tom", 7, " Sarah");
        assertThat(edit.after().text()).isEqualTo("Tom went to the store. Sarah");
        assertThat(edit.isOneForOne()).isTrue();
        assertThat(edit.consequence()).isEmpty();
    }

    @Test
    void severalTokensAreSaid() {
        TokenEdit edit = replace("Tom went to the store. Tom", 7, " Zzyzx");
        assertThat(edit.keepsNeighbours()).isTrue();
        assertThat(edit.isOneForOne()).isFalse();
        assertThat(edit.consequence()).startsWith("This is %d tokens, “·Z".formatted(edit.pieces().size()))
            .endsWith(": the prompt then has %d tokens.".formatted(7 + edit.pieces().size()));
    }

    @Test
    void aTextThatMergesWithItsNeighbourIsSaid() {
        // Without its space the word joins what stands before it.
        TokenEdit edit = replace("Tom went to the store. Tom", 5, "re");
        assertThat(edit.after().text()).isEqualTo("Tom went to there. Tom");
        assertThat(edit.keepsNeighbours()).isFalse();
        assertThat(edit.consequence())
            .isEqualTo("Beside its neighbours this is read as “·there”: the prompt then has 7 tokens.");
    }

    @Test
    void anEmptyTextTakesTheTokenOut() {
        TokenEdit edit = replace("Tom went to the store. Tom", 7, "");
        assertThat(edit.after().text()).isEqualTo("Tom went to the store.");
        assertThat(edit.keepsNeighbours()).isTrue();
        assertThat(edit.consequence()).isEqualTo("The prompt then has 7 tokens.");
    }

    @Test
    void whatHasNoTextOfItsOwnIsRefused() {
        assertThatThrownBy(() -> replace("Tom", 0, "a")).isInstanceOf(PromptRefusal.class)
            .hasMessage("BOS is none of the text: turn it off to take it out.");
        assertThatThrownBy(() -> replace("Tom", 1, "")).isInstanceOf(PromptRefusal.class)
            .hasMessageContaining("The prompt is empty");
        Prompt unicorn = gpt2.prompt("a 🦄", true);
        assertThat(unicorn.size()).isGreaterThan(3);
        assertThatThrownBy(() -> TokenEdit.replace(gpt2, unicorn, unicorn.size() - 1, "b"))
            .isInstanceOf(PromptRefusal.class).hasMessageContaining("is a part of a character");
    }
}
