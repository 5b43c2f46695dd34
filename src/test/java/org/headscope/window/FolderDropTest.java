package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are dropped on the window, and what else is dropped in their place. */
class FolderDropTest extends InOneWindow {

    @TempDir
    private Path folder;

    @BeforeEach
    void openTheBundledModel() {
        if (!opened().equals(ModelFolder.DEMO)) {
            window.fxRun(() -> window.workbench().open(ModelFolder.DEMO, Processing.TRANSFORMERLENS));
            window.until("the bundled model", () -> window.background().activities().isEmpty());
        }
        window.fxRun(() -> window.workbench().report(""));
    }

    private static String opened() {
        return window.fx(() -> window.workbench().modelProperty().get().orElseThrow().folder().name());
    }

    @Test
    void aModelsFolderIsOpenedAndRemembered() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        ModelCopy.of(Fixture.TINY, own);

        assertThat(FileDrops.drop(window, own)).isTrue();

        assertThat(opened()).isEqualTo("own");
        assertThat(window.text("problem")).isEmpty();
        assertThat(window.models().get().folders().all()).containsExactly(own);
    }

    @Test
    void aFolderWithoutAModelSaysWhatItLacksAndLeavesTheModel() throws IOException {
        Path bad = Files.createDirectory(folder.resolve("bad"));
        Files.writeString(bad.resolve("notes.txt"), "no model");

        assertThat(FileDrops.drop(window, bad)).isTrue();

        assertThat(window.text("problem")).contains(bad.toString(), "config.json").endsWith(".");
        assertThat(opened()).isEqualTo(ModelFolder.DEMO);
        assertThat(window.models().get().folders().all()).doesNotContain(bad);
    }

    @Test
    void twoThingsAreToldToComeOneByOne() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));

        assertThat(FileDrops.drop(window, first, second)).isTrue();

        assertThat(window.text("problem")).startsWith("Drop one thing at a time").endsWith(".");
        assertThat(opened()).isEqualTo(ModelFolder.DEMO);
    }

    @Test
    void theWindowSaysWhatWouldComeOfADrop() throws IOException {
        Path own = Files.createDirectory(folder.resolve("mine"));
        FileDrops.hold(window, own);
        assertThat(window.texts("drop-hint")).containsExactly("Drop to open the model in “mine”");
        FileDrops.hold(window, folder.resolve("names.CSV"));
        assertThat(window.texts("drop-hint")).containsExactly("Drop to sweep the pairs in “names.CSV”");
        FileDrops.hold(window, folder.resolve("note.txt"));
        assertThat(window.texts("drop-hint").get(0)).endsWith("can be dropped here");
        FileDrops.leave(window);
        assertThat(window.texts("drop-hint")).isEmpty();
    }

    @Test
    void aFileOfAnotherKindIsNotTaken() throws IOException {
        assertThat(FileDrops.drop(window, Files.writeString(folder.resolve("note.txt"), "no model"))).isFalse();

        assertThat(window.text("problem")).isEmpty();
        assertThat(opened()).isEqualTo(ModelFolder.DEMO);
    }
}
