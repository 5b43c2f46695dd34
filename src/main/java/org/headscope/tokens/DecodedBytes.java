package org.headscope.tokens;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes read as UTF-8, and for each byte the character of the text that it belongs to. What is no UTF-8 becomes
 * "\uFFFD", exactly as {@code new String(bytes, UTF_8)} has it.
 */
final class DecodedBytes {

    private final String text;
    private final int[] starts;
    private final int[] ends;

    DecodedBytes(byte[] bytes) {
        starts = new int[bytes.length];
        ends = new int[bytes.length];
        StringBuilder decoded = new StringBuilder(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        // UTF-16 never needs more units than UTF-8 needs bytes.
        CharBuffer out = CharBuffer.allocate(bytes.length);
        int at = 0;
        while (in.hasRemaining()) {
            CoderResult result = decoder.decode(in, out, true);
            out.flip();
            at = place(out, decoded, at);
            out.clear();
            if (result.isError()) {
                at = place("\uFFFD", result.length(), decoded, at);
                in.position(in.position() + result.length());
                decoder.reset();
            }
        }
        text = decoded.toString();
    }

    private int place(CharSequence characters, StringBuilder decoded, int from) {
        int at = from;
        for (int i = 0; i < characters.length();) {
            int codePoint = Character.codePointAt(characters, i);
            at = place(Character.toString(codePoint), utf8Length(codePoint), decoded, at);
            i += Character.charCount(codePoint);
        }
        return at;
    }

    private int place(String character, int byteCount, StringBuilder decoded, int from) {
        int start = decoded.length();
        decoded.append(character);
        for (int i = from; i < from + byteCount; i++) {
            starts[i] = start;
            ends[i] = decoded.length();
        }
        return from + byteCount;
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : 4;
    }

    String text() {
        return text;
    }

    /** Where the character of this byte begins in the text, in UTF-16 units; the text's length after the last byte. */
    int start(int byteIndex) {
        return byteIndex < starts.length ? starts[byteIndex] : text.length();
    }

    /** Where the character of this byte ends. */
    int end(int byteIndex) {
        return ends[byteIndex];
    }
}
