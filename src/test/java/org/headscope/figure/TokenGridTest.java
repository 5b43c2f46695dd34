package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenGridTest {

    private static List<String> texts(double width) {
        Matrix values = Matrix.of(2, 2, new float[] {0.9f, 0.1f, 0.5f, 0.2f});
        TokenGrid grid = new TokenGrid("Logit lens", "", Axis.layers(2), Axis.positions(List.of("BOS", "Tom")),
            List.of(List.of("<|endoftext|>", "·went"), List.of("<|>", "·internationalisation")), values,
            TokenGrid.Ink.PROBABILITY, "Probability", Set.of());
        return grid.draw(Theme.LIGHT, width, 200).texts();
    }

    @Test
    void aSpecialTokenLosesItsBracketsBeforeItIsCut() {
        assertThat(texts(320)).contains("<|endoftext|>");
        assertThat(texts(190)).contains("endoftext", "·went", "<|>");
        assertThat(texts(140)).filteredOn(text -> text.startsWith("endo")).singleElement().asString().endsWith("…");
    }
}
