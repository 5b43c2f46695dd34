package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AboutTest {

    private static final String LONG = Stream.generate(() -> "word").limit(22).collect(Collectors.joining(" "));

    @Test
    void sentencesThatTheFileBreaksGoOn() {
        assertThat(About.flowing(LONG + "\nends here.\n\nNew.")).isEqualTo(LONG + " ends here.\n\nNew.");
    }

    @Test
    void whatIsIndentedBelongsToTheLineAbove() {
        assertThat(About.flowing("Works\n  Inter   Licence\n          Copyright\n  Other  " + LONG
            + "\n          https://one.org\n  Third  " + LONG + "\n          and more"))
            .isEqualTo("Works\n  Inter   Licence, Copyright\n  Other  " + LONG + ", https://one.org\n  Third  " + LONG
                + " and more");
    }
}
