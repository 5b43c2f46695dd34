package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class HeadingTest {

    private static final double WIDTH = 280;
    private static final String MODEL = "Model demo, TransformerLens processing";

    private static List<String> wrapped(String text) {
        List<String> lines = Heading.wrapped(text, Sketch.LABEL, WIDTH);
        assertThat(lines).allSatisfy(line ->
            assertThat(Typeface.width(line, Sketch.LABEL)).isLessThanOrEqualTo(WIDTH));
        return lines;
    }

    @Test
    void whatFitsIsWhole() {
        String caption = "“Tom went to the store. Tom”. " + MODEL;
        assertThat(wrapped(caption)).hasSizeBetween(1, 3)
            .satisfies(lines -> assertThat(String.join(" ", lines)).isEqualTo(caption));
        assertThat(wrapped(" ")).isEmpty();
    }

    @Test
    void longPromptsLeaveRoomForTheModel() {
        String prompt = "When Mary and John went to the store, John gave a drink to ".repeat(3);
        List<String> lines = wrapped("Clean “%s”, corrupt “%s”. ".formatted(prompt, prompt) + MODEL);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("Clean “When Mary");
        assertThat(lines.get(2)).startsWith("… ").endsWith(MODEL);
    }

    @Test
    void oneLongWordIsCut() {
        assertThat(wrapped("x".repeat(5000) + " " + MODEL)).hasSize(2).last().isEqualTo(MODEL);
        assertThat(wrapped("y ".repeat(300) + "x".repeat(5000))).hasSize(3).last().asString().endsWith("…");
    }

    @Test
    void aWholeBookIsNoHurdle() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () ->
            assertThatCode(() -> wrapped("the cat sat on a mat ".repeat(50_000) + MODEL)).doesNotThrowAnyException());
    }
}
