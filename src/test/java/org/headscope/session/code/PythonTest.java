package org.headscope.session.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "say \"hi\"       | \"say \\\"hi\\\"\"",
        "C:\\new          | \"C:\\\\new\"",
        "it's {x} %s      | \"it's {x} %s\"",
        "東京 🙂 é          | \"東京 🙂 é\""})
    void stringsAreQuoted(String text, String literal) {
        assertThat(Python.text(text)).isEqualTo(literal);
    }

    @Test
    void whatCannotBeSeenIsWrittenByItsNumber() {
        assertThat(Python.text("a\nb\r\tc\u0000\u00a0\u2028\u200b\uFEFF\uD83D"))
            .isEqualTo("\"a\\nb\\r\\tc\\u0000\\u00a0\\u2028\\u200b\\ufeff\\ud83d\"");
        assertThat(Python.text(Character.toString(0xF0000))).isEqualTo("\"\\U000f0000\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"); import os; os.system(\"x\") #", "\\\"", "\n\"\"\"\n", "\\", "'''"})
    void noTextGetsOutOfItsQuotes(String text) {
        String literal = Python.text(text);

        assertThat(literal).startsWith("\"").endsWith("\"").doesNotContain("\n");
        assertThat(literal.substring(1, literal.length() - 1).replaceAll("\\\\.", "")).doesNotContain("\"", "\\");
    }

    @Test
    void aCommentStaysOnItsLine() {
        assertThat(Python.comment("a\nimport os\r\u2028b")).isEqualTo("# aimport osb");
    }

    @Test
    void numbersKeepTheDigitsOfAFloat() {
        assertThat(Python.list(new double[] {0.1f, -2, Double.NaN, Double.NEGATIVE_INFINITY, 1e-20f}))
            .isEqualTo("[0.1, -2.0, float(\"nan\"), float(\"-inf\"), 1.0E-20]");
    }
}
