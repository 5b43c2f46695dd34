package org.headscope.figure;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.headscope.refusal.Refusal;

/**
 * Reads the texts (iTXt) of a PNG from anybody, without its pixels: lengths are not believed, sums are checked, and
 * what unpacks to more than any session is refused.
 */
final class PngTexts {

    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int IHDR = 0x49484452;
    private static final int IEND = 0x49454e44;
    private static final int ITXT = 0x69545874;
    private static final int MOST_PACKED = 8 << 20;
    private static final int MOST_TEXT = 32 << 20;

    private final DataInputStream in;
    private final Map<String, String> texts = new LinkedHashMap<>();

    private PngTexts(InputStream in) {
        this.in = new DataInputStream(new BufferedInputStream(in));
    }

    /**
     * The texts by keyword.
     *
     * @throws Refusal if the file cannot be read, is no PNG, damaged, or beyond reason
     */
    static Map<String, String> of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new PngTexts(in).read();
        } catch (Damage e) {
            throw new Refusal("%s %s.".formatted(file.getFileName(), e.getMessage()), e);
        } catch (EOFException e) {
            throw new Refusal("%s ends too early; get a whole copy of it.".formatted(file.getFileName()), e);
        } catch (IOException e) {
            throw new Refusal("%s cannot be read; look whether it is still there.".formatted(file), e);
        }
    }

    /** What is wrong with a file, to be put after its name. */
    private static final class Damage extends IOException {

        private static final long serialVersionUID = 1L;

        Damage(String what) {
            super(what);
        }
    }

    private Map<String, String> read() throws IOException {
        byte[] start = in.readNBytes(Long.BYTES);
        if (start.length < Long.BYTES || ByteBuffer.wrap(start).getLong() != SIGNATURE) {
            throw new Damage("is no PNG picture; drop one that Headscope exported");
        }
        boolean first = true;
        while (readChunk(first)) {
            first = false;
        }
        return texts;
    }

    /** Reads or skips a chunk; false after the last. */
    private boolean readChunk(boolean first) throws IOException {
        int length = in.readInt();
        int type = in.readInt();
        if (length < 0 || first != (type == IHDR)) {
            throw new Damage("is a damaged PNG picture; get a whole copy of it");
        }
        if (type == ITXT) {
            addText(checked(type, length));
        } else {
            in.skipNBytes(length + 4L);
        }
        return type != IEND;
    }

    private byte[] checked(int type, int length) throws IOException {
        if (length > MOST_PACKED) {
            throw tooMuch();
        }
        // Grows with what there is, whatever the length says.
        byte[] data = in.readNBytes(length);
        if (data.length < length) {
            throw new EOFException();
        }
        CRC32 sum = new CRC32();
        sum.update(ByteBuffer.allocate(4).putInt(0, type));
        sum.update(data);
        if (in.readInt() != (int) sum.getValue()) {
            throw new Damage("is a damaged PNG picture: a sum does not agree; get a whole copy of it");
        }
        return data;
    }

    /** Keyword, 0, whether packed, how, language, 0, translated keyword, 0, text. */
    private void addText(byte[] data) throws IOException {
        int keyword = end(data, 0);
        int language = end(data, keyword + 3);
        int translated = end(data, language + 1);
        byte[] text = Arrays.copyOfRange(data, translated + 1, data.length);
        if (data[keyword + 1] == 1) {
            if (data[keyword + 2] != 0) {
                throw garbled();
            }
            text = unpacked(text);
        }
        try {
            texts.put(new String(data, 0, keyword, StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString());
        } catch (CharacterCodingException e) {
            throw garbled();
        }
    }

    private static int end(byte[] data, int start) throws Damage {
        for (int i = start; i < data.length; i++) {
            if (data[i] == 0) {
                return i;
            }
        }
        throw garbled();
    }

    private static byte[] unpacked(byte[] packed) throws Damage {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 13];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw garbled();
                }
                text.write(buffer, 0, count);
                if (text.size() > MOST_TEXT) {
                    throw tooMuch();
                }
            }
            return text.toByteArray();
        } catch (DataFormatException e) {
            throw garbled();
        } finally {
            inflater.end();
        }
    }

    private static Damage tooMuch() {
        return new Damage("carries more text than any session of Headscope; it was not opened");
    }

    private static Damage garbled() {
        return new Damage("is a damaged PNG picture: a text in it cannot be read; get a whole copy of it");
    }
}
