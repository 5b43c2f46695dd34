package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Replacement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {

    private static final Hook Z = Hook.of(HookPoint.Z, 0);

    @Test
    void wordsAreRead() {
        assertThat(Source.parse("clean")).contains(Source.CLEAN);
        assertThat(Source.parse("zero")).contains(Source.ZERO);
        assertThat(Source.parse("mean")).contains(Source.MEAN);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "-2.5, -2.5", "1e3, 1000", "+.5, 0.5"})
    void numbersAreRead(String text, float value) {
        assertThat(Source.parse(text)).contains(new Source.Number(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Clean", "cleanest", "NaN", "Infinity", "-Infinity", "1e39", "1,5", "0x1p3", "1f",
        "2d", "one", "--1", " 1"})
    void anythingElseIsNot(String text) {
        assertThat(Source.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean", "zero", "mean", "1.5", "-3.0E-7"})
    void whatASourceIsCalledIsReadAsThatSource(String text) {
        Source source = Source.parse(text).orElseThrow();

        assertThat(source).hasToString(text);
        assertThat(Source.parse(source.toString())).contains(source);
    }

    @Test
    void onlyTheCleanSourceNeedsACleanRun() {
        assertThat(Source.ZERO.replacement(Z, 3, null)).isEqualTo(new Replacement.Constant(0));
        assertThat(Source.MEAN.replacement(Z, 3, null)).isEqualTo(new Replacement.Mean());
    }
}
