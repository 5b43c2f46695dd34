package org.headscope.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.headscope.weights.hub.FakeHub.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that break off, fall silent or send other parts than were asked for. */
class HubLineFaultTest extends FaultTrial {

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

    /** First at every byte of an answer's head, then after every single byte of the file. */
    @Test
    void aLineThatBreaksAtEveryByteIsNotNoticed() {
        byte[] small = Arrays.copyOf(weights, 60);
        hub.files("owner/tiny").put(WEIGHTS, small);
        String name = FakeHub.hash("SHA-256", small);
        AtomicInteger attempts = new AtomicInteger();
        hub.storage().failAlways("GET", name, (request, honest, out) -> {
            byte[] all = honest.bytes(request);
            out.write(all, 0, Math.min(attempts.getAndIncrement(), all.length - honest.body().length + 1));
        });
        Patience endless = new Patience(Duration.ofSeconds(5), TestStore.STALL, 200, 1_000, Duration.ZERO, Duration.ZERO, 1);

        Path folder = TestStore.of(home, hub, RepositoryFolder.Linking.ofSystem(), endless).fetch(MODEL, TestStore.PATIENT);

        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(small);
        assertThat(attempts.get()).isGreaterThan(60 + 100);
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
    void silenceIsTakenForABreak() {
        hub.storage().fail("GET", hash, 1, Fault.fallSilentAfter(200_000));
        fetch();
        store.remove(MODEL);

        hub.storage().failAlways("GET", hash, Fault.fallSilentAfter(1_000));
        assertRefused("has stopped sending", "what has arrived is kept");
        assertNextTrySucceeds();
    }

    @Test
    void aDripIsTakenForSilence() {
        // All of it would take six hours.
        hub.storage().fail("GET", hash, 1, Fault.drip(50));

        fetch();

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
        hub.storage().fail("GET", hash, 1, Fault.fallSilentAfter(300_000));
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
}
