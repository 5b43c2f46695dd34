package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.Fixture;
import org.headscope.tokens.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final Tokenizer TOKENIZER = Tokenizer.load(Fixture.DEMO.model().path());

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    @Test
    void aPromptThatFitsIsReadable() {
        Reading reading = Reading.of(TOKENIZER, "Tom went", true, 3, 3);

        assertThat(reading.isReadable()).isTrue();
        assertThat(reading.size()).isEqualTo(3);
        assertThat(reading.problem()).isEmpty();
    }

    @Test
    void onePastTheLimitIsRefusedButItsTokensAreKnown() {
        Reading reading = Reading.of(TOKENIZER, "Tom went", true, 2, 9);

        assertThat(reading.isReadable()).isFalse();
        assertThat(reading.size()).isEqualTo(3);
        assertThat(reading.problem())
            .isEqualTo("3 tokens, but this model reads at most 2; shorten the prompt by 1.");
    }

    @Test
    void onePastTheMemoryIsRefusedWithTheWayOut() {
        assertThat(Reading.of(TOKENIZER, "Tom went", true, 256, 3).isReadable()).isTrue();
        assertThat(Reading.of(TOKENIZER, "Tom went", true, 256, 2).problem()).isEqualTo("3 tokens, but the memory budget "
            + "has room for 2; shorten the prompt, or raise it under Preferences, Memory.");
        assertThat(Reading.of(TOKENIZER, "Tom went", true, 256, 0).problem()).contains("no room to run this model");
        assertThat(Reading.of(TOKENIZER, "Tom went", true, 2, 1).problem()).contains("reads at most 2");
    }

    @Test
    void anEmptyTextHasNoTokens() {
        Reading reading = Reading.of(TOKENIZER, "", true, 256, 256);

        assertThat(reading.isReadable()).isFalse();
        assertThat(reading.prompt()).isEmpty();
        assertThat(reading.size()).isZero();
        assertThat(reading.problem()).isNotEmpty();
    }

    @Test
    void aPromptThatIsLeftOutIsNoProblem() {
        assertThat(Reading.NOTHING.problem()).isEmpty();
        assertThat(Reading.NOTHING.isReadable()).isFalse();
    }
}
