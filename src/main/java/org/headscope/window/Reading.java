package org.headscope.window;

import java.util.Optional;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Tokenizer;

/**
 * What a text came to: its tokens, and what keeps the model from reading them.
 *
 * @param prompt empty where the text has no tokens
 * @param problem one sentence; empty where there is none
 */
public record Reading(Optional<Prompt> prompt, String problem) {

    /** Of a prompt that is left out. */
    public static final Reading NOTHING = new Reading(Optional.empty(), "");

    /**
     * @param limit the most tokens that the model reads
     * @param room the most that there is memory for
     */
    static Reading of(Tokenizer tokenizer, String text, boolean bos, int limit, int room) {
        try {
            Prompt prompt = tokenizer.prompt(text, bos);
            return new Reading(Optional.of(prompt), problem(prompt.size(), limit, room));
        } catch (Refusal e) {
            return new Reading(Optional.empty(), e.getMessage());
        }
    }

    private static String problem(int size, int limit, int room) {
        if (size > limit) {
            return "%,d tokens, but this model reads at most %,d; shorten the prompt by %,d.".formatted(size, limit,
                size - limit);
        }
        if (size > room) {
            return room == 0 ? "The memory budget leaves no room to run this model; raise it under Preferences, Memory."
                : ("%,d tokens, but the memory budget has room for %,d; shorten the prompt, or raise it under "
                    + "Preferences, Memory.").formatted(size, room);
        }
        return "";
    }

    public boolean isReadable() {
        return prompt.isPresent() && problem.isEmpty();
    }

    public int size() {
        return prompt.map(Prompt::size).orElse(0);
    }
}
