package org.headscope.window.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {

    @ParameterizedTest
    @CsvSource({"1, 100.00 %", "0.99996, 100.00 %", "0.9265, 92.7 %", "0.0066, 0.66 %", "0.00066, 0.066 %",
        "0.00001, 0.001 %", "0.0000099, <0.001 %", "0, <0.001 %"})
    void probabilitiesKeepTheirDigits(double value, String text) {
        assertThat(Numerals.probability(value)).isEqualTo(text);
    }

    @Test
    void minusIsATrueMinus() {
        assertThat(Numerals.shortLogit(-1.499)).isEqualTo("−1.50");
        assertThat(Numerals.change(-0.5)).isEqualTo("−0.50");
        assertThat(Numerals.change(0.5)).isEqualTo("+0.50");
        assertThat(Numerals.share(-0.25)).isEqualTo("−25 %");
    }

    @Test
    void whatIsRoundedToNothingHasNoSign() {
        assertThat(Numerals.share(-0.004)).isEqualTo("0 %");
        assertThat(Numerals.shortLogit(-0.004)).isEqualTo("0.00");
        assertThat(Numerals.change(-0.004)).isEqualTo("0.00");
        assertThat(Numerals.change(0.004)).isEqualTo("0.00");
        assertThat(Numerals.change(-0.01)).isEqualTo("−0.01");
    }

    @Test
    void sharesAreWholePerCentAndAttentionHasThreeDigits() {
        assertThat(Numerals.share(0.7762)).isEqualTo("78 %");
        assertThat(Numerals.attention(0.99951)).isEqualTo("1.000");
    }
}
