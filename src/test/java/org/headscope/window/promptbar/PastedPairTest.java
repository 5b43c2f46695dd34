package org.headscope.window.promptbar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastedPairTest {

    @ParameterizedTest
    @ValueSource(strings = {"a cat\n a dog", "a cat\r\n a dog\r\n", "\n\na cat\n\n a dog\n", "a cat\t a dog",
        "a cat\t a dog\n", "a cat\u2028 a dog"})
    void twoLinesOrTwoCellsAreAPair(String text) {
        assertThat(PastedPair.of(text)).contains(new PastedPair("a cat", " a dog"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a cat", "a cat\n", "a\nb\nc", "a\tb\tc", "a\tb\nc", "a\tb\nc\td", "a\n \n"})
    void anythingElseIsNone(String text) {
        assertThat(PastedPair.of(text)).isEmpty();
    }
}
