package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VisibleTextTest {

    @Test
    void whitespaceIsShown() {
        assertThat(VisibleText.of(" a\n\tb ")).isEqualTo("\u00b7a\u21b5\u21e5b\u00b7");
        assertThat(VisibleText.of("\u00a0")).isEqualTo("\u2423");
    }

    @Test
    void controlCharactersHaveSymbols() {
        assertThat(VisibleText.of("\u0000\r\u001b\u007f")).isEqualTo("\u2400\u240d\u241b\u2421");
    }

    @Test
    void charactersThatTurnTextAroundAreNamed() {
        assertThat(VisibleText.of("a\u202eb")).isEqualTo("a<U+202E>b");
        assertThat(VisibleText.of("\ud800")).isEqualTo("<U+D800>");
    }

    @Test
    void joinedEmojiAndMarksStayWhole() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69";
        assertThat(VisibleText.of(family)).isEqualTo(family);
        assertThat(VisibleText.of("e\u0301")).isEqualTo("e\u0301");
    }

    @Test
    void onlyTheFirstEndOfTextIsTheBeginning() {
        assertThat(VisibleText.ofTokens(List.of("<|endoftext|>", " a", "<|endoftext|>")))
                .containsExactly("BOS", "\u00b7a", "<|endoftext|>");
    }

    @Test
    void emptyTextIsShownToo() {
        assertThat(VisibleText.of("")).isEqualTo("\u2205");
    }

    @Test
    void longTextIsCutBetweenCodePoints() {
        assertThat(VisibleText.shortened("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2)).isEqualTo("\ud83d\ude00\u2026");
        assertThat(VisibleText.shortened("abc", 3)).isEqualTo("abc");
    }
}
