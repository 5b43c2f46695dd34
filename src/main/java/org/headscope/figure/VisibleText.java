package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;

/** Tokens made visible: what a label shows where the text alone would show nothing. */
public final class VisibleText {

    /** What stands for the token at the beginning of a prompt. */
    public static final String BOS = "BOS";
    /** What stands for a token without any text. */
    public static final String EMPTY = "\u2205";

    private static final String END_OF_TEXT = "<|endoftext|>";
    private static final String ELLIPSIS = "\u2026";
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int ZERO_WIDTH_JOINER = 0x200d;
    private static final int NO_BREAK_SPACE = 0xa0;

    private VisibleText() {
    }

    /**
     * A token's text with spaces as {@code ·}, newline as {@code ↵}, tab as {@code ⇥}, other control characters as
     * their symbols ({@code ␀}), and invisible formatting characters, which could turn a label around, by number.
     */
    public static String of(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(point -> append(visible, point));
        return visible.toString();
    }

    /** The labels of a prompt's tokens; an {@code <|endoftext|>} in front is shown as {@link #BOS}. */
    public static List<String> ofTokens(List<String> tokens) {
        List<String> labels = new ArrayList<>();
        for (String token : tokens) {
            labels.add(labels.isEmpty() && token.equals(END_OF_TEXT) ? BOS : of(token));
        }
        return List.copyOf(labels);
    }

    /** The text cut to at most {@code length} code points, the last an ellipsis where something was cut. */
    public static String shortened(String text, int length) {
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.max(0, length - 1))) + ELLIPSIS;
    }

    private static void append(StringBuilder visible, int point) {
        switch (point) {
            case ' ' -> visible.append('\u00b7');
            case NO_BREAK_SPACE -> visible.append('\u2423');
            case '\n' -> visible.append('\u21b5');
            case '\t' -> visible.append('\u21e5');
            case 0x7f -> visible.append('\u2421');
            default -> appendUnnamed(visible, point);
        }
    }

    private static void appendUnnamed(StringBuilder visible, int point) {
        int type = Character.getType(point);
        if (point < ' ') {
            visible.appendCodePoint(CONTROL_PICTURES + point);
        } else if (point == ZERO_WIDTH_JOINER || !isInvisible(type)) {
            visible.appendCodePoint(point);
        } else {
            visible.append(String.format("<U+%04X>", point));
        }
    }

    private static boolean isInvisible(int type) {
        return type == Character.FORMAT || type == Character.CONTROL || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR || type == Character.SURROGATE
                || type == Character.UNASSIGNED;
    }
}
