package org.headscope.window.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.headscope.model.Head;
import org.headscope.window.TestBench;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finds commands and heads. */
class FinderViewModelTest {

    private static final TestBench BENCH = TestBench.tiny();

    private final List<String> done = new ArrayList<>();
    private final BooleanProperty can = new SimpleBooleanProperty();
    private final List<Action> actions = List.of(action("export", Section.FILE_EXPORT, "Export what is shown…"),
        action("undo", Section.EDIT_HISTORY, "Undo").keys("Shortcut+Z").enabledWhile(can),
        action("stage", Section.EXPERIMENT_PATCH, "Stage or unstage the focused head"),
        action("sweep", Section.EXPERIMENT_SWEEP, "Sweep the pair").keys("S"));
    private final List<List<String>> remembered = new ArrayList<>();
    private FinderViewModel model;

    private Action action(String id, Section section, String label) {
        return Action.of(id, section, label, () -> done.add(id));
    }

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void open() {
        model = new FinderViewModel(BENCH.workbench(), actions, List.of("sweep", "gone"), remembered::add);
        model.open();
    }

    private List<String> names() {
        return model.found().stream().map(Found::name).toList();
    }

    private void type(String text) {
        model.queryProperty().set(text);
    }

    @Test
    void everythingIsThereAtFirstWhatWasUsedLastBeforeTheRest() {
        assertThat(model.found()).extracting(Found::id).containsExactly("sweep", "export", "undo", "stage");
        assertThat(model.found().get(0)).extracting(Found::group, Found::keys).containsExactly("Experiment", "S");
    }

    @Test
    void wordsMayBeCutShortAndStandInAnyOrder() {
        type("head st");
        assertThat(names()).containsExactly("Stage or unstage the focused head");
        type("exp");
        assertThat(names()).as("its own name before its menu's").startsWith("Export what is shown…");
        type("swp");
        assertThat(names()).as("with letters left out").containsExactly("Sweep the pair");
        type("nothing like it");
        assertThat(names()).isEmpty();
        assertThat(model.take()).isEmpty();
    }

    @Test
    void whatCannotBeDoneNowStaysInTheListAndDoesNothing() {
        type("undo");
        assertThat(model.found()).extracting(Found::possible).containsExactly(false);
        assertThat(model.take()).isEmpty();

        can.set(true);
        model.open();
        type("undo");
        model.take().orElseThrow().run();
        assertThat(done).containsExactly("undo");
        assertThat(remembered).containsExactly(List.of("undo", "sweep", "gone"));
        model.open();
        assertThat(model.found().get(0).id()).isEqualTo("undo");
    }

    @Test
    void whatCanBeDoneStandsBeforeWhatCannot() {
        type("un");
        assertThat(names()).containsExactly("Stage or unstage the focused head", "Undo");

        can.set(true);
        model.open();
        type("un");
        assertThat(names()).containsExactly("Undo", "Stage or unstage the focused head");
    }

    @Test
    void headsAreFoundByTheirNames() {
        for (String written : List.of("L2H3", "l2 h3", "2.3", " L2H3 ")) {
            type(written);
            assertThat(names()).as(written).startsWith("Look at L2H3");
        }
        model.take().orElseThrow().run();
        assertThat(BENCH.workbench().document().focus()).contains(new Head(2, 3));
        assertThat(BENCH.workbench().document().locked()).isTrue();

        type("L1");
        assertThat(names()).contains("Look at L1H0", "Look at L1H3");
    }

    @Test
    void headsThatThereAreNotAreSaidSo() {
        type("L9H1");
        assertThat(names()).containsExactly("There is no L9H1: 3 layers of 4 heads, from zero");
        assertThat(model.take()).isEmpty();
    }

    @Test
    void arrowsStopAtTheEnds() {
        model.move(-1);
        assertThat(model.chosenProperty().get()).isZero();
        model.move(100);
        assertThat(model.chosenProperty().get()).isEqualTo(3);
        type("sweep");
        assertThat(model.chosenProperty().get()).isZero();
    }

    @Test
    void withoutAModelThereAreNoHeads() {
        TestBench empty = TestBench.empty();
        FinderViewModel alone = new FinderViewModel(empty.workbench(), actions, List.of(), ids -> { });
        alone.queryProperty().set("L1H1");
        assertThat(alone.found()).isEmpty();
        assertThat(alone.take()).isEqualTo(Optional.empty());
    }
}
