package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.RandomGpt2;
import org.headscope.TestModels;
import org.headscope.analysis.AttentionWeight;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.session.Combine;
import org.headscope.session.Document;
import org.headscope.session.Which;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Processing;
import org.headscope.window.headmap.HeadMapViewModel;
import org.headscope.window.workspace.WorkspaceViewModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prompt too long for its patterns to be kept looks as if they were. */
class LongPromptTest {

    private static final Gpt2Config LONG = new Gpt2Config(2, 3, 24, 512, 50257, 1e-5, Activation.GELU_NEW, false);
    private static final Head HEAD = new Head(1, 2);
    private static final int TOKENS = 300;
    /** The patterns of two pairs alone take 8.6 MB. */
    private static final long BESIDE = 8_000_000;

    private static TestBench bench;
    private static WorkspaceViewModel workspace;
    private static HeadMapViewModel headMap;

    @BeforeAll
    static void open(@TempDir Path folder) {
        bench = TestBench.empty();
        workspace = new WorkspaceViewModel(bench.workbench(), bench.view(), new SimpleObjectProperty<>(Theme.LIGHT));
        headMap = new HeadMapViewModel(bench.workbench(), bench.view(), new SimpleObjectProperty<>(Theme.LIGHT));
        bench.workbench().setMemory(Gpt2Weights.memory(LONG) + BESIDE);
        bench.workbench().open(RandomGpt2.write(folder, LONG, 1, false).toString(), Processing.TRANSFORMERLENS);
        bench.workbench().edit("", document -> document.withBos(false).withClean("a" + " b".repeat(TOKENS - 1))
            .withCorrupt("a" + " b".repeat(TOKENS - 2) + " c"));
        bench.workbench().run();
        bench.workbench().focus(HEAD, true);
    }

    @AfterAll
    static void close() {
        bench.workbench().setMemory(bench.workbench().usualMemory());
        bench.close();
    }

    private static Run withPatterns() {
        return TestModels.RUNTIME.call(() -> bench.model().orElseThrow().gpt2().run(bench.pair().clean().ids(),
            RunOptions.plain().lastLogitsOnly().keeping(hook -> hook.point() == HookPoint.PATTERN)));
    }

    @Test
    void noPatternIsKept() {
        assertThat(bench.pair().clean().size()).isEqualTo(TOKENS);
        assertThat(bench.finished().cleanRun().cache().hooks()).extracting(Hook::point)
            .doesNotContain(HookPoint.PATTERN).contains(HookPoint.Q, HookPoint.K, HookPoint.V);
    }

    @Test
    void thePatternIsTheOneThatTheRunComputed() {
        float[] expected = withPatterns().cache().pattern(HEAD).toArray();

        assertThat(bench.pair().clean(HEAD).orElseThrow().toArray()).usingComparatorWithPrecision(1e-6f)
            .containsExactly(expected);
    }

    @Test
    void everyViewAndWeightHasItsMaps() {
        for (AttentionWeight weight : AttentionWeight.values()) {
            bench.view().weightProperty().set(weight);
            var maps = workspace.mapsProperty().get().orElseThrow();
            assertThat(maps.clean().matrix().rows()).isEqualTo(TOKENS);
            assertThat(maps.difference()).isPresent();
        }
        bench.view().weightProperty().set(AttentionWeight.PATTERN);
        for (Combine combine : Combine.values()) {
            bench.view().combineProperty().set(combine);
            assertThat(workspace.mapsProperty().get().orElseThrow().corrupt()).isPresent();
        }
        bench.view().combineProperty().set(Combine.HEAD);
    }

    @Test
    void everyHeadHasAThumbnailOfEachRun() {
        for (Which which : List.of(Which.CORRUPT, Which.DIFFERENCE, Which.CLEAN)) {
            bench.view().whichProperty().set(which);
            assertThat(headMap.thumbnailsProperty().get().orElseThrow().rasters()).hasSize(6);
        }
    }

    @Test
    void aPatternIsPatchedWithoutRunningThePromptsAgain() {
        Document before = bench.workbench().document();
        bench.workbench().edit("", document -> document.withoutPatches().toggled(HEAD, HookPoint.PATTERN));

        assertThat(bench.problem()).isEmpty();
        assertThat(bench.workbench().readoutsProperty().get()).isNotEmpty()
            .allMatch(readout -> !readout.patched().equals(Optional.empty()));
        bench.workbench().edit("", document -> before);
    }
}
