package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.headscope.figure.Mark.Area;
import org.junit.jupiter.api.Test;

class TokenStripTest {

    private static final List<String> TOKENS = List.of("BOS", "Tom", "·went", "·to", "·the", "·store", ".", "·Tom");
    private static final Matrix VALUES = Matrix.of(1, 8, new float[] {0, -0.1f, 0.2f, 3, 1, 0, 0.5f, -0.17f});

    private static TokenStrip strip() {
        return new TokenStrip("Activation of L1N17", "of a prompt", TOKENS, VALUES, Scale.signedMax(VALUES),
            "Activation");
    }

    @Test
    void tokensFollowOneAnotherInLines() {
        TokenStrip strip = strip();
        double width = 180;
        double height = strip.heightFor(width);
        List<Area> areas = IntStream.range(0, TOKENS.size()).mapToObj(token -> strip.area(new Cell(0, token), width,
            height)).toList();

        for (int token = 1; token < areas.size(); token++) {
            Area before = areas.get(token - 1);
            Area now = areas.get(token);
            assertThat(now.x() > before.x() && now.y() == before.y() || now.x() == 0 && now.y() > before.y()).isTrue();
        }
        assertThat(areas).allSatisfy(area -> assertThat(area.x() + area.width()).isLessThanOrEqualTo(width));
        assertThat(areas.get(7).y()).isPositive();
        assertThat(strip.heightFor(2_000)).isLessThan(height);
        assertThat(strip.at(areas.get(5).x() + 3, areas.get(5).y() + 3, width, height)).contains(new Cell(0, 5));
        assertThat(strip.token(new Cell(0, 5))).isEqualTo("·store");
        assertThat(strip.value(new Cell(0, 3))).isEqualTo(3);
    }

    @Test
    void theColourIsTheValuesAndTheLegendSaysWhatItIs() {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            Drawing drawing = strip().draw(theme);
            int strongest = theme.shading(Scale.signedMax(VALUES)).argb(3, 3);

            assertThat(drawing.texts()).contains("Activation of L1N17", "of a prompt", "Activation", "·store");
            assertThat(drawing.marks()).filteredOn(Mark.Box.class::isInstance)
                .extracting(mark -> ((Mark.Box) mark).fill())
                .contains(strongest, theme.shading(Scale.signedMax(VALUES)).argb(-0.17f, 3));
        }
    }

    @Test
    void aTokenWithoutAValueIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenStrip("", "", TOKENS.subList(1, 8), VALUES,
            Scale.absolute(), ""));
    }
}
