package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.figure.Page.Part;
import org.headscope.figure.Page.Slant;
import org.headscope.model.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures that are fitted to a width, with text of a size. */
class PageTest {

    private static final double MILLIMETRE = 96 / 25.4;
    private static final double[] WIDTHS = {85 * MILLIMETRE, 114 * MILLIMETRE, 254 * MILLIMETRE};
    /** Labels of 6 and 12 points. */
    private static final double[] TEXT = {0.8, 1.6};

    static Stream<Picture> pictures() {
        return Stream.concat(FigureTest.figures(), charts());
    }

    private static Stream<Picture> charts() {
        List<List<String>> texts = IntStream.range(0, 13).mapToObj(row -> Samples.tokens(20)).toList();
        Matrix shares = Matrix.of(13, 20, new float[260]);
        return Stream.of(
            new TokenGrid("Logit lens", "demo", Axis.layers(13), Axis.positions(Samples.tokens(20)), texts, shares,
                TokenGrid.Ink.PROBABILITY, "Probability", Set.of(new Cell(2, 3))),
            new TokenGrid("Logit lens", "demo", Axis.layers(13), Axis.positions(Samples.tokens(20)), texts, shares,
                TokenGrid.Ink.RANK, "Rank", Set.of()),
            new RankLines("Ranks", "demo", Axis.layers(13), List.of(new RankLines.Line("\u00b7Tom",
                IntStream.range(0, 13).boxed().toList())), 50257),
            new AttentionLines("Lines", "demo", Samples.tokens(12), List.of(new NamedMap("L0H0", Samples.even(12))),
                Scale.absolute(), "Attention", Optional.empty()),
            new AttentionText("Text", "demo", Samples.tokens(12), Samples.even(12), Scale.absolute(), "Attention", 3),
            new Bars("Attribution", "demo", List.of(new Bars.Bar("0_attn_out", 1.5, false),
                new Bars.Bar("0_mlp_out", -0.5, false), new Bars.Bar("bias", 0.1, true)), "for", "against"));
    }

