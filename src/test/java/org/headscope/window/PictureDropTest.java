package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported pictures that are dropped on the window. */
class PictureDropTest extends InRenewedWindow {

    private static final Cell CELL = new Cell(7, 2);
    private static final Head HEAD = new Head(2, 1);

    @TempDir
    private Path folder;

    /** Whether the window takes such a file. */
    private static boolean drop(Path file) {
        return FileDrops.drop(window, file);
    }

    @Test
    void theViewComesBack() {
        window.fxRun(() -> {
            window.workbench().focus(HEAD, true);
            window.view().tabProperty().set(ViewState.Tab.COMPARE);
            window.view().lockedCellProperty().set(Optional.of(CELL));
        });
        window.until("the head's maps", () -> window.background().activities().isEmpty());
        Document then = window.document();
        Path picture = ExportDialog.export(window, folder.resolve("compare.png"));

        window.startAnew();
        window.paste("clean-field", "Something else entirely");
        window.untilRun("Something else entirely");
        assertThat(drop(picture)).isTrue();
        window.untilRun(then.clean());
        assertThat(window.document()).isEqualTo(then);
        assertThat(window.view().tabProperty().get()).isEqualTo(ViewState.Tab.COMPARE);
        assertThat(window.view().lockedCellProperty().get()).contains(CELL);
        assertThat(window.title()).contains("L2H1");
        assertThat(window.text("problem")).isEmpty();
    }

    @Test
    void whatCarriesNoSessionSaysSoAndLeavesAllAsItIs() throws IOException {
        Document before = window.document();
        Path foreign = folder.resolve("foreign.png");
        try (var icon = MainWindow.class.getResourceAsStream("icon-16.png")) {
            Files.copy(icon, foreign);
        }
        assertThat(drop(foreign)).isTrue();
        assertThat(window.text("problem")).isEqualTo("foreign.png carries no session; drop a PNG that Headscope "
            + "exported.");

        assertThat(drop(Files.writeString(folder.resolve("text.png"), "no picture"))).isTrue();
        assertThat(window.text("problem")).startsWith("text.png is no PNG picture");
        assertThat(drop(Files.writeString(folder.resolve("note.txt"), "no picture"))).isFalse();
        assertThat(window.document()).isEqualTo(before);
    }
}
