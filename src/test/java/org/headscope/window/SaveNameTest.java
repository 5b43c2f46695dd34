package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaveNameTest {

    private final List<String> suggested = new ArrayList<>();

    @TempDir
    private Path folder;

    /** Where somebody saves who types these names one after another, until the dialog is closed. */
    private Optional<Path> choose(String ending, String... typed) {
        Deque<String> names = new ArrayDeque<>(Stream.of(typed).toList());
        return new SaveName(List.of(".png", ".svg"), name -> {
            suggested.add(name);
            return Optional.ofNullable(names.poll()).map(text -> new SaveName.Answer(folder.resolve(text), ending));
        }).choose("L1H0.png");
    }

    @ParameterizedTest
    @CsvSource({"figure,.png,figure.png", "figure,.svg,figure.svg", "fig.1,.png,fig.1.png",
        "figure.svg,.png,figure.svg", "FIGURE.PNG,.png,FIGURE.PNG"})
    void namesEndInWhatTheFileIs(String typed, String ending, String expected) {
        assertThat(choose(ending, typed)).contains(folder.resolve(expected));
        assertThat(suggested).containsExactly("L1H0.png");
    }

    @Test
    void aFileThatTheDialogDidNotAskAboutIsNotReplacedUnasked() throws IOException {
        Files.createFile(folder.resolve("figure.png"));

        assertThat(choose(".png", "figure")).isEmpty();
        assertThat(suggested).containsExactly("L1H0.png", "figure.png");
    }

    @Test
    void aWholeNameHasBeenAskedAbout() throws IOException {
        Files.createFile(folder.resolve("figure.png"));

        assertThat(choose(".png", "figure", "figure.png")).contains(folder.resolve("figure.png"));
        assertThat(choose(".png", "figure", "other")).contains(folder.resolve("other.png"));
    }

    @Test
    void whoThinksBetterOfItSavesNothing() {
        assertThat(choose(".png")).isEmpty();
    }
}
