package org.headscope.window.promptbar;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A clean and a corrupt prompt that stand together on the clipboard. Spaces count, since they belong to tokens. */
record PastedPair(String clean, String corrupt) {

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    /**
     * A pair that is written one prompt a line, or in two cells of a table; empty for any other text.
     *
     * @param text with line breaks of any kind
     */
    static Optional<PastedPair> of(String text) {
        List<String> lines = filled(LINE_BREAK.split(text));
        List<String> prompts = lines.size() == 1 ? filled(lines.get(0).split("\t")) : lines;
        return prompts.size() == 2 && prompts.stream().noneMatch(prompt -> prompt.contains("\t"))
            ? Optional.of(new PastedPair(prompts.get(0), prompts.get(1))) : Optional.empty();
    }

    private static List<String> filled(String[] texts) {
        return List.of(texts).stream().filter(text -> !text.isBlank()).toList();
    }
}
