package org.headscope.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What hinders keeping a model, or makes it none to be kept. */
class HubKeepingTest extends FaultTrial {

    @Test
    void aWrongBeginningOfAnEarlierTimeIsFetchedAgain() throws IOException {
        Files.createDirectories(part().getParent());
        Files.write(part(), new byte[1_000]);

        assertNextTrySucceeds();
    }

    @Test
    void aDiskWithoutRoomIsSaidBeforehand() {
        hub.failAlways("HEAD", WEIGHTS, (request, honest, out) -> out.write(honest.with("X-Linked-Size",
            "400000000000000000").bytes(request)));

        assertRefused("model.safetensors needs 400,000,000,000,000,000 bytes more", "make room");
        assertThat(part()).doesNotExist();
        assertNextTrySucceeds();
    }

    /** Writing to this device fails as on a full disk. */
    @Test
    void aDiskThatFillsUpIsSaid() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "only Linux has such a device");
        Files.createDirectories(part().getParent());
        Files.createSymbolicLink(part(), full);

        assertRefused("cannot be written on", "No space left", "make room");
        Files.delete(part());
        assertNextTrySucceeds();
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws IOException {
        Path taken = Files.writeString(home.resolve("file"), "no folder");
        for (Path root : List.of(taken, taken.resolve("below"), Path.of("/sys/headscope"))) {
            store = TestStore.of(home, hub, "HF_HUB_CACHE", root.toString());
            assertRefused(root + " cannot be written to", "HF_HUB_CACHE");
        }

        store = TestStore.of(home, hub);
        assertNextTrySucceeds();
    }

    @Test
    void severalAtOnceFetchEachFileOnce() {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        // The first one gets the rest once both others wait for it.
        CountDownLatch waiting = new CountDownLatch(2);
        hub.storage().fail("GET", hash, 1, Fault.waitAfter(100_000, waiting));
        List<CompletableFuture<Path>> both = Stream.generate(() -> CompletableFuture.supplyAsync(
            () -> TestStore.of(home, hub).fetch(MODEL, counting(waiting)), threads)).limit(3).toList();

        assertThat(both).allMatch(fetching -> fetching.join().equals(store.where(MODEL).orElseThrow()));
        assertThat(hub.storage().requests("GET", hash)).hasSize(1);
        threads.shutdown();
        assertNextTrySucceeds();
    }

    /** Counts down when it is first told that another is at the weights. */
    private static FetchListener counting(CountDownLatch waiting) {
        AtomicBoolean counted = new AtomicBoolean();
        return new FetchListener() {
            @Override
            public void progress(FetchProgress progress) {
                if (progress.file().equals(WEIGHTS) && progress.note().startsWith("another process")
                    && !counted.getAndSet(true)) {
                    waiting.countDown();
                }
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
    }

    @Test
    void aRepositoryWithoutSafetensorsIsRefusedWithTheWayOut() {
        hub.files("owner/tiny").put("pytorch_model.bin", new byte[100]);
        byte[] single = hub.files("owner/tiny").remove(WEIGHTS);

        assertRefused("owner/tiny has only pytorch_model.bin", "a pickle can run code", "safe_serialization=True");
        assertThat(hub.requests("GET", "pytorch_model.bin")).isEmpty();

        hub.files("owner/tiny").remove("pytorch_model.bin");
        assertRefused("owner/tiny has no model.safetensors");

        hub.files("owner/tiny").put(WEIGHTS, single);
        assertNextTrySucceeds();
    }

    @Test
    void anotherKindOfModelIsRefusedBeforeItsWeightsAreFetched() {
        byte[] config = hub.files("owner/tiny").put(CONFIG, "{\"model_type\": \"llama\"}".getBytes(StandardCharsets.UTF_8));

        assertRefused("owner/tiny's config.json", "llama");
        assertThat(hub.requests("HEAD", WEIGHTS)).isEmpty();

        hub.files("owner/tiny").put(CONFIG, config);
        assertNextTrySucceeds();
    }

    @Test
    void offlineMeansOffline() {
        store = TestStore.of(home, hub, "HF_HUB_OFFLINE", "1");

        assertRefused("HF_HUB_OFFLINE is set");
        assertThat(hub.requests()).isEmpty();
    }
}
