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

    /** @param limit the most tokens that the model takes */
    static Reading of(Tokenizer tokenizer, String text, boolean bos, int limit) {
        try {
            Prompt prompt = tokenizer.prompt(text, bos);
            String problem = prompt.size() <= limit ? ""
                : "%,d tokens, but this model reads at most %,d; shorten the prompt by %,d."
                    .formatted(prompt.size(), limit, prompt.size() - limit);
            return new Reading(Optional.of(prompt), problem);
        } catch (Refusal e) {
            return new Reading(Optional.empty(), e.getMessage());
        }
    }

    public boolean isReadable() {
        return prompt.isPresent() && problem.isEmpty();
    }

    public int size() {
        return prompt.map(Prompt::size).orElse(0);
    }
}
