package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headscope.figure.Csv;
import org.headscope.figure.FigureFile;
import org.headscope.figure.FigureOptions;
import org.headscope.figure.Heatmap;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.refusal.Refusal;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSessionTest {

    private static final Heatmap PICTURE = Heatmap.attention("One", "", List.of("BOS"),
        Matrix.attention(1, new float[] {1}, 0), Scale.absolute());

    @TempDir
    private Path folder;

    private Path picture(Map<String, String> texts) {
        Path file = folder.resolve("head.png");
        FigureFile.write(file, PICTURE, Csv.table(PICTURE), FigureOptions.usual(), texts);
        return file;
    }

    @Test
    void everyViewComesBackAsItWas() {
        RandomSessions random = new RandomSessions(5);
        for (int i = 0; i < 20; i++) {
            Session session = named(random.session());
            SessionJson.Read read = PictureSession.read(picture(PictureSession.texts(session)), Optional.empty());
            assertThat(read.session().document()).isEqualTo(session.document());
            assertThat(read.session().tab()).isEqualTo(session.tab());
            assertThat(read.session().cell()).isEqualTo(session.cell());
            assertThat(read.session().swept()).isEqualTo(session.swept());
            assertThat(read.session().model().map(ModelNote::size)).isEqualTo(session.model().map(ModelNote::size));
            assertThat(read.note()).isEmpty();
        }
    }

    private static Session named(Session session) {
        return new Session(session.document(), session.model().map(note -> new ModelNote("gpt2",
            Optional.of("/home/tom/models/gpt2"), note.processing(), note.size())), session.tab(), session.cell(),
            Optional.of("/home/tom/references.txt"), session.swept(), session.ledger());
    }

    @Test
    void whereThingsLieOnAMachineIsNotPublished() {
        RandomSessions random = new RandomSessions(7);
        for (int i = 0; i < 20; i++) {
            assertThat(PictureSession.texts(named(random.session())).values()).noneMatch(text -> text.contains("/home")
                || text.contains("\"ledger\": [ {"));
        }
    }

    @Test
    void filesThatAStrangerNamesAreNotTouched() {
        ModelNote.Size size = new ModelNote.Size(4, 4, 256, 1024, 50257);
        ModelNote elsewhere = new ModelNote("gpt2", Optional.of("//host/share"), Processing.RAW, size);
        Session session = new Session(Document.notebook(), Optional.of(elsewhere), "pattern", Optional.empty(),
            Optional.of("//host/references.txt"), false, Ledger.EMPTY);
        Session read = PictureSession.read(picture(Map.of("Headscope", SessionJson.write(session))), Optional.empty())
            .session();
        assertThat(read.model().orElseThrow().openable()).isEqualTo("gpt2");
        assertThat(read.references()).isEmpty();

        ModelNote path = new ModelNote("//host/share", Optional.of("x"), Processing.RAW, size);
        Session named = new Session(Document.notebook(), Optional.of(path), "pattern", Optional.empty(),
            Optional.empty(), false, Ledger.EMPTY);
        assertThatThrownBy(() -> PictureSession.read(picture(Map.of("Headscope", SessionJson.write(named))),
            Optional.empty())).isInstanceOf(Refusal.class).hasMessageContaining("names no model");
    }

    @Test
    void aPictureWithoutASessionSaysSoInOneSentence() {
        assertThatThrownBy(() -> PictureSession.read(picture(Map.of()), Optional.empty())).isInstanceOf(Refusal.class)
            .hasMessage("head.png carries no session; drop a PNG that Headscope exported.");
    }

    @Test
    void aSessionThatCannotBeReadSaysWhichFieldIsWrong() {
        for (String text : List.of("{", "{}", "[]", "{\"format\":\"headscope-session\",\"version\":1}",
            "{\"format\":\"headscope-session\",\"version\":\"x\",\"document\":{}}")) {
            assertThatThrownBy(() -> PictureSession.read(picture(Map.of("Headscope", text)),
                Optional.empty())).isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The session in head.png was not opened: ").hasMessageEndingWith(".");
        }
    }
}
