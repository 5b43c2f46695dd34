package org.headscope.tokens;

import java.util.Arrays;

/**
 * GPT-2's spelling of bytes: vocabularies are JSON, so each byte is written as one printable character. The printable
 * ones of Latin-1 stand for themselves, the 68 others for U+0100 and up, in order of the byte ("Ġ" is the space).
 */
final class ByteAlphabet {

    private static final int BYTES = 256;

    /** The byte that a character stands for, or -1. */
    private static final short[] BYTE_OF_CHARACTER = new short[2 * BYTES];

    static {
        Arrays.fill(BYTE_OF_CHARACTER, (short) -1);
        int others = 0;
        for (int value = 0; value < BYTES; value++) {
            boolean itself = value >= '!' && value <= '~' || value >= '¡' && value <= '¬' || value >= '®';
            char character = (char) (itself ? value : BYTES + others++);
            BYTE_OF_CHARACTER[character] = (short) value;
        }
    }

    private ByteAlphabet() {
    }

    /** The bytes that a token of the vocabulary spells, or null if it holds a character that stands for no byte. */
    static byte[] bytes(String spelling) {
        byte[] bytes = new byte[spelling.length()];
        for (int i = 0; i < bytes.length; i++) {
            char character = spelling.charAt(i);
            int value = character < BYTE_OF_CHARACTER.length ? BYTE_OF_CHARACTER[character] : -1;
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }
}
