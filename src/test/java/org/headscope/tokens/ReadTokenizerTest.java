package org.headscope.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.headscope.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which native tokenizers there are. Each test has files of its own, which nobody else in this process opens. */
class ReadTokenizerTest {

    @TempDir
    private Path folder;

    /** The same tokens in another file for each number. */
    private TokenizerFiles file(int number) {
        try {
            Path json = Files.copy(Fixture.TINY.model().path().resolve("tokenizer.json"),
                folder.resolve("tokenizer.json"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(json, "\n".repeat(number), StandardOpenOption.APPEND);
            return TokenizerFiles.find(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theSameFileIsReadOnce() {
        ReadTokenizer first = ReadTokenizer.of(file(1));
        ReadTokenizer second = ReadTokenizer.of(file(1));
        first.release();
        second.release();
        ReadTokenizer third = ReadTokenizer.of(file(1));

        assertThat(second).isSameAs(first);
        assertThat(third).isSameAs(first);
        assertThat(first.library().isReleased()).isFalse();
        third.release();
    }

    @Test
    void whatNobodyUsesIsFreedOnceAnotherIsRead() {
        ReadTokenizer first = ReadTokenizer.of(file(2));
        first.release();
        ReadTokenizer another = ReadTokenizer.of(file(3));

        assertThat(another).isNotSameAs(first);
        assertThat(first.library().isReleased()).isTrue();
        assertThat(another.library().isReleased()).isFalse();
        another.release();
    }

    @Test
    void whatIsInUseWhenAnotherIsReadIsFreedByItsLastUser() {
        ReadTokenizer first = ReadTokenizer.of(file(4));
        ReadTokenizer.of(file(4));
        ReadTokenizer.of(file(5)).release();

        first.release();
        assertThat(first.library().isReleased()).isFalse();
        first.release();
        assertThat(first.library().isReleased()).isTrue();
    }
}
