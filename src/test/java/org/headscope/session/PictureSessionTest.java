package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.headscope.figure.Csv;
import org.headscope.figure.FigureFile;
import org.headscope.figure.FigureOptions;
import org.headscope.figure.Heatmap;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.refusal.Refusal;
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
    void everySessionComesBackAsItWas() {
        RandomSessions random = new RandomSessions(5);
        for (int i = 0; i < 20; i++) {
            Session session = random.session();
            SessionJson.Read read = PictureSession.read(picture(PictureSession.texts(session)));
            assertThat(read.session()).isEqualTo(session);
            assertThat(read.note()).isEmpty();
        }
    }

    @Test
    void aPictureWithoutASessionSaysSoInOneSentence() {
        assertThatThrownBy(() -> PictureSession.read(picture(Map.of()))).isInstanceOf(Refusal.class)
            .hasMessage("head.png carries no session; drop a PNG that Headscope exported.");
    }

    @Test
    void aSessionThatCannotBeReadSaysWhichFieldIsWrong() {
        for (String text : List.of("{", "{}", "[]", "{\"format\":\"headscope-session\",\"version\":1}",
            "{\"format\":\"headscope-session\",\"version\":\"x\",\"document\":{}}")) {
            assertThatThrownBy(() -> PictureSession.read(picture(Map.of("Headscope", text)))).isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The session in head.png was not opened: ").hasMessageEndingWith(".");
        }
    }
}
