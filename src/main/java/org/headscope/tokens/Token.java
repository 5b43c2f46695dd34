package org.headscope.tokens;

import java.util.Arrays;
import java.util.Objects;

/**
 * One token of a prompt, or of the vocabulary. Equal by content, bytes included.
 *
 * @param index its position in the prompt, from 0; {@link #NOWHERE} for a token of the vocabulary
 * @param id its number in the vocabulary
 * @param text its bytes decoded alone: a part of a character reads as "\uFFFD"
 * @param bytes its raw bytes (UTF-8 of the text, unless it is part of a character); a copy goes in and a copy comes out
 * @param start where it begins in the prompt's text, in UTF-16 units; tokens that share a character share its span
 * @param end where it ends, exclusive; equal to {@code start} for a prepended BOS and for a token of the vocabulary
 */
public record Token(int index, int id, String text, byte[] bytes, int start, int end) {

    /** The {@link #index()} of a token that stands in no prompt. */
    public static final int NOWHERE = -1;

    private static final int NO_BREAK_SPACE = 0xA0;
    private static final int DELETE = 0x7F;
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    public Token {
        Objects.requireNonNull(text, "text");
        bytes = bytes.clone();
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("Span [" + start + "," + end + ")");
        }
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The text as people can read it, by {@link #visible}; where it holds part of a character, what is not ASCII as
     * bytes in hexadecimal, such as "\xf0\x9f"; an id without text as "#123".
     */
    public String label() {
        if (bytes.length == 0) {
            return "#" + id;
        }
        if (text.indexOf('\uFFFD') < 0) {
            return visible(text);
        }
        StringBuilder label = new StringBuilder();
        for (byte value : bytes) {
            // Java's bytes are signed: what is not ASCII is negative.
            label.append(value >= 0 ? visible(Character.toString(value)) : String.format("\\x%02x", value & 0xFF));
        }
        return label.toString();
    }

    /**
     * Any text on one line and with nothing unseen: a space as "·", a no-break space as "␣", a line feed as "↵", a tab
     * as "⇥", other control characters as their symbols ("␀"), formatting characters by number ("<U+200B>").
     */
    public static String visible(String text) {
        return visible(text, '·');
    }

    /** The same with another sign for the space. */
    static String visible(String text, char space) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case ' ' -> visible.append(space);
                case NO_BREAK_SPACE -> visible.append('␣');
                case '\n' -> visible.append('↵');
                case '\t' -> visible.append('⇥');
                case DELETE -> visible.append('␡');
                default -> appendOther(visible, point);
            }
        });
        return visible.toString();
    }

    private static void appendOther(StringBuilder visible, int point) {
        if (point < ' ') {
            visible.appendCodePoint(CONTROL_PICTURES + point);
        } else if (isSeen(point)) {
            visible.appendCodePoint(point);
        } else {
            visible.append(String.format("<U+%04X>", point));
        }
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            // It joins parts of emoji, which fall apart without it.
            case Character.FORMAT -> point == ZERO_WIDTH_JOINER;
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
                Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Token that
            && index == that.index && id == that.id && start == that.start && end == that.end
            && text.equals(that.text) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, id, text, start, end);
    }

    @Override
    public String toString() {
        return "Token[" + index + " #" + id + " “" + label() + "” " + start + "-" + end + "]";
    }
}
