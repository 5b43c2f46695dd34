package org.headscope.patching;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;

/** Reads prompts from a file of plain text, one a line. */
public final class PromptList {

    private PromptList() {
    }

    /**
     * Reads UTF-8. Blanks count, since they belong to tokens; lines with nothing else in them do not.
     *
     * @param prompt makes a prompt of the text of a line
     * @param longest how many tokens the model reads
     * @return at least one prompt
     * @throws Refusal naming the line that is wrong, and how
     */
    public static List<Prompt> read(Path file, Function<String, Prompt> prompt, int longest) {
        List<String> lines = lines(file);
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                prompts.add(prompt(lines.get(i), prompt, longest, file.getFileName() + ", line " + (i + 1)));
            }
        }
        if (prompts.isEmpty()) {
            throw new ExperimentRefusal("%s holds no prompts; write one on each line.".formatted(file));
        }
        return List.copyOf(prompts);
    }

    private static List<String> lines(Path file) {
        try {
            String text = Files.readString(file);
            // Some editors begin UTF-8 with a mark that belongs to no prompt.
            return (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
        } catch (CharacterCodingException e) {
            throw new ExperimentRefusal("%s is no text in UTF-8; save it as that.".formatted(file));
        } catch (IOException e) {
            throw new ExperimentRefusal("%s cannot be read; name a text file with a prompt on each line."
                .formatted(file));
        }
    }

    private static Prompt prompt(String line, Function<String, Prompt> prompt, int longest, String where) {
        Prompt made;
        try {
            made = prompt.apply(line);
        } catch (Refusal e) {
            throw new Refusal("%s: %s".formatted(where, e.getMessage()), e);
        }
        if (made.size() > longest) {
            throw new ExperimentRefusal("%s: the prompt has %,d tokens, but this model reads at most %,d; shorten it."
                .formatted(where, made.size(), longest));
        }
        return made;
    }
}
