package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.TestModels;
import org.headscope.model.Head;
import org.headscope.model.RunOptions;
import org.headscope.patching.Readout;
import org.headscope.session.OpenModel;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening one model after another. */
class WorkbenchModelTest {

    private final TestBench bench = TestBench.demo();
    private final Workbench workbench = bench.workbench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aFolderWithoutAModelIsRefusedAndTheOldOneStays(@TempDir Path folder) {
        List<Readout> before = workbench.readoutsProperty().get();
        workbench.open(folder.toString(), Processing.TRANSFORMERLENS);

        assertThat(bench.problem()).contains(folder.toString()).contains("config.json").endsWith(".");
        assertThat(bench.model().orElseThrow().folder().name()).isEqualTo(ModelFolder.DEMO);
        assertThat(workbench.readoutsProperty().get()).isEqualTo(before);

        workbench.run();
        assertThat(bench.problem()).isEmpty();
        assertThat(workbench.currentProperty().get()).isTrue();
    }

    @Test
    void aNameThatIsNoModelIsRefused() {
        workbench.open("no/such\0folder", Processing.TRANSFORMERLENS);

        assertThat(bench.problem()).endsWith(".");
        assertThat(bench.model()).isPresent();
    }

    @Test
    void rawWeightsPredictTheSameFromOtherLogits() {
        Readout.Value processed = bench.readout(TestBench.WENT).clean().orElseThrow();
        workbench.open(ModelFolder.DEMO, Processing.RAW);

        Readout.Value raw = bench.readout(TestBench.WENT).clean().orElseThrow();
        assertThat(bench.model().orElseThrow().gpt2().processing()).isEqualTo(Processing.RAW);
        assertThat(raw.prob()).isCloseTo(processed.prob(), within(1e-4));
        assertThat(raw.logit()).isNotCloseTo(processed.logit(), within(1f));
        assertThat(workbench.document().focus()).contains(TestBench.INDUCTION);
        assertThat(bench.readout(TestBench.WENT).patched()).isPresent();
    }

    @Test
    void anotherModelsHeadsAndTokensAreForgotten() {
        workbench.focus(new Head(3, 3), true);
        workbench.pin(TestBench.TRAVELLED);
        bench.openTiny();

        assertThat(workbench.document().pins()).isEmpty();
        assertThat(workbench.document().locked()).isFalse();
        assertThat(workbench.document().focus().orElseThrow().layer()).isLessThan(3);
        assertThat(workbench.document().patches()).allMatch(patch -> patch.site().hook().layer() < 3);
        assertThat(workbench.readoutsProperty().get()).isNotEmpty().allMatch(readout -> readout.id() < 440);
    }

    @Test
    void undoBringsNoHeadOrTokenOfAnotherModelBack() {
        bench.typeClean("Anna lost her keys. Anna");
        workbench.focus(new Head(3, 3), true);
        workbench.toggleFocusedPatch();
        workbench.pin(TestBench.TRAVELLED);
        bench.openTiny();
        while (workbench.canUndoProperty().get()) {
            workbench.undo();
            bench.background().endPauses();
            assertThat(workbench.document().pins()).isEmpty();
            assertThat(workbench.document().patches()).allMatch(patch -> patch.site().hook().layer() < 3);
            assertThat(workbench.document().focus().map(Head::layer).orElse(0)).isLessThan(3);
        }
        assertThat(workbench.document().clean()).isEqualTo("Tom went to the store. Tom");
        assertThat(bench.problem()).isEmpty();
    }

    @Test
    void numbersThatGetTooLargeAreToldWithTheirLayer(@TempDir Path folder) {
        workbench.open(ModelCopy.of(Fixture.TINY, folder).overflowing(1).folder().toString(),
            Processing.TRANSFORMERLENS);

        assertThat(bench.problem()).contains("the clean prompt").contains("blocks.1.hook_mlp_out").endsWith(".");
        assertThat(bench.finished().cleanRun().cache().hooks()).as("what was computed is kept").isNotEmpty();
        workbench.open(Fixture.TINY.modelPath().toString(), Processing.TRANSFORMERLENS);
        assertThat(bench.problem()).isEmpty();
    }

    // ---- never two at once ----

    /** Whole as far as its headers tell. */
    private static Path damaged(Path folder) throws IOException {
        ModelCopy copy = ModelCopy.of(Fixture.TINY, folder);
        byte[] bytes = Files.readAllBytes(copy.weightsFile());
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
        Files.write(copy.weightsFile(), bytes);
        return copy.folder();
    }

