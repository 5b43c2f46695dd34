package org.headscope.tokens;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A tokenizer's JSON as the native library may see it: without its decoder. The library ends the whole process where it
 * meets a decoder that it cannot read, and needs none, since tokens become text here.
 */
final class LibraryInput {

    private static final byte[] DECODER = "decoder".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private final Path source;
    private final ByteArrayOutputStream kept;
    private int copied;

    private LibraryInput(byte[] json, Path source) {
        this.json = json;
        this.source = source;
        this.kept = new ByteArrayOutputStream(json.length + NULL.length);
    }

    /**
     * The same bytes with null for every decoder at the top. Follows the strings and brackets and nothing else: whether
     * it is JSON at all is for the library to say.
     *
     * @throws TokenizerRefusal if a name at the top is spelled with escapes, so that it could be another
     */
    static byte[] of(byte[] json, Path source) {
        return new LibraryInput(json, source).withoutDecoder();
    }

    private byte[] withoutDecoder() {
        int depth = 0;
        for (int at = 0; at < json.length; at++) {
            switch (json[at]) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> {
                    int end = endOfString(at);
                    int colon = afterSpace(end + 1);
                    boolean isName = depth == 1 && colon < json.length && json[colon] == ':';
                    at = isName && isDecoder(at + 1, end) ? replaceValue(colon + 1) : end;
                }
                default -> { }
            }
        }
        kept.write(json, copied, json.length - copied);
        return kept.toByteArray();
    }

    private boolean isDecoder(int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                throw TokenizerContents.broken(source, "the name of one of its parts is spelled with escapes", null);
            }
        }
        return Arrays.equals(json, from, Math.min(to, json.length), DECODER, 0, DECODER.length);
    }

    /** @return the last place of the value */
    private int replaceValue(int from) {
        int end = endOfValue(from);
        kept.write(json, copied, from - copied);
        kept.writeBytes(NULL);
        copied = end;
        return end - 1;
    }

    private int endOfValue(int from) {
        int depth = 0;
        for (int at = from; at < json.length; at++) {
            switch (json[at]) {
                case '{', '[' -> depth++;
                case '"' -> at = endOfString(at);
                case ',' -> {
                    if (depth == 0) {
                        return at;
                    }
                }
                case '}', ']' -> {
                    if (depth-- == 0) {
                        return at;
                    }
                }
                default -> { }
            }
        }
        return json.length;
    }

    /** The place of the quote that ends the string, or the length if none does. */
    private int endOfString(int from) {
        for (int at = from + 1; at < json.length; at++) {
            if (json[at] == '\\') {
                at++;
            } else if (json[at] == '"') {
                return at;
            }
        }
        return json.length;
    }

    private int afterSpace(int from) {
        int at = from;
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at;
    }
}
