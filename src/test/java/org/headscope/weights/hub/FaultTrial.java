package org.headscope.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.refusal.Refusal;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small model on a hub that goes wrong: each time one sentence, nothing broken kept, and the next try succeeds. */
@Timeout(60)
abstract class FaultTrial {

    static final ModelName MODEL = ModelName.parse("owner/tiny");
    static final String WEIGHTS = "model.safetensors";
    static final String CONFIG = "config.json";

    @TempDir
    Path home;

    FakeHub hub;
    ModelStore store;
    byte[] weights;
    String hash;

    @BeforeEach
    void publish() throws IOException {
        hub = FakeHub.start().publish("owner/tiny", Fixture.TINY.modelPath());
        store = TestStore.of(home, hub);
        weights = Files.readAllBytes(Fixture.TINY.modelPath().resolve(WEIGHTS));
        hash = FakeHub.hash("SHA-256", weights);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Path repository() {
        return store.cache().resolve("models--owner--tiny");
    }

    final Path part() {
        return repository().resolve("blobs").resolve(hash + ".incomplete");
    }

    final void fetch() {
        store.fetch(MODEL, TestStore.PATIENT);
    }

    final void assertRefused(String... parts) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(this::fetch).withMessageContainingAll(parts)
            .withMessageEndingWith(".").satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
        assertNothingBroken();
    }

    /** Every blob and every file of a snapshot is whole. */
    final void assertNothingBroken() {
        try (Stream<Path> files = Files.exists(repository()) ? Files.walk(repository()) : Stream.empty()) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (file.getParent().endsWith("blobs") && !file.toString().endsWith(".incomplete")) {
                    assertThat(file.getFileName().toString())
                        .isIn(FakeHub.hash("SHA-256", bytes), FakeHub.gitHash(bytes));
                } else if (file.startsWith(repository().resolve("snapshots"))) {
                    assertThat(bytes).isEqualTo(Files.readAllBytes(Fixture.TINY.modelPath().resolve(
                        file.getFileName().toString())));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    final void assertNextTrySucceeds() {
        hub.heal();
        fetch();
        assertNothingBroken();
        ModelFolder model = ModelFolder.open(store.where(MODEL).orElseThrow());
        assertThat(TestModels.weights(model, Processing.RAW))
            .isEqualTo(TestModels.weights(Fixture.TINY.model(), Processing.RAW));
        assertThat(part()).doesNotExist();
    }
}
