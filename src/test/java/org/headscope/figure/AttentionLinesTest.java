package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.headscope.figure.AttentionLines.Side;
import org.junit.jupiter.api.Test;

class AttentionLinesTest {

    private static final List<String> TOKENS = List.of("BOS", "a", "·b");
    private static final Matrix MATRIX = Matrix.attention(3, new float[] {1, 0, 0, 0.25f, 0.75f, 0, 0, 0.4f, 0.6f}, 0);
    private static final double WIDTH = 640;

    private static AttentionLines lines(Scale scale, Optional<Side> only, String... heads) {
        return new AttentionLines("lines", "", TOKENS, Stream.of(heads).map(head -> new NamedMap(head, MATRIX)).toList(),
            scale, "Attention", only);
    }

    private static List<Mark.Path> paths(List<Mark> marks) {
        return marks.stream().filter(Mark.Path.class::isInstance).map(Mark.Path.class::cast).toList();
    }

    @Test
    void everyAttentionThatIsNotFaintIsALineAsStrongAsItsValue() {
        List<Mark.Path> paths = paths(lines(Scale.absolute(), Optional.empty(), "L0H0").marks(Theme.LIGHT, WIDTH));

        assertThat(paths).hasSize(5);
        assertThat(paths).extracting(path -> Rgb.lightness(path.stroke())).as("the faintest lie below")
            .isSortedAccordingTo(Collections.reverseOrder());
        assertThat(paths.get(4).stroke()).isEqualTo(Theme.LIGHT.accent());
    }

    @Test
    void oneTokensLinesAreItsOwn() {
        List<Mark.Path> query = paths(lines(Scale.absolute(), Optional.of(new Side(true, 1)), "L0H0")
            .marks(Theme.LIGHT, WIDTH));
        List<Mark.Path> key = paths(lines(Scale.absolute(), Optional.of(new Side(false, 1)), "L0H0")
            .marks(Theme.LIGHT, WIDTH));

        assertThat(query).hasSize(2).extracting(path -> path.points().get(0).y()).containsOnly(28 + 1.5 * 24);
        assertThat(key).hasSize(2).extracting(path -> path.points().get(1).y()).containsOnly(28 + 1.5 * 24);
        assertThat(lines(Scale.absolute(), Optional.of(new Side(true, 3)), "L0H0").only()).isEmpty();
    }

    @Test
    void severalHeadsAreToldApartByDashesAndNames() {
        Drawing drawing = lines(Scale.absolute(), Optional.of(new Side(true, 0)), "L0H0", "L1H2").draw(Theme.DARK);

        assertThat(drawing.texts()).contains("L0H0", "L1H2", "Attention, as strength of the line");
        assertThat(paths(drawing.marks()).stream().map(Mark.Path::stroke).distinct().count())
            .isGreaterThanOrEqualTo(2);
        assertThatThrownBy(() -> lines(Scale.absolute(), Optional.empty(), "1", "2", "3", "4"))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signedValuesShowByTheirUpperHalf() {
        Matrix scores = Matrix.attention(2, new float[] {-4, 0, 2, 4}, 0);
        AttentionLines lines = new AttentionLines("scores", "", TOKENS.subList(0, 2), List.of(new NamedMap("L0H0",
            scores)), Scale.signed(4), "Scores", Optional.empty());

        assertThat(paths(lines.marks(Theme.LIGHT, WIDTH))).hasSize(2);
    }

    @Test
    void aTokenIsFoundWhereItStands() {
        AttentionLines lines = lines(Scale.absolute(), Optional.empty(), "L0H0");

        assertThat(lines.at(40, 28 + 30, WIDTH)).contains(new Side(true, 1));
        assertThat(lines.at(600, 28 + 70, WIDTH)).contains(new Side(false, 2));
        assertThat(lines.at(320, 60, WIDTH)).isEmpty();
        assertThat(lines.at(40, 10, WIDTH)).isEmpty();
        assertThat(lines.at(40, 28 + 73, WIDTH)).isEmpty();
        assertThat(lines.words(new Side(false, 1))).isEqualTo("a (1); L0H0 is most attended by a (1), 0.75");
    }

    @Test
    void longPromptsStayWithinWhatCanBeDrawn() {
        int tokens = 1024;
        AttentionLines lines = new AttentionLines("long", "", Collections.nCopies(tokens, "x"), List.of(
            new NamedMap("L0H0", Matrix.pending(tokens))), Scale.absolute(), "Attention", Optional.empty());

        assertThat(lines.height()).isLessThan(8000);
        assertThat(lines.marks(Theme.LIGHT, WIDTH)).as("labels do not overlap").hasSizeLessThan(2 * tokens / 2 + 10);
    }

    @Test
    void tablesHoldEveryValueOfTheLinesShown() {
        assertThat(lines(Scale.absolute(), Optional.empty(), "L0H0").table()).hasSize(1 + 6)
            .contains(List.of("L0H0", "2", "·b", "0", "BOS", "0.0"));
        assertThat(lines(Scale.absolute(), Optional.of(new Side(true, 2)), "L0H0").table()).hasSize(1 + 3);
    }

    @Test
    void theTextTellsBothDirections() {
        AttentionText text = new AttentionText("text", "of a prompt", TOKENS, MATRIX, Scale.absolute(), "Attention", 1);

        assertThat(text.table()).containsExactly(List.of("position", "token", "relation to a (1)", "value"),
            List.of("0", "BOS", "attended to", "0.25"), List.of("1", "a", "itself", "0.75"),
            List.of("2", "·b", "attends to it", "0.4"));
        assertThat(text.draw(Theme.LIGHT).texts()).contains("text", "of a prompt", "a", "0.25", "0.75", "0.40");
    }
}
