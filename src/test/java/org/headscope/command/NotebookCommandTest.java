package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.headscope.Fixture;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.Document;
import org.headscope.session.Ledger;
import org.headscope.session.ModelNote;
import org.headscope.session.Session;
import org.headscope.session.SessionFile;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookCommandTest {

    private static final Document DOCUMENT = Document.notebook().withFocus(new Head(1, 2), true)
        .toggled(new Head(1, 2), HookPoint.Z);

    @TempDir
    private Path folder;

    private Path session(ModelNote.Size size) {
        Path file = folder.resolve("a.headscope");
        ModelNote note = new ModelNote("tiny", Optional.of(Fixture.TINY.modelPath().toString()),
            Processing.TRANSFORMERLENS, size);
        SessionFile.write(file, new Session(DOCUMENT, Optional.of(note), "patch", Optional.of(new Cell(1, 0)),
            Optional.empty(), false, Ledger.EMPTY));
        return file;
    }

    @Test
    void aSessionBecomesANotebook() throws IOException {
        Path file = session(new ModelNote.Size(3, 4, 48, 64, 440));
        Path out = folder.resolve("a.ipynb");

        CommandRun made = CommandRun.of("notebook", file.toString(), "--out", out.toString(), "--for", "4", "--what",
            "pattern", "--by", "position");

        assertThat(made.succeeded().out()).isEqualTo("Wrote %s for TransformerLens 4.%n".formatted(out));
        assertThat(Files.readString(out)).contains("boot_transformers", "attn_head_pattern_by_pos", "patch_0");
    }

    @Test
    void anotherModelThanTheSessionsIsRefused() {
        Path file = session(new ModelNote.Size(12, 12, 768, 1024, 50257));
        Path out = folder.resolve("a.ipynb");

        CommandRun refused = CommandRun.of("notebook", file.toString(), "--out", out.toString());

        refused.isRefusedWith("The session was made with tiny (12 layers × 12 heads, width 768, 50,257 "
            + "tokens)", "name the right model with --model.");
        assertThat(out).doesNotExist();
    }

    @Test
    void circuitsAndANeuronAreAddedByName() throws IOException {
        Path file = session(new ModelNote.Size(3, 4, 48, 64, 440));
        Path out = folder.resolve("a.ipynb");

        CommandRun.of("notebook", file.toString(), "--out", out.toString(), "--circuit", "QK", "--neuron", "L1N17")
            .succeeded();

        assertThat(Files.readString(out)).contains("entries of the QK circuit of L1H2", "model.W_Q[1, 2]",
            "check(\\\"circuit\\\", circuit.flatten()", "model.W_out[1, 17]", "check(\\\"activation\\\"");
    }

    @Test
    void whatIsNoCircuitAndNoNeuronIsRefused() {
        String file = session(new ModelNote.Size(3, 4, 48, 64, 440)).toString();
        String out = folder.resolve("a.ipynb").toString();

        CommandRun.of("notebook", file, "--out", out, "--circuit", "VO").isRefusedWith(
            "--circuit takes copying, Q, K, V, OV, QK, OV-prompt or QK-prompt, not “VO”");
        CommandRun.of("notebook", file, "--out", out, "--neuron", "L1H2").isRefusedWith("“L1H2” names no neuron");
        CommandRun.of("notebook", file, "--out", out, "--neuron", "L3N0").isRefusedWith(
            "There is no neuron L3N0; this model has L0N0 to L2N191.");
        assertThat(folder.resolve("a.ipynb")).doesNotExist();
    }

    @Test
    void badArgumentsAreRefusedBeforeAnythingIsComputed() {
        Path file = session(new ModelNote.Size(3, 4, 48, 64, 440));
        String out = folder.resolve("a.ipynb").toString();

        CommandRun.of("notebook", file.toString(), "--out", out, "--for", "3")
            .isRefusedWith("--for takes 2.15 or 4, not “3”");
        CommandRun.of("notebook", file + "x", "--out", out).isRefusedWith("there is no such file");
        CommandRun.of("notebook", file.toString(), "--out", folder.resolve("no/a.ipynb").toString())
            .isRefusedWith("there is no folder");
    }
}
