package org.headscope.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.TestModels;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Tokenizer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that have been damaged at random give a model or a refusal: never another exception, a hang or no memory. The
 * suite tries some 300 seeds; {@code -Dheadscope.mutations=2000} tries so many.
 */
class DamagedModelTest {

    private static final int MUTATIONS = Integer.getInteger("headscope.mutations", 300);

    /** What one file may take; on a quiet machine it is a tenth of a second. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final byte[] TELLING = "0123456789-.eE\"[]{}:,\\ntrulFa".getBytes(StandardCharsets.US_ASCII);

    /** What stands for a value in JSON. */
    private static final Pattern VALUE = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|\"[^\"\\n]*\"|true|false|null");

    private static final List<String> EXTREMES = List.of("-1", "0", "1", "2147483647", "2147483648", "9223372036854775807",
        "99999999999999999999", "1e308", "1e999", "0.5", "-0", "NaN", "null", "true", "\"\"", "\"\\u0000\"", "\"\\ud800\"",
        "[]", "{}", "[[[[]]]]", "{\"a\":{}}", "[0,0]", "[9223372036854775807,9223372036854775807]");

    private interface Damage {

        byte[] to(byte[] good, Random random);
    }

    @TempDir
    Path folder;

    private ModelCopy copy;

    @BeforeEach
    void copyModel() {
        copy = ModelCopy.of(Fixture.TINY, folder);
    }

    @Test
    void damagedHeadersAreRefusedOrHarmless() throws IOException {
        byte[] good = Files.readAllBytes(copy.weightsFile());
        int header = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();

        int tried = MUTATIONS / 3;
        assertThat(refusals(copy.weightsFile(), tried, (bytes, random) -> bytes(bytes, header, random)))
            .isBetween(tried / 2, tried);
    }

    @Test
    void headersWithExtremeValuesAreRefusedOrHarmless() throws IOException {
        int tried = MUTATIONS / 10;

        assertThat(refusals(copy.weightsFile(), tried, (bytes, random) -> {
            int header = 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
            byte[] json = values(Arrays.copyOfRange(bytes, 8, header), header - 8, random);
            byte[] whole = new byte[8 + json.length + bytes.length - header];
            ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(bytes, header,
                bytes.length - header);
            return whole;
        })).isBetween(tried / 2, tried);
    }

    @Test
    void filesThatAreCutOrGrownAreRefusedOrHarmless() throws IOException {
        int tried = MUTATIONS / 15;

        assertThat(refusals(copy.weightsFile(), tried, (bytes, random) -> Arrays.copyOf(bytes,
            random.nextInt(4) == 0 ? bytes.length + random.nextInt(5_000) : random.nextInt(bytes.length))))
            .isBetween(tried / 2, tried);
    }

    @Test
    void damagedConfigurationsAreRefusedOrHarmless() throws IOException {
        int tried = MUTATIONS / 6;

        assertThat(refusals(copy.configFile(), tried, (bytes, random) -> bytes(bytes, bytes.length, random)))
            .isBetween(tried / 4, tried);
        assertThat(refusals(copy.configFile(), tried, (bytes, random) -> values(bytes, bytes.length, random))).isBetween(tried / 4, tried);
    }

    @Test
    void damagedTokenizersAreRefusedOrHarmless() throws IOException {
        int tried = MUTATIONS / 15;
        Path whole = folder.resolve("tokenizer.json");

        // What comes before the tokens is short, and the library is delicate there.
        int parts = new String(Files.readAllBytes(whole), StandardCharsets.UTF_8).indexOf("\"vocab\"");
        assertThat(parts).isPositive();
        refusals(whole, tried / 2, (bytes, random) -> bytes(bytes, bytes.length, random));
        assertThat(refusals(whole, tried, (bytes, random) -> bytes(bytes, parts, random))).isBetween(1, tried);
        assertThat(refusals(whole, tried, (bytes, random) -> values(bytes, parts, random))).isBetween(1, tried);
        Files.delete(whole);
        for (String part : List.of("vocab.json", "merges.txt")) {
            assertThat(refusals(folder.resolve(part), tried / 2, (bytes, random) -> bytes(bytes, bytes.length, random)))
                .isBetween(1, tried);
        }
    }

    @Test
    void damagedIndicesAreRefusedOrHarmless() throws IOException {
        StringBuilder index = new StringBuilder("{\"metadata\": {\"total_size\": 1}, \"weight_map\": {");
        copy.tensors().keySet().forEach(name -> index.append("\"").append(name).append("\": \"all.safetensors\", "));
        index.setLength(index.length() - 2);
        Files.move(copy.weightsFile(), folder.resolve("all.safetensors"));
        Path file = Files.writeString(folder.resolve(ShardIndex.NAME), index.append("}}"));

        int tried = MUTATIONS / 15;
        assertThat(refusals(file, tried, (bytes, random) -> bytes(bytes, bytes.length, random))).isBetween(tried / 3, tried);
        assertThat(refusals(file, tried / 2, (bytes, random) -> values(bytes, bytes.length, random))).isBetween(tried / 6, tried);
    }

    private int refusals(Path file, int tried, Damage damage) throws IOException {
        byte[] good = Files.readAllBytes(file);
        int refused = 0;
        for (int seed = 0; seed < tried; seed++) {
            String what = file.getFileName() + ", seed " + seed;
            // Renamed into place, since the pages of the one before may still be mapped.
            replace(file, damage.to(good, new Random(seed)));
            // A limit for each file, however many there are: what hangs is named, and a slow machine is no hang.
            refused += assertTimeoutPreemptively(LIMIT, () -> isRefused(what), what) ? 1 : 0;
        }
        replace(file, good);
        assertThat(isRefused("the good one")).isFalse();
        return refused;
    }

    private void replace(Path file, byte[] bytes) throws IOException {
        Files.move(Files.write(folder.resolve("next"), bytes), file, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean isRefused(String what) {
        try {
            TestModels.weights(copy.open(), Processing.TRANSFORMERLENS);
            try (Tokenizer tokenizer = Tokenizer.load(folder)) {
                tokenizer.prompt("Tom went to the störe 🙂.", tokenizer.findBos().isPresent());
            }
            return false;
        } catch (Refusal refusal) {
            assertThat(refusal.getMessage()).as(what).endsWith(".").hasSizeLessThan(2_000);
            return true;
        } catch (RuntimeException | Error e) {
            return fail(what, e);
        }
    }

    /** One to three places changed, moved or flipped. */
    private static byte[] bytes(byte[] good, int length, Random random) {
        byte[] bytes = good.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> System.arraycopy(good, random.nextInt(length - 8), bytes, Math.min(at, length - 8), 8);
            }
        }
        return bytes;
    }

    /** One value of a JSON text, or its name, replaced by an extreme one. */
    private static byte[] values(byte[] good, int length, Random random) {
        String text = new String(good, StandardCharsets.UTF_8);
        List<MatchResult> values = VALUE.matcher(text).region(0, Math.min(length, text.length())).results().toList();
        MatchResult value = values.get(random.nextInt(values.size()));
        return (text.substring(0, value.start()) + EXTREMES.get(random.nextInt(EXTREMES.size()))
            + text.substring(value.end())).getBytes(StandardCharsets.UTF_8);
    }
}
