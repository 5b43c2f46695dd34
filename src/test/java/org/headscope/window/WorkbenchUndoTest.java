package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Readout;
import org.headscope.session.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a person changes can be undone and done again. */
class WorkbenchUndoTest {

    private static final TestBench BENCH = TestBench.tiny();
    private static final Workbench WORKBENCH = BENCH.workbench();

    @AfterAll
    static void close() {
        BENCH.close();
    }

    static Stream<Named<Consumer<Workbench>>> changes() {
        return Stream.of(
            change("clean text", bench -> bench.edit("clean text", d -> d.withClean("Sarah went to the store. Tom"))),
            change("corrupt text", bench -> bench.edit("corrupt text", d -> d.withCorrupt("Tom left. Tom"))),
            change("focus", bench -> bench.focus(new Head(2, 3), false)),
            change("lock", bench -> bench.focus(WORKBENCH.document().focus().orElseThrow(), true)),
            change("patch", Workbench::toggleFocusedPatch),
            change("part", bench -> bench.edit("part", d -> d.withPart(HookPoint.K))),
            change("pin", bench -> bench.pin(7)),
            change("swap", bench -> bench.edit("", Document::swapped)),
            change("BOS", bench -> bench.edit("", d -> d.withBos(false))));
    }

    private static Named<Consumer<Workbench>> change(String name, Consumer<Workbench> change) {
        return Named.of(name, change);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void oneStepBackAndForthIsTheSame(Consumer<Workbench> change) {
        Document before = WORKBENCH.document();
        var readouts = WORKBENCH.readoutsProperty().get();
        change.accept(WORKBENCH);
        BENCH.background().endPauses();
        Document after = WORKBENCH.document();
        assertThat(after).isNotEqualTo(before);

        WORKBENCH.undo();
        BENCH.background().endPauses();
        assertThat(WORKBENCH.document()).isEqualTo(before);
        // Up to rounding: the run back takes what it can from the run before it.
        assertThat(WORKBENCH.readoutsProperty().get()).usingRecursiveComparison()
            .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-5 * (1 + Math.abs(a)) ? 0 : 1, Float.class)
            .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-5 * (1 + Math.abs(a)) ? 0 : 1, Double.class)
            .isEqualTo(readouts);
        assertThat(WORKBENCH.currentProperty().get()).isTrue();
        assertThat(WORKBENCH.canRedoProperty().get()).isTrue();

        WORKBENCH.redo();
        BENCH.background().endPauses();
        assertThat(WORKBENCH.document()).isEqualTo(after);
        assertThat(WORKBENCH.currentProperty().get()).isTrue();

        WORKBENCH.undo();
        BENCH.background().endPauses();
    }

    @Test
    void thePredictionsFollowTheTextBack() {
        var before = WORKBENCH.readoutsProperty().get().stream().map(Readout::id).toList();
        BENCH.typeClean("a wholly different text");
        WORKBENCH.undo();
        BENCH.background().endPauses();

        assertThat(WORKBENCH.readoutsProperty().get()).extracting(Readout::id).isEqualTo(before);
    }
}
