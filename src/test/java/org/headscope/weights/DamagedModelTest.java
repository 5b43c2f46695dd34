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
import java.util.Random;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that have been damaged at random give a model or a refusal: never another exception, a hang or no memory. */
class DamagedModelTest {

    private static final int MUTATIONS = 400;
    private static final byte[] TELLING = "0123456789-.eE\"[]{}:,\\ntrulFa".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void damagedHeadersAreRefusedOrHarmless() throws IOException {
        ModelCopy copy = ModelCopy.of(Fixture.TINY, folder);
        byte[] good = Files.readAllBytes(copy.weightsFile());
        int header = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();

        assertThat(refusals(copy, copy.weightsFile(), good, header)).isBetween(MUTATIONS / 2, MUTATIONS);
    }

    @Test
    void damagedConfigurationsAreRefusedOrHarmless() throws IOException {
        ModelCopy copy = ModelCopy.of(Fixture.TINY, folder);
        byte[] good = Files.readAllBytes(copy.configFile());

        assertThat(refusals(copy, copy.configFile(), good, good.length)).isBetween(MUTATIONS / 4, MUTATIONS);
    }

    private static int refusals(ModelCopy copy, Path file, byte[] good, int length) {
        return assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            int refusals = 0;
            for (int seed = 0; seed < MUTATIONS; seed++) {
                // Renamed into place, since the pages of the one before may still be mapped.
                Path next = Files.write(copy.folder().resolve("next"), mutate(good, length, new Random(seed)));
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
                if (isRefused(copy, seed)) {
                    refusals++;
                }
            }
            return refusals;
        });
    }

    private static boolean isRefused(ModelCopy copy, int seed) {
        try {
            copy.open().weights(Processing.TRANSFORMERLENS);
            return false;
        } catch (Refusal refusal) {
            assertThat(refusal.getMessage()).as("seed %d", seed).endsWith(".").hasSizeLessThan(2_000);
            return true;
        } catch (RuntimeException | Error e) {
            return fail("seed " + seed, e);
        }
    }

    private static byte[] mutate(byte[] good, int length, Random random) {
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
}
