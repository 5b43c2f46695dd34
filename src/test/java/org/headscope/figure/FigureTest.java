package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.headscope.refusal.Refusal;
import org.headscope.model.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FigureTest {

    /** Tokens that break labels: nothing, other scripts, marks, emoji, markup, and far too much. */
    private static final List<String> ODD = List.of("BOS", "", "\u4e2d\u6587",
            "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd", "\ud83d\ude00\u200d\ud83d\ude00",
            "x\u0323\u0301e\u0301", "a".repeat(200), "<&\">");

    static Stream<Figure> figures() {
        Matrix sweep = Matrix.of(12, 40, new float[480]).withNotComputed((row, column) -> row > 5);
        return Stream.of(
                Samples.heatmap(),
                Samples.heatmap().withSelected(new Cell(3, 1)).withCellValues(),
                Heatmap.attention("One token", "", List.of("BOS"), Matrix.attention(1, new float[] {1}, 0),
                        Scale.rowMax()),
                Heatmap.attention("A long title ".repeat(30), "caption ".repeat(200), ODD, Samples.even(8),
                        Scale.log()),
                Heatmap.attention("Long", "", Samples.tokens(1024), Samples.even(1024), Scale.sqrt())
                        .withSelected(new Cell(700, 333)),
                Heatmap.attention("Zeros", "", ODD, Matrix.attention(8, new float[64], 0), Scale.rowMax()),
                Heatmap.ofHeads("Sweep", "", Matrix.of(12, 12, new float[144]), Scale.signedUnit(), "Recovered"),
                new Heatmap("Positions", "", Axis.layers(12), Axis.positions(Samples.tokens(40)), sweep,
                        Scale.signedUnit(), "Recovered", null, true),
                Samples.triptych().withSelected(new Cell(3, 1)),
                Samples.row(1), Samples.row(6), Samples.row(12),
                Samples.grid(12, 12, Samples.even(64), Samples.tokens(64)).withFocus(new Head(4, 1)),
                Samples.grid(1, 1, Matrix.pending(1), List.of("BOS")));
    }

    @ParameterizedTest
    @MethodSource("figures")
    void noTextIsCutOffAndNoTwoOverlap(Figure figure) {
        Drawing drawing = figure.draw(Theme.LIGHT);
        Rectangle2D page = new Rectangle2D.Double(0, 0, drawing.width(), drawing.height());
        List<Rectangle2D> boxes = new ArrayList<>();
        for (Mark mark : drawing.marks()) {
            if (mark instanceof Mark.Text text) {
                Rectangle2D box = bounds(text);
                assertThat(page.contains(box) || box.isEmpty()).as(text.content()).isTrue();
                assertThat(boxes).as(text.content()).noneMatch(box::intersects);
                boxes.add(box);
            }
        }
        assertThat(boxes).isNotEmpty();
    }

    private static Rectangle2D bounds(Mark.Text text) {
        double width = Typeface.width(text.content(), text.font());
        AffineTransform place = AffineTransform.getTranslateInstance(text.x(), text.y());
        place.rotate(-Math.toRadians(text.rise()));
        place.translate(text.anchor() == Mark.Anchor.START ? 0 : text.anchor() == Mark.Anchor.END ? -width : -width / 2,
                0);
        double height = text.font().size() * Typeface.CAP_HEIGHT;
        return place.createTransformedShape(new Rectangle2D.Double(0, -height, width, height)).getBounds2D();
    }

    @Test
    void longPromptsSayWhichTokensAreLabelled() {
        Drawing drawing = Heatmap.attention("t", "", Samples.tokens(1024), Samples.even(1024), Scale.absolute())
                .draw(Theme.LIGHT);
        assertThat(drawing.texts()).contains("Query (destination), every 32nd token labelled", "64 \u00b7token1");
    }

    @Test
    void theRingedCellIsNamedWithItsValue() {
        assertThat(Samples.heatmap().withSelected(new Cell(1, 0)).draw(Theme.LIGHT).texts())
                .contains("Ringed: Tom (1) \u2192 BOS (0): 0.75");
    }

    @Test
    void valuesAreWrittenInInkThatCanBeRead() {
        List<Mark.Text> values = Samples.heatmap().withCellValues().draw(Theme.LIGHT).marks().stream()
                .filter(Mark.Text.class::isInstance).map(Mark.Text.class::cast)
                .filter(text -> text.content().equals("1.00") || text.content().equals("0.00")).toList();
        assertThat(values).allMatch(text -> text.color() == (text.content().equals("1.00") ? 0xffffffff : 0xff000000));
        assertThat(values).isNotEmpty();
    }

    @Test
    void triptychSharesOneSequentialScaleAndHasASignedOne() {
        Drawing drawing = Samples.triptych().draw(Theme.LIGHT);
        assertThat(drawing.texts()).contains("Clean", "Corrupt", "Clean \u2212 corrupt", "Attention", "Difference",
                "\u22121", "identical by causality", "\u00b7home / \u00b7out", "Tom went out");
        assertThat(drawing.texts().stream().filter("Attention"::equals)).hasSize(1);
    }

    @Test
    void promptsOfDifferentLengthHaveNoTriptych() {
        assertThatThrownBy(() -> new Triptych("t", "", "a", "b", Samples.TOKENS, List.of("BOS"), Samples.attention(),
                Matrix.pending(1), Scale.absolute(), Scale.signedUnit(), null))
                .isInstanceOf(Refusal.class).hasMessageContaining("4 tokens").hasMessageContaining("1");
    }

    @Test
    void legendsNameOnlyWhatOccurs() {
        Legend legend = Legend.of("Effect", Scale.signedUnit(), List.of(Matrix.of(1, 3, new float[] {-2, 0, 3})));
        assertThat(legend).isEqualTo(new Legend("Effect", Scale.signedUnit(), Set.of(CellState.VALUE), 1, 1));
        assertThat(legend.draw(Theme.LIGHT, 240).texts()).contains("beyond \u00b11 (2 cells)", "0")
                .doesNotContain("future (masked)", "not a number");
    }

    @Test
    void labelsMustFitTheMatrix() {
        assertThatThrownBy(() -> Heatmap.attention("t", "", List.of("a"), Samples.attention(), Scale.absolute()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFocusedHeadIsRinged() {
        HeadGrid grid = Samples.grid(2, 2, Samples.attention(), Samples.TOKENS);
        long plain = grid.draw(Theme.LIGHT).marks().size();
        assertThat(grid.withFocus(new Head(1, 0)).draw(Theme.LIGHT).marks()).hasSize((int) plain + 1);
    }

    @Test
    void anArrowLeadsFromAHeadToALaterOne() {
        HeadGrid grid = Samples.grid(2, 2, Samples.attention(), Samples.TOKENS);
        HeadArrow arrow = new HeadArrow(new Head(0, 1), new Head(1, 0), "k +12.3 %", 0.5f, Scale.signedUnit());
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            Drawing drawn = grid.withArrow("All heads. A path", arrow).draw(theme);
            assertThat(drawn.texts()).contains("All heads. A path", "k +12.3 %");
            assertThat(drawn.marks()).filteredOn(Mark.Box.class::isInstance)
                .extracting(mark -> ((Mark.Box) mark).fill()).contains(theme.shading(Scale.signedUnit()).argb(0.5f, 1));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> grid.withArrow("", new HeadArrow(new Head(0, 1),
            new Head(2, 0), "", 0, Scale.signedUnit())));
    }
}
