package org.headscope.command;

import java.util.Locale;
import java.util.stream.Collectors;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;

/** Values as people read them. */
final class Text {

    private static final int SHOWN_TOKENS = 32;
    private static final int SHOWN_CHARACTERS = 40;

    private Text() {
    }

    /** Three decimals: logits and scores. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** Four decimals: probabilities. */
    static String probability(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** The tokens with their spaces visible, of a long prompt the first ones. */
    static String tokens(Prompt prompt) {
        String shown = prompt.tokens().stream().limit(SHOWN_TOKENS).map(Token::label).collect(Collectors.joining(" "));
        String count = prompt.size() == 1 ? "1 token" : "%,d tokens".formatted(prompt.size());
        return shown + (prompt.size() > SHOWN_TOKENS ? " …" : "") + "  (" + count + ")";
    }

    /** What a person typed, on one line and short enough for a sentence. */
    static String shortened(String typed) {
        String line = typed.replaceAll("\\p{Cntrl}", " ");
        return line.codePointCount(0, line.length()) <= SHOWN_CHARACTERS ? line
            : line.substring(0, line.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "…";
    }
}
