package org.headscope.patching;

import java.util.ArrayList;
import java.util.List;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;

/** Prompts of bare ids, for sweeps, which read nothing else of a prompt. */
final class SweepPrompts {

    private SweepPrompts() {
    }

    static Prompt of(int... ids) {
        List<Token> tokens = new ArrayList<>();
        for (int id : ids) {
            tokens.add(new Token(tokens.size(), id, "", new byte[0], 0, 0));
        }
        return new Prompt("", false, tokens);
    }
}
