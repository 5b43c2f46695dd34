package org.headscope.window.finder;

import java.util.Locale;
import java.util.OptionalInt;

/** How well what somebody writes fits a name: each word may be cut short, or leave letters out. */
final class Fuzzy {

    private static final int WORD_BEGINS = 100;
    private static final int WITHIN = 60;
    private static final int LETTERS = 20;

    private Fuzzy() {
    }

    /** The higher the better; empty where a word of the query has nothing in the text. */
    static OptionalInt score(String query, String text) {
        String in = text.toLowerCase(Locale.ROOT);
        int sum = 0;
        for (String word : query.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
            int score = scoreOfWord(word, in);
            if (score == 0) {
                return OptionalInt.empty();
            }
            sum += score;
        }
        return OptionalInt.of(sum);
    }

    private static int scoreOfWord(String word, String text) {
        int at = text.indexOf(word);
        while (at >= 0) {
            if (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) {
                return at == 0 ? WORD_BEGINS + 1 : WORD_BEGINS;
            }
            at = text.indexOf(word, at + 1);
        }
        return text.contains(word) ? WITHIN : scoreOfLetters(word, text);
    }

    /** Letters in their order with others between; the closer together the better, and none that are far apart. */
    private static int scoreOfLetters(String word, String text) {
        int first = text.indexOf(word.charAt(0));
        int at = first;
        for (int i = 1; at >= 0 && i < word.length(); i++) {
            at = text.indexOf(word.charAt(i), at + 1);
        }
        int between = at - first + 1 - word.length();
        return at < 0 || word.length() < 2 || between > word.length() ? 0 : Math.max(1, LETTERS - between);
    }
}