    private static Page page(Theme theme, double width, double scale, Slant slant) {
        return new Page(theme, width, scale, slant, EnumSet.allOf(Part.class));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void inEveryWidthNoTextIsCutOffAndNoTwoOverlap(Picture picture) {
        for (double width : WIDTHS) {
            for (double scale : TEXT) {
                Drawing drawing = picture.draw(page(Theme.LIGHT, width, scale, Slant.FITTING));
                assertThat(drawing.width()).isEqualTo(width);
                assertReadable(drawing, "%.0f mm, %.1f points".formatted(width / MILLIMETRE, 7.5 * scale));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void labelsOfEverySlantKeepApart(Slant slant) {
        FigureTest.figures().forEach(figure -> {
            assertReadable(figure.draw(page(Theme.LIGHT, 0, 1, slant)), slant + ", " + figure.title());
            assertReadable(figure.draw(page(Theme.LIGHT, WIDTHS[0], 1, slant)), slant + ", " + figure.title());
        });
    }

    private static void assertReadable(Drawing drawing, String what) {
        Rectangle2D sheet = new Rectangle2D.Double(0, 0, drawing.width(), drawing.height());
        List<Area> boxes = new ArrayList<>();
        for (Mark mark : drawing.marks()) {
            if (mark instanceof Mark.Text text) {
                Area box = box(text);
                assertThat(sheet.contains(box.getBounds2D()) || box.isEmpty()).as(what + ": " + text).isTrue();
                boxes.forEach(other -> assertThat(touch(box, other)).as(what + ": " + text).isFalse());
                boxes.add(box);
            }
        }
    }

    private static boolean touch(Area box, Area other) {
        if (!box.getBounds2D().intersects(other.getBounds2D())) {
            return false;
        }
        Area both = new Area(box);
        both.intersect(other);
        return !both.isEmpty();
    }

    private static Area box(Mark.Text text) {
        double width = Typeface.width(text.content(), text.font());
        AffineTransform place = AffineTransform.getTranslateInstance(text.x(), text.y());
        place.rotate(-Math.toRadians(text.rise()));
        place.translate(switch (text.anchor()) {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        }, 0);
        double height = text.font().size() * Typeface.CAP_HEIGHT;
        return new Area(place.createTransformedShape(new Rectangle2D.Double(0, -height, width, height)));
    }

    @Test
    void textKeepsItsSizeWhateverTheWidth() {
        for (double width : WIDTHS) {
            Drawing drawing = Samples.triptych().draw(page(Theme.LIGHT, width, 8 / 7.5, Slant.FITTING));
            assertThat(drawing.marks()).filteredOn(mark -> mark instanceof Mark.Text text
                && text.content().equals("Tom")).isNotEmpty().allSatisfy(mark ->
                // 8 points of 1/72 inch in units of 1/96 inch.
                assertThat(((Mark.Text) mark).font().size()).isCloseTo(8 * 96 / 72.0,
                    offset(1e-9)));
        }
    }

    @Test
    void aNarrowTriptychStandsBelowItself() {
        Drawing narrow = Samples.triptych().draw(page(Theme.LIGHT, WIDTHS[0], 1, Slant.FITTING));
        Drawing wide = Samples.triptych().draw(page(Theme.LIGHT, WIDTHS[2], 1, Slant.FITTING));
        assertThat(narrow.height()).isGreaterThan(2 * narrow.width());
        assertThat(wide.height()).isLessThan(wide.width());
        assertThat(narrow.texts()).containsAll(wide.texts().stream().filter(text -> text.startsWith("C")).toList());
    }

    @Test
    void labelsAreTurnedAsThePageWants() {
        Heatmap heatmap = Samples.heatmap();
        assertThat(rises(heatmap.draw(page(Theme.LIGHT, 0, 1, Slant.RISING)))).containsExactly(0, 45, 90);
        assertThat(rises(heatmap.draw(page(Theme.LIGHT, 0, 1, Slant.LEVEL)))).containsExactly(0, 90);
    }

    /** The axis title beside the rows is always upright. */
    private static List<Integer> rises(Drawing drawing) {
        return drawing.marks().stream().filter(Mark.Text.class::isInstance).map(mark -> ((Mark.Text) mark).rise())
            .distinct().sorted().toList();
    }

    @Test
    void partsCanBeLeftOut() {
        Figure figure = Samples.heatmap().withSelected(new Cell(3, 1));
        assertThat(texts(figure, EnumSet.allOf(Part.class))).contains("L4H1 attention pattern", "absolute",
            "Ringed: \u00b7home (3) \u2192 Tom (1): 1");
        assertThat(texts(figure, EnumSet.of(Part.LEGEND))).contains("absolute")
            .doesNotContain("L4H1 attention pattern", "Ringed: \u00b7home (3) \u2192 Tom (1): 1");
        assertThat(texts(figure, EnumSet.noneOf(Part.class))).doesNotContain("absolute").contains("Tom");

        int bare = marks(figure, EnumSet.of(Part.LEGEND));
        assertThat(marks(figure, EnumSet.of(Part.LEGEND, Part.CROSSHAIR))).isEqualTo(bare + 2);
        assertThat(marks(figure, EnumSet.of(Part.LEGEND, Part.RING))).isEqualTo(bare + 3);
    }

    @Test
    void aGridWithoutMarksRingsNoHead() {
        HeadGrid grid = Samples.grid(2, 2, Samples.attention(), Samples.TOKENS);
        Page page = new Page(Theme.LIGHT, 0, 1, Slant.FITTING, EnumSet.of(Part.LEGEND, Part.HEADING));
        assertThat(grid.withFocus(new Head(1, 0)).draw(page).marks()).hasSameSizeAs(grid.draw(page).marks());
    }

    private static List<String> texts(Figure figure, Set<Part> parts) {
        return figure.draw(new Page(Theme.LIGHT, 0, 1, Slant.FITTING, parts)).texts();
    }

    private static int marks(Figure figure, Set<Part> parts) {
        return figure.draw(new Page(Theme.LIGHT, 0, 1, Slant.FITTING, parts)).marks().size();
    }

    @Test
    void aPageThatHoldsNothingIsNoPage() {
        assertThatThrownBy(() -> page(Theme.LIGHT, 100, 1, Slant.FITTING)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> page(Theme.LIGHT, 200, 3, Slant.FITTING)).isInstanceOf(IllegalArgumentException.class);
    }
}
