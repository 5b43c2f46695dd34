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

    private static final int FIRST_PRINTABLE = 0x20;

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
     * The text as people can read it: a space as "·", a line feed as "↵", a tab as "→", anything else that cannot be
     * seen, and parts of characters, as bytes in hexadecimal such as "\xf0\x9f"; an id without text as "#123".
     */
    public String label() {
        if (bytes.length == 0) {
            return "#" + id;
        }
        return text.indexOf('\uFFFD') >= 0 ? visibleBytes() : visible(text, '·');
    }

    private String visibleBytes() {
        StringBuilder label = new StringBuilder();
        for (byte value : bytes) {
            if (value > FIRST_PRINTABLE) {
                label.append((char) value);
            } else if (value == FIRST_PRINTABLE) {
                label.append('·');
            } else {
                appendHexadecimal(label, value);
            }
        }
        return label.toString();
    }

    /** Any text on one line, its line feeds, tabs and control characters as in {@link #label()}. */
    static String visible(String text, char space) {
        StringBuilder label = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case ' ' -> label.append(space);
                case '\n' -> label.append('↵');
                case '\t' -> label.append('→');
                default -> {
                    if (Character.isISOControl(c)) {
                        appendHexadecimal(label, c);
                    } else {
                        label.append(c);
                    }
                }
            }
        }
        return label.toString();
    }

    private static void appendHexadecimal(StringBuilder label, int value) {
        label.append(String.format("\\x%02x", value & 0xFF));
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