    @Test
    void theOldModelIsClosedBeforeTheNextIsLoaded() {
        OpenModel old = bench.model().orElseThrow();
        List<String> found = new ArrayList<>();
        ModelSource next = workbench.loading(Fixture.TINY.modelPath().toString(), Processing.TRANSFORMERLENS);

        workbench.open("Loading tiny", () -> {
            found.add(bench.model().isPresent() ? "open" : "none");
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> TestModels.run(old.gpt2(),
                new int[] {1, 2}, RunOptions.plain()));
            return next.load();
        });

        assertThat(found).containsExactly("none");
        assertThat(bench.problem()).isEmpty();
        assertThat(bench.finished().pair().layers()).isEqualTo(3);
    }

    @Test
    void aModelThatTurnsOutToBeDamagedBringsTheOldOneBack(@TempDir Path folder) throws IOException {
        workbench.focus(new Head(3, 3), true);
        workbench.open(damaged(folder).toString(), Processing.TRANSFORMERLENS);

        assertThat(bench.model().orElseThrow().folder().name()).isEqualTo(ModelFolder.DEMO);
        assertThat(workbench.currentProperty().get()).isTrue();
        assertThat(workbench.document().focus()).contains(new Head(3, 3));
        assertThat(bench.readout(TestBench.WENT).patched()).isPresent();
        assertThat(bench.problem()).as("runs that went well since do not wipe it out").contains("NaN").endsWith(".");

        bench.typeClean("Anna lost her keys. Anna");
        assertThat(bench.problem()).isEmpty();
    }

    @Test
    void aSessionWhoseModelIsDamagedLeavesTheOldOneOpen(@TempDir Path folder) throws IOException {
        List<Throwable> failures = new ArrayList<>();
        workbench.openWith("Loading", workbench.loading(damaged(folder).toString(), Processing.TRANSFORMERLENS),
            opened -> workbench.document(), opened -> { }, failures::add);

        assertThat(failures).hasSize(1).allMatch(error -> error.getMessage().contains("NaN"));
        assertThat(bench.model().orElseThrow().folder().name()).isEqualTo(ModelFolder.DEMO);
    }

    @Test
    void aSecondChoiceWhileOneIsLoadedStillHasTheOldOneToGoBackTo(@TempDir Path folder) throws IOException {
        Path damaged = damaged(folder);
        workbench.open("Loading", () -> {
            // A person chooses a folder without a model meanwhile.
            workbench.open(damaged.resolve("nothing").toString(), Processing.TRANSFORMERLENS);
            throw new IllegalStateException("too late to be told");
        });

        assertThat(bench.model().orElseThrow().folder().name()).isEqualTo(ModelFolder.DEMO);
        assertThat(bench.problem()).contains("nothing");
    }

    @Test
    void aModelTooLargeForTheBudgetIsRefusedAndTheOldOneStays() {
        OpenModel old = bench.model().orElseThrow();
        try {
            workbench.setMemory(1000);
            bench.openTiny();

            assertThat(bench.model()).containsSame(old);
            assertThat(bench.problem()).contains("needs about", "the memory budget is 1 kB", "Preferences, Memory");
        } finally {
            workbench.setMemory(workbench.usualMemory());
        }
        assertThat(workbench.currentProperty().get()).isTrue();
    }

    @Test
    void whileTheNextModelIsLoadedTheOldOneIsUsed() {
        bench.background().hold(Lane.MODEL);
        bench.openTiny();
        bench.typeClean("Tom went to the shop. Tom");

        assertThat(bench.finished().pair().layers()).isEqualTo(4);
        bench.background().release();
        assertThat(bench.finished().pair().layers()).isEqualTo(3);
        assertThat(bench.finished().pair().clean().text()).isEqualTo("Tom went to the shop. Tom");
    }

    @Test
    void loadingThatWasCancelledLeavesTheOldModel() {
        bench.background().hold(Lane.MODEL);
        bench.openTiny();
        bench.background().cancel(Lane.MODEL);
        bench.background().release();

        assertThat(bench.model().orElseThrow().folder().name()).isEqualTo(ModelFolder.DEMO);
        assertThat(bench.problem()).contains("cancelled").doesNotContain("run");
    }
}
