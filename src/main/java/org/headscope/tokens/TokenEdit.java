package org.headscope.tokens;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A prompt in which the text of one token is replaced, read again as a whole: what stands beside a text may change how
 * it is split.
 *
 * @param before the prompt as it was
 * @param position of the token whose text was replaced
 * @param after the prompt as it is then read
 * @param pieces the new text alone; empty where the token was taken out
 * @param keepsNeighbours whether all other tokens stay as they were and the new text is split as it is alone
 */
public record TokenEdit(Prompt before, int position, Prompt after, List<Token> pieces, boolean keepsNeighbours) {

    /** At most this many tokens are named in a sentence. */
    private static final int NAMED = 6;

    public TokenEdit {
        pieces = List.copyOf(pieces);
    }

    /**
     * Replaces the text of one token; an empty text takes it out. Takes as long as reading the prompt.
     *
     * @throws PromptRefusal if nothing would be left, or the token cannot be replaced by itself: a prepended BOS, or a
     *     part of a character
     */
    public static TokenEdit replace(Tokenizer tokenizer, Prompt prompt, int position, String text) {
        check(prompt, position);
        Token old = prompt.tokens().get(position);
        String whole = prompt.text().substring(0, old.start()) + text + prompt.text().substring(old.end());
        Prompt after = tokenizer.prompt(whole, prompt.bos());
        List<Token> pieces = text.isEmpty() ? List.of() : tokenizer.prompt(text, false).tokens();
        int[] ids = prompt.ids();
        int[] expected = IntStream.concat(Arrays.stream(ids, 0, position), IntStream.concat(
            pieces.stream().mapToInt(Token::id), Arrays.stream(ids, position + 1, ids.length))).toArray();
        return new TokenEdit(prompt, position, after, pieces, Arrays.equals(expected, after.ids()));
    }

    private static void check(Prompt prompt, int position) {
        if (prompt.bos() && position == 0) {
            throw new PromptRefusal("BOS is none of the text: turn it off to take it out.");
        }
        Token token = prompt.tokens().get(position);
        boolean shared = position > 0 && prompt.tokens().get(position - 1).end() > token.start()
            || position + 1 < prompt.size() && prompt.tokens().get(position + 1).start() < token.end();
        if (shared || token.start() == token.end()) {
            throw new PromptRefusal("“%s” is a part of a character: edit the text of the prompt instead."
                .formatted(token.label()));
        }
    }

    /** Whether exactly this one token becomes one other, so that the prompts keep their lengths. */
    public boolean isOneForOne() {
        return keepsNeighbours && pieces.size() == 1;
    }

    /** What would become of the prompt, in one sentence; empty where one token takes the place of one. */
    public String consequence() {
        if (isOneForOne()) {
            return "";
        }
        if (!keepsNeighbours) {
            return "Beside its neighbours this is read as %s: the prompt then has %s."
                .formatted(labels(changed()), tokens(after.size()));
        }
        return pieces.isEmpty() ? "The prompt then has %s.".formatted(tokens(after.size()))
            : "This is %s, %s: the prompt then has %s.".formatted(tokens(pieces.size()), labels(pieces),
                tokens(after.size()));
    }

    private static String tokens(int count) {
        return count == 1 ? "1 token" : "%,d tokens".formatted(count);
    }

    private static String labels(List<Token> tokens) {
        String named = tokens.stream().limit(NAMED).map(token -> "“" + token.label() + "”")
            .collect(Collectors.joining(" + "));
        return tokens.size() > NAMED ? named + " + …" : named;
    }

    /** The tokens after the edit that are not those before it, from the first to the last. */
    private List<Token> changed() {
        int[] old = before.ids();
        int[] now = after.ids();
        int most = Math.min(old.length, now.length);
        int start = 0;
        while (start < most && old[start] == now[start]) {
            start++;
        }
        int end = 0;
        while (end < most - start && old[old.length - 1 - end] == now[now.length - 1 - end]) {
            end++;
        }
        return after.tokens().subList(start, now.length - end);
    }
}
