package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptListTest {

    private static final int LONGEST = 6;

    @TempDir
    private Path folder;

    /** A prompt with a token a character. */
    private static Prompt prompt(String text) {
        if (text.contains("?")) {
            throw new Refusal("that cannot be read.");
        }
        return new Prompt(text, false, SweepPrompts.of(text.chars().toArray()).tokens());
    }

    private List<String> read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("prompts.txt"), bytes);
        return PromptList.read(file, PromptListTest::prompt, LONGEST).stream().map(Prompt::text).toList();
    }

    private List<String> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyLineIsAPromptWithItsBlanks() throws IOException {
        assertThat(read("one\n\r\n two \r\n   \nüß")).containsExactly("one", " two ", "üß");
        assertThat(read("\uFEFFone\n")).containsExactly("one");
    }

    @Test
    void aBadLineIsNamedByItsNumber() {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read("one\n\nseventh\n"))
            .withMessage("prompts.txt, line 3: the prompt has 7 tokens, but this model reads at most 6; shorten it.");
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read("one\nwhat?\n"))
            .withMessage("prompts.txt, line 2: that cannot be read.");
    }

    @Test
    void aFileWithoutPromptsIsRefused() {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read(" \n\n")).withMessageContaining("no prompts");
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read(new byte[] {(byte) 0xff, 'a'}))
            .withMessageContaining("UTF-8");
        assertThatExceptionOfType(Refusal.class).isThrownBy(
            () -> PromptList.read(folder.resolve("no.txt"), PromptListTest::prompt, LONGEST))
            .withMessageContaining("cannot be read");
        assertThatExceptionOfType(Refusal.class).isThrownBy(
            () -> PromptList.read(folder, PromptListTest::prompt, LONGEST)).withMessageContaining("cannot be read");
    }
}
