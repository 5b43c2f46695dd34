package org.headscope.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.headscope.Fixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AlignmentTest {

    private static Tokenizer gpt2;

    @BeforeAll
    static void load() {
        gpt2 = Tokenizer.load(Fixture.DEMO.model().path());
    }

    @AfterAll
    static void close() {
        gpt2.close();
    }

    private static Alignment align(String clean, String corrupt) {
        return Alignment.of(gpt2.prompt(clean, true), gpt2.prompt(corrupt, true));
    }

    private static String columns(Alignment alignment) {
        return alignment.columns().stream().map(column -> label(alignment.clean(), column.clean()) + "/"
            + label(alignment.corrupt(), column.corrupt())).collect(Collectors.joining(" "));
    }

    private static String label(Prompt prompt, int position) {
        return position == Alignment.GAP ? "-" : prompt.labels().get(position);
    }

    @Test
    void equalLengthsHaveNoGap() {
        Alignment alignment = align("Tom went. Tom", "Tom went. Sarah");
        assertThat(columns(alignment)).isEqualTo("BOS/BOS Tom/Tom ·went/·went ./. ·Tom/·Sarah");
        assertThat(alignment.isWithoutGaps()).isTrue();
        assertThat(alignment.surplus()).isEmpty();
    }

    @Test
    void theGapIsWhereAWordIsMissing() {
        Alignment alignment = align("Tom went to the big store. Tom", "Tom went to the store. Sarah");
        assertThat(columns(alignment)).isEqualTo(
            "BOS/BOS Tom/Tom ·went/·went ·to/·to ·the/·the ·big/- ·store/·store ./. ·Tom/·Sarah");
        assertThat(alignment.surplus()).extracting(Token::label).containsExactly("·big");
        assertThat(alignment.padded()).isEqualTo("Tom went to the big store. Sarah");
        assertThat(alignment.trimmed()).isEqualTo("Tom went to the store. Tom");
    }

    @Test
    void theCleanPromptMayBeTheShorterOne() {
        Alignment alignment = align("Tom went. Tom", "Tom slowly went far. Sarah");
        assertThat(columns(alignment))
            .isEqualTo("BOS/BOS Tom/Tom -/·slowly ·went/·went -/·far ./. ·Tom/·Sarah");
        assertThat(alignment.padded()).isEqualTo("Tom slowly went far. Tom");
        assertThat(alignment.trimmed()).isEqualTo("Tom went. Sarah");
    }

    @Test
    void aPromptThatBeginsTheOtherHasItsGapsAtTheEnd() {
        Alignment alignment = align("Tom went to the store. Tom", "Tom went to");
        assertThat(columns(alignment)).endsWith("·to/·to ·the/- ·store/- ./- ·Tom/-");
        assertThat(alignment.trimmed()).isEqualTo("Tom went to");
    }

    @Test
    void partsOfCharactersAreWrittenOnce() {
        Alignment alignment = align("a 🦄 b", "a b");
        assertThat(alignment.padded()).isEqualTo("a 🦄 b");
        assertThat(alignment.trimmed()).isEqualTo("a b");
    }

    @Test
    void promptsTooLongToCompareStillAlign() {
        Alignment alignment = align("x" + " cat".repeat(3000), "y" + " dog".repeat(1000));
        assertThat(alignment.columns()).hasSize(3002);
        assertThat(alignment.columns().stream().filter(Alignment.Column::isGap)).hasSize(2000);
    }
}
