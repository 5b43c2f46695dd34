package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.headscope.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a PNG carries, and what PNGs of strangers must not do. */
class PngTextsTest {

    private static final Map<String, String> SESSION = Map.of("Headscope", "{\"prompt\":\"café 中 😀\"}");
    private static final byte[] START = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    @TempDir
    private Path folder;

    private Path file(byte[]... parts) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                bytes.write(part);
            }
            return Files.write(folder.resolve("dropped.png"), bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] exported() throws IOException {
        Path file = folder.resolve("exported.png");
        FigureFile.write(file, Samples.heatmap(), Csv.table(Samples.heatmap()), FigureOptions.usual(), SESSION);
        return Files.readAllBytes(file);
    }

    private static byte[] chunk(String type, byte[] data) {
        CRC32 sum = new CRC32();
        sum.update(type.getBytes(StandardCharsets.US_ASCII));
        sum.update(data);
        return ByteBuffer.allocate(12 + data.length).putInt(data.length).put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data).putInt((int) sum.getValue()).array();
    }

    private static byte[] text(int packed, byte[] content) {
        byte[] keyword = "Headscope".getBytes(StandardCharsets.US_ASCII);
        return chunk("iTXt", ByteBuffer.allocate(keyword.length + 5 + content.length).put(keyword).put((byte) 0)
            .put((byte) packed).put(new byte[3]).put(content).array());
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private void assertRefused(Path file, String... words) {
        assertThatThrownBy(() -> Png.texts(file)).isInstanceOf(Refusal.class).hasMessageEndingWith(".")
            .hasMessageContainingAll(words).hasMessageNotContainingAny("\n", ". ");
    }

    @Test
    void textsTravelInAnExportedFile() throws IOException {
        Path file = file(exported());
        assertThat(Png.texts(file)).isEqualTo(SESSION);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).contains("iTXt")
            .doesNotContain("prompt");
    }

    @Test
    void picturesOfOthersCarryNothing() {
        assertThat(Png.texts(file(START, chunk("IHDR", new byte[13]), chunk("IEND", new byte[0])))).isEmpty();
    }

    @Test
    void plainTextsAreReadToo() {
        assertThat(Png.texts(file(START, chunk("IHDR", new byte[13]), text(0, "{}".getBytes(StandardCharsets.UTF_8)),
            chunk("IEND", new byte[0])))).isEqualTo(Map.of("Headscope", "{}"));
    }

    @Test
    void whatIsNoPictureIsRefused() {
        assertRefused(file("GIF89a".getBytes(StandardCharsets.US_ASCII)), "dropped.png", "is no PNG picture");
        assertRefused(file(new byte[0]), "is no PNG picture");
        assertRefused(folder.resolve("gone.png"), "cannot be read");
        assertRefused(folder, "cannot be read");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = exported();
        for (int length : new int[] {8, 11, 20, 40, whole.length / 2, whole.length - 1}) {
            assertRefused(file(Arrays.copyOf(whole, length)), "ends too early");
        }
    }

    @Test
    void aChangedTextIsFoundOut() {
        byte[] text = text(0, "{}".getBytes(StandardCharsets.UTF_8));
        text[text.length - 5] ^= 1;
        assertRefused(file(START, chunk("IHDR", new byte[13]), text), "a sum does not agree");
    }

    @Test
    void lyingLengthsTakeNoMemory() {
        byte[] lie = ByteBuffer.allocate(20).putInt(Integer.MAX_VALUE).put("iTXt".getBytes(StandardCharsets.US_ASCII))
            .array();
        assertRefused(file(START, chunk("IHDR", new byte[13]), lie), "more text");
        lie[0] = (byte) 0xff;
        assertRefused(file(START, chunk("IHDR", new byte[13]), lie), "damaged");
        byte[] skipped = ByteBuffer.allocate(20).putInt(Integer.MAX_VALUE)
            .put("IDAT".getBytes(StandardCharsets.US_ASCII)).array();
        assertRefused(file(START, chunk("IHDR", new byte[13]), skipped), "ends too early");
    }

    @Test
    void bombsAreNotUnpacked() throws IOException {
        byte[] bomb = packed(new byte[100 << 20]);
        assertThat(bomb.length).isLessThan(200_000);
        assertRefused(file(START, chunk("IHDR", new byte[13]), text(1, bomb)), "more text");
    }

    @Test
    void garbageInsideATextIsRefused() throws IOException {
        byte[] whole = packed("{}".getBytes(StandardCharsets.UTF_8));
        for (byte[] content : new byte[][] {{1, 2, 3}, {}, Arrays.copyOf(whole, whole.length - 6)}) {
            assertRefused(file(START, chunk("IHDR", new byte[13]), text(1, content)), "cannot be read");
        }
        assertRefused(file(START, chunk("IHDR", new byte[13]), text(0, new byte[] {(byte) 0xff})), "cannot be read");
        assertRefused(file(START, chunk("IHDR", new byte[13]), chunk("iTXt", "no end".getBytes(
            StandardCharsets.US_ASCII))), "cannot be read");
    }

    @Test
    void anythingAtAllGivesTextsOrARefusal() throws IOException {
        byte[] whole = exported();
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] mutated = whole.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                mutated[random.nextInt(Math.min(mutated.length, 400))] = (byte) random.nextInt();
            }
            try {
                Png.texts(file(mutated));
            } catch (Refusal refusal) {
                assertThat(refusal.getMessage()).endsWith(".");
            }
        }
    }
}
