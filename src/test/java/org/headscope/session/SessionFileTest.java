package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.headscope.Fixture;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Positions;
import org.headscope.model.Site;
import org.headscope.patching.Source;
import org.headscope.refusal.Refusal;
import org.headscope.session.Substitution.Side;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionFileTest {

    private static final Path VERSION_1 = Fixture.resource("/sessions/version-1.headscope");

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadBack() {
        for (long seed = 0; seed < 300; seed++) {
            Session session = new RandomSessions(seed).session();

            assertThat(SessionJson.read(SessionJson.write(session)).session()).as("seed %d", seed).isEqualTo(session);
        }
    }

    @Test
    void aFileKeepsEvenHalfCharacters() {
        Session session = Session.of(Document.notebook().withClean("\uD83D half, whole 🙂, \uDE42"));
        Path file = folder.resolve("half.headscope");

        SessionFile.write(file, session);

        assertThat(SessionFile.read(file)).isEqualTo(new SessionJson.Read(session, ""));
        assertThat(folder).isDirectoryContaining(only -> only.equals(file));
    }

    @Test
    void theFirstVersionOpensForEver() {
        Document document = new Document("Tom went to the store. Tom", "Tom went to the store. Sarah", true,
            Optional.of(new Head(1, 0)), true, HookPoint.Z, new Substitution(new Source.Number(0.5f), Side.CLEAN),
            List.of(new StagedPatch(new Head(1, 0), HookPoint.Z, true),
                new StagedPatch(Site.head(HookPoint.PATTERN, new Head(2, 3)).edge(7, 2), false),
                new StagedPatch(Site.head(HookPoint.V, new Head(0, 1)).at(new Positions(5, 7)), true)),
            List.of(1816, 21650), Viewing.FIRST, Sweeping.FIRST, Optional.empty());
        Ledger.Line line = new Ledger.Line(Instant.parse("2026-11-27T21:00:00.123Z"), Ledger.Kind.PATCH,
            Document.notebook().toggled(new Head(1, 0), HookPoint.Z), "demo", "L1H0 z: clean into corrupt",
            "·went − ·travelled", OptionalDouble.of(8.183), OptionalDouble.of(-1.499), OptionalDouble.of(6.016),
            OptionalDouble.of(0.776));

        Session session = SessionFile.read(VERSION_1).session();

        assertThat(session).isEqualTo(new Session(document, Optional.of(new ModelNote("demo", Optional.empty(),
            Processing.RAW, new ModelNote.Size(4, 4, 96, 128, 50257))), "compare", Optional.of(new Cell(7, 2)),
            Optional.empty(), false, new Ledger(List.of(line))));
    }

    @Test
    void aLaterVersionOpensWithANoteAndWithoutWhatIsUnknown() {
        JsonObject json = JsonParser.parseString(SessionJson.write(Session.fresh())).getAsJsonObject();
        json.addProperty("version", 7);
        json.addProperty("weather", "fine");
        json.getAsJsonObject("document").add("moods", new JsonObject());

        SessionJson.Read read = SessionJson.read(json.toString());

        assertThat(read.session()).isEqualTo(Session.fresh());
        assertThat(read.note()).isEqualTo("This session was saved by a later Headscope; what this one does not know "
            + "is left out.");
    }

    @Test
    void whatIsMissingIsAsInANewDocument() {
        Session read = SessionJson.read("{\"format\":\"headscope-session\",\"version\":1,"
            + "\"document\":{\"clean\":\"a\",\"corrupt\":\"b\"}}").session();

        assertThat(read.document()).isEqualTo(Document.notebook().withClean("a").withCorrupt("b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "document.clean | 7 | document.clean is 7 where text is wanted",
        "document.bos | \"yes\" | document.bos is \"yes\" where true or false is wanted",
        "document.focus | \"L1\" | document.focus is \"L1\" where a head such as L4H1 is wanted",
        "document.part | \"mlp_out\" | document.part is \"mlp_out\" where one of z, pattern, q, k, v is wanted",
        "document.put_in | \"much\" | document.put_in is \"much\" where clean, zero, mean or a number is wanted",
        "document.into | [] | document.into is [] where text is wanted",
        "document.patches | {} | document.patches is {} where a list is wanted",
        "document.patches | [{}] | document.patches[0].site is missing",
        "document.patches | [3] | document.patches[0] is 3 where an object is wanted",
        "document.patches | [{\"site\":\"L4H1\"}] | document.patches[0].site is \"L4H1\" where a place such as L4H1.z",
        "document.put_in | \"uniform\" | document.put_in is \"uniform\" where clean, zero, mean or a number is wanted",
        "document.patches | [{\"site\":\"L4H1.z\",\"with\":\"much\"}] | document.patches[0].with is \"much\" where clean,",
        "document.patches | [{\"site\":\"L4H1.z\",\"with\":\"first\"}] | document.patches[0].site does not go with the rest",
        "document.patches | [{\"site\":\"L4H1.z\",\"strength\":\"1\"}] | document.patches[0].strength is \"1\" where a",
        "document.patches | [{\"site\":\"L4H1.z\",\"renormalized\":true}] | document.patches[0].site does not go",
        "document.watched | [1, -2] | document.watched[1] is -2 where a whole number from 0 on is wanted",
        "document.watched | [1e99] | document.watched[0] is 1e99 where a whole number from 0 on is wanted",
        "document.viewing.scale | \"big\" | document.viewing.scale is \"big\" where one of absolute, row_max, sqrt, log is",
        "document.viewing.heads | [\"L1H0\", 3] | document.viewing.heads[1] is 3 where a head such as L4H1 is wanted",
        "document.sweeping.what | \"all\" | document.sweeping.what is \"all\" where a sweep such as “z by head” is wanted",
        "document.path | {\"from\":\"L0H1\"} | document.path.to is missing",
        "document.path | {\"to\":\"L1H1.q\"} | document.path.from is missing",
        "document.path | {\"from\":\"L0H1\",\"to\":\"L1H0.z\"} | document.path.to is \"L1H0.z\" where a head's q, k or v",
        "document.path | {\"from\":\"L1H1\",\"to\":\"L1H0.q\"} | document.path.to is no later head: L1H0 lies in the same",
        "cell | {\"query\": 1} | cell.key is missing",
        "ledger | [{}] | ledger[0].document is missing",
        "version | \"1\" | version is \"1\" where a whole number from 0 on is wanted",
        "format | \"something else\" | it is no Headscope session"})
    void aWrongFieldIsRefusedByItsName(String field, String value, String sentence) {
        JsonObject json = JsonParser.parseString(SessionJson.write(Session.fresh())).getAsJsonObject();
        JsonElement wrong = JsonParser.parseString(value);
        JsonObject parent = json;
        String[] path = field.split("\\.");
        for (int i = 0; i < path.length - 1; i++) {
            parent = parent.getAsJsonObject(path[i]);
        }
        parent.add(path[path.length - 1], wrong);

        assertThatThrownBy(() -> SessionJson.read(json.toString())).isInstanceOf(SessionRefusal.class)
            .hasMessageStartingWith(sentence);
    }

    @Test
    void otherFilesAreRefusedInOneSentence() throws IOException {
        Path missing = folder.resolve("missing.headscope");
        Map<String, byte[]> others = Map.of("empty", new byte[0], "list", "[]".getBytes(),
            "loose", "{format: 'headscope-session'}".getBytes(), "deep", "[".repeat(100_000).getBytes(),
            "two", "{} {}".getBytes(), "latin", new byte[] {'"', (byte) 0xE9, '"'});

        assertThatThrownBy(() -> SessionFile.read(missing)).isInstanceOf(SessionRefusal.class)
            .hasMessage(missing + " was not opened: there is no such file; choose another one.");
        for (Map.Entry<String, byte[]> other : others.entrySet()) {
            Path file = Files.write(folder.resolve(other.getKey()), other.getValue());
            assertThatThrownBy(() -> SessionFile.read(file)).as(other.getKey()).isInstanceOf(SessionRefusal.class)
                .hasMessageStartingWith(file + " was not opened: it is no ").hasMessageEndingWith(
                    "; choose a session saved by Headscope.");
        }
    }

    @Test
    void anyDamageGivesASessionOrARefusal() {
        byte[] whole = SessionJson.write(new RandomSessions(3).session()).getBytes();
        Random random = new Random(5);
        IntStream.range(0, 2_000).forEach(unused -> {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(95));
            }
            String text = new String(damaged, 0, random.nextBoolean() ? damaged.length : random.nextInt(damaged.length));
            try {
                assertThat(SessionJson.read(text)).isNotNull();
            } catch (SessionRefusal refused) {
                assertThat(refused).hasMessageNotContaining("Exception");
            }
        });
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldFile() {
        Path nowhere = folder.resolve("missing").resolve("a.headscope");

        assertThatThrownBy(() -> SessionFile.write(nowhere, Session.fresh())).isInstanceOf(Refusal.class)
            .hasMessageContaining("there is no folder");
    }
}
