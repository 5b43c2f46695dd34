package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.session.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedLetterTest {

    private static final Document START = Document.notebook();

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {"Be,Ben,true", "Ben,Be,true", "Bn,Ben,true",
        "eB,eeB,true", ",B,true", "Be,Be🙂,true", "Be,Be ,false", "Be went,Bewent,false", "Be,Bent,false", "Be,Ba,false",
        "Be,Be,false", "Ben,xyz,false", "Tom went to the store,B,false"})
    void oneLetterMoreOrLessGoesOnWithAWord(String before, String after, boolean expected) {
        String from = before == null ? "" : before;
        String to = after == null ? "" : after;
        assertThat(TypedLetter.isAllThatDiffers(START.withClean(from), START.withClean(to))).isEqualTo(expected);
        assertThat(TypedLetter.isAllThatDiffers(START.withCorrupt(from), START.withCorrupt(to))).isEqualTo(expected);
        assertThat(TypedLetter.isAllThatDiffers(START.withClean(from), START.withClean(to).withBos(false))).isFalse();
    }
}
