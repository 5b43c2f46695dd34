package org.headscope.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.headscope.Fixture;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.hub.FakeHub.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that answer something else than what was asked for. */
class HubAnswerFaultTest extends FaultTrial {

    private static final byte[] PAGE = "<!doctype html><title>Log in to this network</title>".getBytes(StandardCharsets.UTF_8);

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
        assertRefused("440,176", "%,d bytes of model.safetensors".formatted(length));
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
}
