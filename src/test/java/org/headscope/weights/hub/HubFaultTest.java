package org.headscope.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.refusal.Refusal;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.weights.hub.FakeHub.Fault;
import org.headscope.weights.hub.FakeHub.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that can go wrong on the way from a hub: each time one sentence with the way out, nothing under a final name
 * that is not whole, and the next try succeeds.
 */
@Timeout(60)
class HubFaultTest {

    private static final ModelName MODEL = ModelName.parse("owner/tiny");
    private static final String WEIGHTS = "model.safetensors";
    private static final String CONFIG = "config.json";
    private static final byte[] PAGE = "<!doctype html><title>Log in to this network</title>".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path home;

    private FakeHub hub;
    private ModelStore store;
    private byte[] weights;
    private String hash;

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

    private Path part() {
        return repository().resolve("blobs").resolve(hash + ".incomplete");
    }

    private void fetch() {
        store.fetch(MODEL, TestStore.PATIENT);
    }

    private void assertRefused(String... parts) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(this::fetch).withMessageContainingAll(parts)
            .withMessageEndingWith(".").satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
        assertNothingBroken();
    }

    /** Every blob and every file of a snapshot is whole. */
    private void assertNothingBroken() {
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

    private void assertNextTrySucceeds() {
        hub.heal();
        fetch();
        assertNothingBroken();
        ModelFolder model = ModelFolder.open(store.where(MODEL).orElseThrow());
        assertThat(model.weights(Processing.RAW).embed().floats())
            .isEqualTo(Fixture.TINY.model().weights(Processing.RAW).embed().floats());
        assertThat(part()).doesNotExist();
    }

    /** In the first byte, in the status line, in the headers, where the body begins, in the middle, at its end. */
    static Stream<Arguments> breaks() {
        return Stream.of(Fault.breakAfter(0), Fault.breakAfter(5), Fault.breakAfter(40), Fault.breakAfter(90),
            Fault.breakBefore(440_176), Fault.breakBefore(440_175), Fault.breakBefore(300_000), Fault.breakBefore(220_088),
            Fault.breakBefore(1_000), Fault.breakBefore(2), Fault.breakBefore(1)).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void aLineThatBreaksOnceIsNotNoticed(Fault fault) {
        hub.storage().fail("GET", hash, 1, fault);
        hub.fail("HEAD", WEIGHTS, 1, Fault.breakAfter(30));
        hub.fail("GET", CONFIG, 1, Fault.breakBefore(100));

        assertNextTrySucceeds();
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void aLineThatAlwaysBreaksKeepsWhatHasCome(Fault fault) throws IOException {
        hub.storage().failAlways("GET", hash, fault);

        assertRefused(hub.address().getAuthority(), "breaks off", "what has arrived is kept");

        long kept = Files.exists(part()) ? Files.size(part()) : 0;
        hub.storage().requests().clear();
        assertNextTrySucceeds();
        assertThat(hub.storage().requests("GET", hash)).singleElement().satisfies(request ->
            assertThat(request.headers().get("range")).isEqualTo(kept == 0 ? null : "bytes=" + kept + "-"));
    }

    @Test
    void aLineThatBreaksManyTimesGetsThereAsLongAsMuchComes() {
        // Seven parts with four attempts: only what came makes up for the failures.
        hub.storage().fail("GET", hash, 7, (request, honest, out) -> {
            byte[] all = honest.bytes(request);
            out.write(all, 0, Math.min(all.length, 60_000));
        });

        fetch();

        assertThat(hub.storage().requests("GET", hash)).hasSize(8);
        assertNextTrySucceeds();
    }

    @ParameterizedTest
    @CsvSource({"401, no model owner/tiny", "403, agree at", "404, no model owner/tiny", "400, status 400", "410, status 410"})
    void statusesThatWillStayAreSaidAtOnce(int status, String sentence) {
        for (String file : new String[] {CONFIG, WEIGHTS}) {
            hub.failAlways("HEAD", file, Fault.say(Response.of(status)));
            hub.requests().clear();
            assertRefused(sentence);
            assertThat(hub.requests("HEAD", file)).hasSize(1);
            hub.heal();
        }
        hub.storage().failAlways("GET", hash, Fault.say(Response.of(status)));
        assertRefused(sentence);

        assertNextTrySucceeds();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void statusesThatMayPassAreTriedAgain(int status) {
        hub.fail("HEAD", CONFIG, 2, Fault.say(Response.of(status)));
        hub.storage().fail("GET", hash, 3, Fault.say(Response.of(status)));
        fetch();

        store.remove(MODEL);
        hub.storage().failAlways("GET", hash, Fault.say(Response.of(status)));
        assertRefused("status " + status, "try again");

        assertNextTrySucceeds();
    }

    @Test
    void aHubThatAsksToWaitIsLeftAlone() {
        hub.storage().fail("GET", hash, 1, Fault.say(Response.of(429, "Retry-After", "1")));
        long start = System.nanoTime();
        fetch();
        assertThat(System.nanoTime() - start).isGreaterThan(900_000_000L);

        hub.failAlways("HEAD", CONFIG, Fault.say(Response.of(429, "Retry-After", "3600")));
        hub.requests().clear();
        assertRefused("429", "try again in 3600 s");
        assertThat(hub.requests("HEAD", CONFIG)).hasSize(1);
    }

    @Test
    void privateGatedAndMissingModelsAreToldApart() {
        assertThatExceptionOfType(HubRefusal.class)
            .isThrownBy(() -> store.fetch(ModelName.parse("owner/none"), TestStore.PATIENT))
            .withMessageContaining("no model owner/none, or keeps it private; check the name, or set HF_TOKEN");
        assertThatExceptionOfType(HubRefusal.class)
            .isThrownBy(() -> store.fetch(ModelName.parse("owner/tiny@checkpoint-9"), TestStore.PATIENT))
            .withMessageContaining("owner/tiny has no revision “checkpoint-9”");
        hub.failAlways("HEAD", CONFIG, Fault.say(Response.of(403, "X-Error-Code", "GatedRepo")));
        assertRefused("agree at " + hub.address() + "/owner/tiny and set HF_TOKEN");
        assertThatExceptionOfType(HubRefusal.class)
            .isThrownBy(() -> TestStore.of(home, hub, "HF_TOKEN", "hf_secret").fetch(MODEL, TestStore.PATIENT))
            .withMessageContaining("Your HF_TOKEN may not read owner/tiny").withMessageNotContaining("secret");
    }

    @Test
    void aRangeThatIsRefusedIsFetchedFromTheBeginning() throws IOException {
        hub.storage().failAlways("GET", hash, Fault.breakBefore(100_000));
        assertRefused("breaks off");
        hub.storage().heal();
        hub.storage().fail("GET", hash, 1, Fault.say(Response.of(416)));

        assertNextTrySucceeds();
    }

    @Test
    void aServerWithoutRangesSendsAllAgain() {
        hub.storage().failAlways("GET", hash, Fault.breakBefore(100_000));
        assertRefused("breaks off");
        hub.storage().heal();
        hub.storage().failAlways("GET", hash, Fault.say(Response.of(200).with(weights)));
        fetch();

        assertNextTrySucceeds();
    }

    @Test
    void anotherRangeThanAskedForIsNotTaken() {
        hub.storage().failAlways("GET", hash, Fault.breakBefore(100_000));
        assertRefused("breaks off");
        hub.storage().heal();
        hub.storage().failAlways("GET", hash, Fault.say(Response.of(206, "Content-Range", "bytes 5-9/440176")
            .with(new byte[5])));
        assertRefused("another part");

        assertNextTrySucceeds();
    }

    @Test
    void circlesOfRedirectsEnd() {
        hub.failAlways("HEAD", CONFIG, Fault.say(Response.of(307, "Location", "/owner/tiny/resolve/main/config.json")));
        assertRefused("leads in circles");
        hub.heal();
        hub.storage().failAlways("GET", hash, Fault.say(Response.of(302, "Location", hub.address() + "/again/" + hash)));
        hub.failAlways("GET", hash, Fault.say(Response.of(302, "Location", hub.storage().address() + "/again/" + hash)));
        assertRefused("leads in circles");

        assertNextTrySucceeds();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://example.org/x", "file:///etc/passwd", "http://", "::", "//"})
    void redirectsToNowhereAreRefused(String location) {
        hub.failAlways("GET", WEIGHTS, Fault.say(Response.of(302, "Location", location)));

        assertRefused("refers to an address that is none");
        assertNextTrySucceeds();
    }

    @Test
    void renamedModelsAreFollowed() {
        hub.publish("new/home", Fixture.TINY.modelPath());
        hub.failAlways("HEAD", CONFIG, (request, honest, out) -> out.write((request.path().contains("/old/name")
            ? Response.of(307, "Location", request.path().replace("old/name", "new/home")) : honest).bytes(request)));
        for (String file : List.of(WEIGHTS, "tokenizer.json", "model.safetensors.index.json")) {
            hub.failAlways("HEAD", file, (request, honest, out) -> out.write((request.path().contains("/old/name")
                ? Response.of(308, "Location", hub.address() + request.path().replace("old/name", "new/home")) : honest)
                .bytes(request)));
        }
        hub.publish("old/name", Fixture.TINY.modelPath());

        Path folder = store.fetch(ModelName.parse("old/name"), TestStore.PATIENT);

        assertThat(folder).isEqualTo(store.cache().resolve("models--old--name/snapshots/" + FakeHub.COMMIT));
        assertThat(ModelFolder.open(folder).config().layers()).isEqualTo(3);
    }

    @Test
    void theTokenGoesToTheHubAndToNobodyElse() {
        TestStore.of(home, hub, "HF_TOKEN", "hf_secret").fetch(MODEL, TestStore.PATIENT);

        assertThat(hub.requests()).isNotEmpty()
            .allMatch(request -> request.headers().get("authorization").equals("Bearer hf_secret"));
        assertThat(hub.storage().requests()).isNotEmpty()
            .noneMatch(request -> request.headers().containsKey("authorization"));
    }

    @Test
    void aWebPageInPlaceOfAFileIsFoundOut() {
        Response page = Response.of(200, "Content-Type", "text/html; charset=utf-8").with(PAGE);
        hub.failAlways("HEAD", CONFIG, Fault.say(page));
        assertRefused("sends a web page in place of config.json", "log-in");
        hub.heal();
        hub.failAlways("GET", CONFIG, Fault.say(page));
        assertRefused("sends a web page in place of config.json");
        hub.heal();
        hub.storage().failAlways("GET", hash, Fault.say(page));
        assertRefused("sends a web page in place of model.safetensors");

        assertNextTrySucceeds();
    }

    @Test
    void whatIsNoHubIsFoundOut() {
        hub.failAlways("HEAD", CONFIG, Fault.say(Response.of(200, "ETag", "\"x\"").with(PAGE)));
        assertRefused("as a hub does; check HF_ENDPOINT");
        hub.heal();
        hub.failAlways("HEAD", CONFIG, Fault.say(Response.of(200, "ETag", "\"../../../x\"", "X-Repo-Commit", "c0")));
        assertRefused("as a hub does");
        hub.heal();
        hub.failAlways("HEAD", CONFIG, Fault.say(Response.of(200, "ETag", "\"x\"", "X-Repo-Commit", "../../x")));
        assertRefused("as a hub does");

        assertNextTrySucceeds();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 440_175, 440_177, 900_000})
    void aWrongLengthIsFoundOut(int length) {
        byte[] wrong = Arrays.copyOf(weights, length);
        hub.storage().failAlways("GET", hash, Fault.say(Response.of(200).with(wrong)));
        assertRefused("440,176", length + " bytes of model.safetensors");
        assertThat(part()).satisfiesAnyOf(p -> assertThat(p).doesNotExist(), p -> assertThat(p).isEmptyFile());
        hub.heal();

        // Without its length: by what comes.
        hub.storage().failAlways("GET", hash, (request, honest, out) -> {
            out.write("HTTP/1.1 200 X\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(wrong);
        });
        assertRefused(hub.address().getAuthority());

        assertNextTrySucceeds();
    }

    @ParameterizedTest
    @ValueSource(strings = {WEIGHTS, CONFIG})
    void aWrongChecksumIsFoundOut(String file) {
        byte[] wrong = hub.files("owner/tiny").get(file).clone();
        wrong[wrong.length / 2] ^= 1;
        Fault fault = Fault.say(Response.of(200).with(wrong));
        if (file.equals(WEIGHTS)) {
            hub.storage().failAlways("GET", hash, fault);
        } else {
            // The second time: the first is the look at the configuration.
            hub.fail("GET", file, 1, (request, honest, out) -> out.write(honest.bytes(request)));
            hub.failAlways("GET", file, fault);
        }

        assertRefused(file + " came with other contents", "the checksum differs");
        assertThat(part()).doesNotExist();
        assertNextTrySucceeds();
    }

    @Test
    void aWrongBeginningOfAnEarlierTimeIsFetchedAgain() throws IOException {
        Files.createDirectories(part().getParent());
        Files.write(part(), new byte[1_000]);

        assertNextTrySucceeds();
    }

    @Test
    void silenceIsTakenForABreak() {
        hub.storage().fail("GET", hash, 1, Fault.fallSilentAfter(200_000, 3_000));
        fetch();
        store.remove(MODEL);

        hub.storage().failAlways("GET", hash, Fault.fallSilentAfter(1_000, 3_000));
        assertRefused("has stopped sending", "what has arrived is kept");
        assertNextTrySucceeds();
    }

    @Test
    void aDripIsTakenForSilence() {
        hub.storage().fail("GET", hash, 1, (request, honest, out) -> {
            byte[] all = honest.bytes(request);
            out.write(all, 0, all.length - honest.body().length);
            Fault.drip(40, 50).answer(request, honest, out);
        });

        long start = System.nanoTime();
        fetch();

        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
        assertThat(hub.storage().requests("GET", hash)).hasSize(2);
        assertNextTrySucceeds();
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        hub.close();

        assertRefused(hub.address().getAuthority() + " cannot be reached", "check the network");
    }

    @Test
    void whoeverCancelsIsHeardAtOnceAndGoesOnLater() throws IOException {
        hub.storage().fail("GET", hash, 1, Fault.fallSilentAfter(300_000, 3_000));
        AtomicReference<FetchProgress> last = new AtomicReference<>();
        FetchListener cancelling = new FetchListener() {
            @Override
            public void progress(FetchProgress progress) {
                last.set(progress);
            }

            @Override
            public boolean isCancelled() {
                return Files.exists(part()) && part().toFile().length() > 250_000;
            }
        };

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> store.fetch(MODEL, cancelling));

        assertNothingBroken();
        assertThat(last.get().file()).isEqualTo(WEIGHTS);
        assertThat(store.list()).filteredOn(model -> model.name().startsWith("owner/tiny")).singleElement()
            .satisfies(model -> assertThat(model.isComplete()).isFalse());
        hub.storage().requests().clear();
        assertNextTrySucceeds();
        assertThat(hub.storage().requests("GET", hash).get(0).headers()).containsKey("range");
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
    void twoAtOnceFetchEachFileOnce() {
        hub.storage().fail("GET", hash, 1, (request, honest, out) -> {
            Fault.fallSilentAfter(100_000, 200).answer(request, honest, out);
            out.write(honest.bytes(request), 100_000, honest.bytes(request).length - 100_000);
        });
        List<CompletableFuture<Path>> both = Stream.generate(() -> CompletableFuture.supplyAsync(
            () -> TestStore.of(home, hub).fetch(MODEL, TestStore.PATIENT))).limit(3).toList();

        assertThat(both).allMatch(fetching -> fetching.join().equals(store.where(MODEL).orElseThrow()));
        assertThat(hub.storage().requests("GET", hash)).hasSize(1);
        assertNextTrySucceeds();
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
