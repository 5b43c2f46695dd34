package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.headscope.ChildJvm;
import org.headscope.session.Recovery.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {

    private static final Session ONE = Session.of(Document.notebook().withClean("one"));
    private static final Session TWO = Session.of(Document.notebook().withClean("two"));
    private static final String NOBODY = "999999999-1";

    @TempDir
    private Path folder;

    /** Another process, which keeps a session and then waits to be killed. */
    static final class Victim {

        public static void main(String[] arguments) throws IOException {
            new Recovery(Path.of(arguments[0])).keep(ONE, Optional.of(Path.of(arguments[1])), 1);
            System.out.println("kept");
            // Nothing ever comes; the end does, should whoever started this die first.
            System.in.read();
        }
    }

    @Test
    void aKilledProcessLeavesItsSession() throws IOException {
        Path saved = folder.resolve("mine.headscope").toAbsolutePath();
        Process victim = ChildJvm.brief(List.of(), Victim.class, folder.toString(), saved.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(victim.inputReader().readLine()).isEqualTo("kept");
        Recovery next = new Recovery(folder);

        assertThat(next.find()).as("while it lives").isEmpty();
        victim.destroyForcibly().onExit().join();

        assertThat(next.find()).contains(new Found(ONE, Optional.of(saved), true));
        assertThat(next.find()).as("only once").isEmpty();
        assertThat(folder).as("and still there for a person").isDirectoryContaining("glob:**recovered-*");
    }

    @Test
    void aClosedProcessLeavesItsSessionToo() {
        Recovery closed = new Recovery(folder);
        closed.keep(ONE, Optional.empty(), 1);
        closed.end(TWO, Optional.empty());

        assertThat(new Recovery(folder, NOBODY).find()).contains(new Found(TWO, Optional.empty(), false));
        assertThat(folder).isDirectoryNotContaining("glob:**running-*");
    }

    @Test
    void whatCrashedGoesBeforeWhatWasClosed() {
        new Recovery(folder, "999999998-1").end(ONE, Optional.empty());
        new Recovery(folder, NOBODY).keep(TWO, Optional.empty(), 1);

        assertThat(new Recovery(folder).find()).map(Found::session).contains(TWO);
        assertThat(new Recovery(folder).find()).map(Found::session).contains(ONE);
    }

    @Test
    void anOlderSessionNeverReplacesANewerOne() {
        Recovery recovery = new Recovery(folder, NOBODY);
        recovery.keep(TWO, Optional.empty(), 2);
        recovery.keep(ONE, Optional.empty(), 1);

        assertThat(new Recovery(folder).find()).map(Found::session).contains(TWO);
    }

    @Test
    void damagedFilesAreSetAsideAndTheNextIsTaken() throws IOException {
        new Recovery(folder, NOBODY).end(ONE, Optional.empty());
        Files.writeString(folder.resolve("running-" + NOBODY + ".headscope"), "{half");
        Files.writeString(folder.resolve("running-of-nobody.headscope"), "{half");

        assertThat(new Recovery(folder).find()).map(Found::session).contains(ONE);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).extracting(file -> file.getFileName().toString()).contains(
                "recovered-" + NOBODY + ".headscope");
        }
    }

    @Test
    void withoutAFolderNothingIsKeptAndNothingFails() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Recovery recovery = new Recovery(file);

        assertThatCode(() -> recovery.keep(ONE, Optional.empty(), 1)).doesNotThrowAnyException();
        assertThatCode(() -> recovery.end(ONE, Optional.empty())).doesNotThrowAnyException();
        assertThat(recovery.find()).isEmpty();
    }

    @Test
    void everySystemHasItsFolder() {
        assertThat(AppFolder.of(Map.of(), "Linux", "/home/a")).isEqualTo(Path.of("/home/a/.local/state/headscope"));
        assertThat(AppFolder.of(Map.of("XDG_STATE_HOME", "/state"), "Linux", "/home/a"))
            .isEqualTo(Path.of("/state/headscope"));
        assertThat(AppFolder.of(Map.of("XDG_STATE_HOME", "state"), "Linux", "/home/a"))
            .isEqualTo(Path.of("/home/a/.local/state/headscope"));
        assertThat(AppFolder.of(Map.of(), "Mac OS X", "/Users/a"))
            .isEqualTo(Path.of("/Users/a/Library/Application Support/Headscope"));
        assertThat(AppFolder.of(Map.of("LOCALAPPDATA", "/local"), "Windows 11", "/a"))
            .isEqualTo(Path.of("/local/Headscope"));
        assertThat(AppFolder.of(Map.of("HEADSCOPE_STATE", "/mine"), "Linux", "/home/a")).isEqualTo(Path.of("/mine"));
    }
}
