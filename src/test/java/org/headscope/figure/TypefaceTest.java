package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.headscope.figure.Mark.Font;
import org.headscope.figure.Mark.Weight;
import org.junit.jupiter.api.Test;

class TypefaceTest {

    private static final Font TEN = new Font(10, Weight.REGULAR);

    @Test
    void lettersStandOnTheirBaseline() {
        var bounds = Typeface.outline("H", TEN).getBounds2D();
        assertThat(bounds.getMaxY()).isCloseTo(0, within(0.01));
        assertThat(-bounds.getMinY()).isCloseTo(10 * Typeface.CAP_HEIGHT, within(0.05));
    }

    @Test
    void widthGrowsWithTextSizeAndWeight() {
        assertThat(Typeface.width("HH", TEN)).isEqualTo(2 * Typeface.width("H", TEN));
        assertThat(Typeface.width("H", new Font(20, Weight.REGULAR))).isEqualTo(2 * Typeface.width("H", TEN));
        assertThat(Typeface.width("token", new Font(10, Weight.SEMI_BOLD))).isGreaterThan(Typeface.width("token", TEN));
    }

    @Test
    void everyCharacterLeavesAMark() {
        for (String text : new String[] {"\u4e2d", "\ud83d\ude00", "\u05e9", "x\u0323\u0301", "\u2400", "\u21b5"}) {
            assertThat(Typeface.width(text, TEN)).as(text).isPositive();
            assertThat(Typeface.outline(text, TEN).getBounds2D().isEmpty()).as(text).isFalse();
        }
    }

    @Test
    void composedAndDecomposedLettersAreTheSame() {
        assertThat(Typeface.width("e\u0301", TEN)).isEqualTo(Typeface.width("\u00e9", TEN));
    }

    @Test
    void longTextsAreFittedWithAnEllipsis() {
        String fitted = Typeface.fitted("a".repeat(200), TEN, 60);
        assertThat(fitted).endsWith("\u2026");
        assertThat(Typeface.width(fitted, TEN)).isBetween(45.0, 60.0);
        assertThat(Typeface.fitted("short", TEN, 60)).isEqualTo("short");
    }
}
