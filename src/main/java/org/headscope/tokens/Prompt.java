package org.headscope.tokens;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A text and the tokens that a model reads for it. Immutable, equal by content.
 *
 * @param text the text, without a prepended BOS; for a prompt made of ids, what the ids decode to
 * @param bos whether the first token was prepended and stands for none of the text
 * @param tokens at least one token, in order; the index of each is its place in this list
 */
public record Prompt(String text, boolean bos, List<Token> tokens) {

    public Prompt {
        Objects.requireNonNull(text, "text");
        tokens = List.copyOf(tokens);
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("A prompt has at least one token");
        }
    }

    /** The ids, one a position: a new array. */
    public int[] ids() {
        return tokens.stream().mapToInt(Token::id).toArray();
    }

    /** How many tokens there are, a prepended BOS included. */
    public int size() {
        return tokens.size();
    }

    /** What each token reads alone, one a position. */
    public List<String> texts() {
        return tokens.stream().map(Token::text).toList();
    }

    /** What axes and chips call each token: {@link Token#label}, and {@code BOS} for a prepended one. */
    public List<String> labels() {
        return tokens.stream().map(this::label).toList();
    }

    /** What one of this prompt's tokens is called. */
    public String label(Token token) {
        return bos && token.index() == 0 ? "BOS" : token.label();
    }

    /**
     * The first position at which the two prompts have different ids, the length of the shorter one if it begins the
     * longer one, or -1 if all ids are the same. A causal model computes the same values before that position.
     */
    public int firstDifference(Prompt other) {
        int common = Math.min(size(), other.size());
        for (int i = 0; i < common; i++) {
            if (tokens.get(i).id() != other.tokens.get(i).id()) {
                return i;
            }
        }
        return size() == other.size() ? -1 : common;
    }

    /**
     * Positions whose texts are equal but for one leading space or case while their ids differ, each with the nearest
     * such position before it, in order of the later one. A prepended BOS, parts of characters and tokens of nothing
     * but one space take no part.
     */
    public List<NearRepeat> nearRepeats() {
        List<NearRepeat> pairs = new ArrayList<>();
        Map<String, Map<Integer, Integer>> lastPositions = new HashMap<>();
        for (int i = bos ? 1 : 0; i < size(); i++) {
            Token token = tokens.get(i);
            String bare = bare(token.text());
            if (bare.isEmpty() || bare.indexOf('\uFFFD') >= 0) {
                continue;
            }
            Map<Integer, Integer> lastById = lastPositions.computeIfAbsent(bare, key -> new HashMap<>());
            int nearest = -1;
            for (Map.Entry<Integer, Integer> last : lastById.entrySet()) {
                if (last.getKey() != token.id()) {
                    nearest = Math.max(nearest, last.getValue());
                }
            }
            if (nearest >= 0) {
                pairs.add(new NearRepeat(nearest, i));
            }
            lastById.put(token.id(), i);
        }
        return List.copyOf(pairs);
    }

    /**
     * One number a position, the same for tokens that {@link #nearRepeats} says read alike, and for equal tokens: what
     * a detector compares instead of ids where it is to see such repetitions. A new array.
     */
    public int[] idsOfAlike() {
        int[] ids = ids();
        Map<String, Integer> firstIds = new HashMap<>();
        for (int i = bos ? 1 : 0; i < size(); i++) {
            String bare = bare(tokens.get(i).text());
            if (!bare.isEmpty() && bare.indexOf('\uFFFD') < 0) {
                firstIds.putIfAbsent(bare, ids[i]);
                ids[i] = firstIds.get(bare);
            }
        }
        return ids;
    }

    private static String bare(String text) {
        return (text.startsWith(" ") ? text.substring(1) : text).toLowerCase(Locale.ROOT);
    }
}
