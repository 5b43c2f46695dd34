package org.headscope.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.headscope.Fixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PromptTest {

    private static Tokenizer gpt2;

    @BeforeAll
    static void load() {
        gpt2 = Tokenizer.load(Fixture.DEMO.model().path());
    }

    @AfterAll
    static void close() {
        gpt2.close();
    }

    @Test
    void findsTheFirstDifference() {
        Prompt clean = gpt2.prompt("Tom went to the store. Tom", true);
        Prompt corrupt = gpt2.prompt("Tom went to the store. Sarah", true);
        assertThat(clean.firstDifference(corrupt)).isEqualTo(7);
        assertThat(corrupt.firstDifference(clean)).isEqualTo(7);
        assertThat(clean.firstDifference(gpt2.prompt("Sarah went", true))).isEqualTo(1);
        assertThat(clean.firstDifference(gpt2.prompt("Tom went", true))).isEqualTo(3);
        assertThat(clean.firstDifference(clean)).isEqualTo(-1);
        assertThat(clean.firstDifference(gpt2.prompt("Tom went to the store. Tom", false))).isZero();
    }

    @Test
    void findsTokensThatOnlyLookRepeated() {
        Prompt seed = gpt2.prompt("Tom went to the store. Tom", true);
        assertThat(seed.nearRepeats()).containsExactly(new NearRepeat(1, 7));
    }

    @Test
    void nearRepeatsIgnoreCaseAndPairWithTheNearest() {
        Prompt prompt = gpt2.prompt("The cat the Cat cat", false);
        assertThat(prompt.texts()).containsExactly("The", " cat", " the", " Cat", " cat");
        assertThat(prompt.nearRepeats())
            .containsExactly(new NearRepeat(0, 2), new NearRepeat(1, 3), new NearRepeat(3, 4));
    }

    @Test
    void trueRepeatsAndPartsOfCharactersAreNoNearRepeats() {
        assertThat(gpt2.prompt(" cat cat cat", false).nearRepeats()).isEmpty();
        assertThat(gpt2.prompt("🦄🦄🐉", false).nearRepeats()).isEmpty();
        assertThat(gpt2.prompt("<|endoftext|>a", true).nearRepeats()).isEmpty();
    }

    @Test
    void idsOfAlikeAreEqualWhereTokensReadAlike() {
        Prompt prompt = gpt2.prompt("The cat the Cat cat", true);
        int[] ids = prompt.ids();
        assertThat(prompt.idsOfAlike()).containsExactly(ids[0], ids[1], ids[2], ids[1], ids[2], ids[2]);
        Prompt others = gpt2.prompt("🦄🦄🐉 a<|endoftext|>", true);
        assertThat(others.idsOfAlike()).isEqualTo(others.ids());
    }

    @Test
    void isAValue() {
        assertThat(gpt2.prompt("Tom 🦄", true)).isEqualTo(gpt2.prompt("Tom 🦄", true))
            .hasSameHashCodeAs(gpt2.prompt("Tom 🦄", true)).isNotEqualTo(gpt2.prompt("Tom 🐉", true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Prompt("", false, List.of()));
    }

    @Test
    void bytesOfATokenCannotBeChanged() {
        byte[] bytes = {'a'};
        Token token = new Token(0, 64, "a", bytes, 0, 1);
        bytes[0] = 'b';
        token.bytes()[0] = 'c';
        assertThat(token.bytes()).containsExactly('a');
        assertThat(token).isEqualTo(new Token(0, 64, "a", new byte[] {'a'}, 0, 1))
            .isNotEqualTo(new Token(0, 64, "a", new byte[] {'b'}, 0, 1));
    }

    @Test
    void labelsShowWhatCannotBeSeen() {
        assertThat(gpt2.prompt(" a\n\t\0\u00a0", false).tokens().stream().map(Token::label).toList())
            .startsWith("·a", "↵", "⇥");
        assertThat(gpt2.token(220).label()).isEqualTo("·");
        assertThat(gpt2.token(188).label()).isEqualTo("␀");
        assertThat(gpt2.token(10490).toString()).isEqualTo("Token[-1 #10490 “·Sarah” 0-0]");
    }

    @Test
    void nothingVisibleIsChangedAndNothingStaysUnseen() {
        assertThat(Token.visible("日本語 é 👩‍👩‍👧 ▁")).isEqualTo("日本語·é·👩‍👩‍👧·▁");
        assertThat(Token.visible("\r\u007f\u0085\u00a0\u200b\u2028\u202e"))
            .isEqualTo("␍␡<U+0085>␣<U+200B><U+2028><U+202E>");
    }
}
