package org.headscope.window.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import org.headscope.TestModels;
import org.headscope.figure.Cell;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Metric;
import org.headscope.patching.PairSet;
import org.headscope.patching.PairSweep;
import org.headscope.patching.PairSweepResult;
import org.headscope.patching.Source;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.session.OpenModel;
import org.headscope.session.Swept;
import org.headscope.session.Swept.Paths;
import org.headscope.window.TestBench;
import org.headscope.window.sweep.ShownSweep.PairValue;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many pairs in the Patch view, without a screen. */
class PairsViewModelTest {

    private static final String PAIRS = """
        clean,corrupt,answer,wrong
        Tom went to the store. Tom,Tom went to the store. Sarah, went, travelled
        Tom went to the park. Tom,Tom went to the park. Sarah, went, travelled
        Tom went home. Tom,Tom went home. Sarah, went, travelled
        """;

    private final TestBench bench = TestBench.demo();
    private final SweepViewModel model = new SweepViewModel(bench.workbench());

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        bench.close();
    }

    @BeforeEach
    void lookAtAHead() {
        bench.workbench().focus(TestBench.INDUCTION, false);
    }

    private void open(String text) throws IOException {
        model.pairs().open(Files.writeString(folder.resolve("pairs.csv"), text));
    }

    private ShownSweep shown() {
        return model.shownProperty().get().orElseThrow();
    }

    private PairSweepResult direct(SweepKind kind) {
        OpenModel opened = bench.finished().model();
        PairSet set = PairSet.read(folder.resolve("pairs.csv"), text -> opened.tokenizer().prompt(text, true),
            opened.tokenizer()::single);
        return TestModels.RUNTIME.call(() -> new PairSweep(opened.gpt2(), set, List.of(kind), Source.CLEAN, pair ->
            new Metric.Difference(pair.answer().orElseThrow(), pair.wrong().orElseThrow())).run(soFar -> { },
            new Cancellation()).get(0));
    }

    @Test
    void theMeanIsShownAndEachPairInEveryCell() throws IOException {
        open(PAIRS);

        PairSweepResult expected = direct(new SweepKind(HookPoint.Z, By.HEAD));
        assertThat(shown().results().get(0).values()).containsExactly(expected.mean().values(), within(1e-5));
        assertThat(shown().progress()).isEqualTo("3 of 3 pairs");
        assertThat(shown().prompts()).isEqualTo("mean of 3 pairs in pairs.csv");
        assertThat(shown().measure()).hasToString("logit difference answer − wrong");
        Cell induction = new Cell(1, 0);
        assertThat(shown().words(0, induction)).startsWith("L1H0 z: mean logit difference %.4f ± %.4f, change +"
            .formatted(expected.mean().get(1, 0), expected.standardError(4)));
        List<PairValue> each = shown().ofPairs(0, induction);
        assertThat(each).extracting(PairValue::line).containsExactly(2, 3, 4);
        assertThat(each.stream().mapToDouble(PairValue::value).average().orElseThrow())
            .isCloseTo(shown().maps().get(0).matrix().value(1, 0), within(1e-6));
    }

    @Test
    void aBadRowIsLeftOutAndSaysWhy() throws IOException {
        open(PAIRS + "Tom ran. Tom,Tom ran away. Sarah, went, travelled\n,Tom, went, travelled\n"
            + "Tom went. Tom,Tom went. Sarah, went\nTom went. Tom,Tom went. Sarah, went, zzqqxx\n");

        assertThat(model.pairs().rowsProperty().get()).hasSize(7);
        assertThat(shown().progress()).isEqualTo("3 of 3 pairs");
        List<String> problems = model.pairs().rowsProperty().get().stream().map(PairFile.Checked::problem).skip(3)
            .toList();
        assertThat(problems.get(0)).contains("tokens");
        assertThat(problems.get(1)).isEqualTo("there is no clean prompt; write one.");
        assertThat(problems.get(2)).startsWith("There is no wrong token");
        assertThat(problems.get(3)).contains("zzqqxx");
    }

    @Test
    void aFileThatCannotBeReadLeavesAllAsItWas() throws IOException {
        model.sweep();
        ShownSweep before = shown();
        open("\"Tom went,Sarah went\n");
        assertThat(model.fileProblemProperty().get()).startsWith("pairs.csv, line 1: a quoted field begins here");
        model.pairs().open(folder.resolve("nowhere.csv"));
        assertThat(model.fileProblemProperty().get()).contains("nowhere.csv cannot be read");
        assertThat(shown()).isSameAs(before);
        assertThat(model.olderProperty().get()).isFalse();

        open("Tom,Tom went\n");
        assertThat(model.fileProblemProperty().get()).isEmpty();
        assertThat(model.problemProperty().get()).startsWith("pairs.csv, line 1: ").contains("tokens");
        assertThat(model.olderProperty().get()).isTrue();
    }

    @Test
    void closingGoesBackToThePairThatIsOpen() throws IOException {
        open(PAIRS);
        bench.typeCorrupt("Tom went to the store. Anna");
        assertThat(model.olderProperty().get()).as("the file has its own prompts").isFalse();
        model.pairs().close();

        assertThat(shown().isOfPairs()).isFalse();
        assertThat(shown().runs()).isSameAs(bench.finished());
        assertThat(model.pairs().rowsProperty().get()).isEmpty();
        assertThat(model.measureProperty().get().toString()).startsWith("logit difference ·went");
    }

    @Test
    void pathsAndPanelsAreMeansToo() throws IOException {
        open(PAIRS);
        model.sweptProperty().set(Swept.paths(HookPoint.Q, Paths.FROM));
        assertThat(shown().title()).startsWith("paths from L1H0 into later q");
        assertThat(shown().results().get(0).done().cardinality()).isEqualTo(8);

        model.sweptProperty().set(Swept.EVERY_PART);
        assertThat(shown().maps()).hasSize(5);
        assertThat(shown().results().get(2).values()).containsExactly(
            direct(new SweepKind(HookPoint.K, By.HEAD)).mean().values(), within(1e-5));
    }

    @Test
    void positionsNeedAsManyTokensEverywhere() throws IOException {
        open(PAIRS);
        model.sweptProperty().set(Swept.of(HookPoint.Z, By.POSITION));

        assertThat(shown().progress()).isEqualTo("2 of 2 pairs");
        assertThat(model.pairs().rowsProperty().get().get(2).problem()).contains("as many");
        assertThat(shown().columns().labels()).startsWith("0", "1").hasSize(8);
    }

    @Test
    void cancellingKeepsThePairsThatAreDone() throws IOException {
        ChangeListener<Optional<ShownSweep>> second = (observed, before, now) -> {
            if (now.orElseThrow().done() == 2) {
                bench.background().cancel(Lane.SWEEP);
            }
        };
        model.shownProperty().addListener(second);
        open(PAIRS);

        assertThat(model.problemProperty().get()).isEqualTo("Cancelled: the mean of 2 of 3 pairs is shown.");
        assertThat(shown().progress()).isEqualTo("2 of 3 pairs");
        assertThat(model.olderProperty().get()).isFalse();
    }

    @Test
    void aCellOfPairsStagesInTheOpenPair() throws IOException {
        open(PAIRS);
        model.choose(0, new Cell(2, 1), false);

        assertThat(bench.workbench().document().patches()).extracting(Object::toString).containsExactly("L2H1 z");
        assertThat(bench.workbench().document().focus()).contains(new Head(2, 1));
    }
}
