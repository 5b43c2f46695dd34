package org.headscope.session.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.analysis.Circuits;
import org.headscope.analysis.Circuits.Input;
import org.headscope.analysis.NeuronReading;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Metric;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.session.Document;
import org.headscope.session.HeadPath;
import org.headscope.session.OpenModel;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers that a notebook asserts are TransformerLens's. */
class NotebookTest {

    private static final OpenModel MODEL = OpenModel.open(Fixture.TINY.modelPath().toString(),
        Processing.TRANSFORMERLENS, TestModels.RUNTIME);
    private static final Head HEAD = new Head(1, 2);
    private static final Document DOCUMENT = Document.notebook().withFocus(HEAD, true).toggled(HEAD, HookPoint.Z);
    private static final List<Integer> WATCHED = List.of(81, 367);

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        MODEL.close();
    }

    private static Subject subject(Document document) {
        Subject bare = Subject.of(MODEL, document, WATCHED, Plans.NONE, Optional.empty());
        return bare.with(Plans.NONE.with(new SweepPlan(List.of(new SweepKind(HookPoint.Z, By.HEAD)), Optional.empty(),
            Substitution.CLEAN_INTO_CORRUPT, bare.metric().orElseThrow())));
    }

    @Test
    void itsNumbersAreTransformerLenss() {
        Facts facts = Facts.of(MODEL, subject(DOCUMENT), new Cancellation());
        float[] sweep = Fixture.TINY.tensor("patch/z/difference").toArray();

        assertThat(facts.cleanIds()).isEqualTo(Fixture.TINY.ids("clean"));
        assertThat(facts.corruptIds()).contains(Fixture.TINY.ids("corrupt"));
        for (int i = 0; i < WATCHED.size(); i++) {
            assertThat((float) facts.cleanLogits()[i]).isCloseTo(Fixture.TINY.tensor("clean/logits").get(0, 7,
                WATCHED.get(i)), within(1e-5f));
        }
        for (int cell = 0; cell < sweep.length; cell++) {
            assertThat((float) facts.sweep().get(0).values()[cell]).isCloseTo(sweep[cell],
                within(1e-5f));
        }
        assertThat(facts.patchedLogits().orElseThrow()[0] - facts.patchedLogits().get()[1])
            .isCloseTo(facts.sweep().get(0).get(1, 2), within(1e-4));
        assertThat(facts.continued()).startsWith(facts.cleanIds()).hasSizeGreaterThan(facts.cleanIds().length);
    }

    @Test
    void aNotebookIsWhatJupyterReads() throws IOException {
        Path file = folder.resolve("session.ipynb");

        Notebook.write(file, MODEL, subject(DOCUMENT), Version.TWO, new Cancellation());

        JsonObject notebook = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(notebook.get("nbformat").getAsInt()).isEqualTo(4);
        List<JsonObject> cells = StreamSupport.stream(notebook.getAsJsonArray("cells").spliterator(), false)
            .map(JsonElement::getAsJsonObject).toList();
        assertThat(cells).extracting(cell -> cell.get("id").getAsString()).doesNotHaveDuplicates();
        assertThat(cells.stream().filter(cell -> cell.get("cell_type").getAsString().equals("code"))
            .map(JsonObject::keySet))
            .allSatisfy(keys -> assertThat(keys).contains("execution_count", "outputs", "source"));
        assertThat(cells).extracting(cell -> source(cell)).anySatisfy(text -> assertThat(text)
            .contains("check(\"patched logits\"")).anySatisfy(text -> assertThat(text).contains("check(\"sweep\""))
            .anySatisfy(text -> assertThat(text).contains("## The staged patches"));
        assertThat(folder).isDirectoryContaining(only -> only.equals(file));
    }

    private static String source(JsonObject cell) {
        JsonArray lines = cell.getAsJsonArray("source");
        return StreamSupport.stream(lines.spliterator(), false).map(JsonElement::getAsString)
            .collect(Collectors.joining());
    }

    @Test
    void aPathHasTheValueOfTheSweepOfPaths() {
        HeadPath path = new HeadPath(new Head(0, 1), new Head(2, 3), HookPoint.K);
        Subject bare = subject(DOCUMENT);
        Metric metric = bare.metric().orElseThrow();
        Plans plans = Plans.NONE.with(new PathPlan(path, Substitution.CLEAN_INTO_CORRUPT, metric))
            .with(new SweepPlan(List.of(new SweepKind(HookPoint.K, By.HEAD)), Optional.of(
                new SweepPlan.End(path.sender(), true)), Substitution.CLEAN_INTO_CORRUPT, metric));

        Facts facts = Facts.of(MODEL, bare.with(plans), new Cancellation());

        assertThat(facts.path().orElseThrow()).isCloseTo(facts.sweep().get(0).get(2, 3), within(1e-5));
        assertThat(Notebook.of(MODEL, bare.with(plans), Version.TWO, new Cancellation()))
            .contains("## The path from a head to another", "check(\\\"path\\\", path, ");
        assertThat(Facts.of(MODEL, bare, new Cancellation()).path()).isEmpty();
    }

    @Test
    void circuitsAndNeuronsAreThoseOfTheAnalysis() {
        Subject bare = subject(DOCUMENT);
        Plans plans = Plans.NONE.with(new CircuitPlan.Composition(Input.Q))
            .with(new NeuronPlan(new NeuronReading.Id(1, 17), Side.CORRUPT, 3));

        Facts facts = Facts.of(MODEL, bare.with(plans), new Cancellation());

        Tensor composition = MODEL.runtime().call(() -> new Circuits(MODEL.gpt2()).composition(Input.Q, done -> { },
            new Cancellation()));
        assertThat(facts.circuit().orElseThrow()).hasSize(composition.size());
        assertThat((float) facts.circuit().get()[1 * 4 * 3 * 4 + 2 * 4 + 3]).isEqualTo(composition.get(1, 0, 2, 3));
        float expected = Fixture.TINY.tensor("corrupt/blocks.1.mlp.hook_post").get(0, 7, 17);
        assertThat((float) facts.neuron().orElseThrow().activation()[7]).isCloseTo(expected, within(1e-5f));
        assertThat(facts.neuron().get().promotes()).hasSize(3);
        assertThat(Notebook.of(MODEL, bare.with(plans), Version.FOUR, new Cancellation())).contains(
            "## What the weights say", "check(\\\"circuit\\\", circuit.flatten(), ", "## A neuron",
            "check(\\\"suppresses\\\", suppresses.values, ");
    }

    @Test
    void whatIsCancelledLeavesNoFile() {
        Path file = folder.resolve("session.ipynb");
        Cancellation raised = new Cancellation();
        raised.request();

        assertThatThrownBy(() -> Notebook.write(file, MODEL, subject(DOCUMENT), Version.TWO, raised))
            .isInstanceOf(CancellationException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void promptsOfDifferentLengthsAreRefusedWhereSomethingIsPatched() {
        assertThatThrownBy(() -> Facts.of(MODEL, subject(DOCUMENT.withCorrupt("Tom")), new Cancellation()))
            .hasMessageContaining("tokens; patching needs as many in both");
        assertThat(Facts.of(MODEL, Subject.of(MODEL, DOCUMENT.withoutPatches().withCorrupt("Tom"), WATCHED,
            Plans.NONE, Optional.empty()), new Cancellation()).corruptRow()).isPresent();
    }
}
