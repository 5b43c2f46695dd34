package org.headscope.window.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.session.Which;
import org.headscope.window.TestBench;
import org.headscope.window.ViewState;
import org.headscope.window.control.Found;
import org.headscope.window.control.Zoom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FindViewModelTest {

    private final TestBench bench = TestBench.tiny();
    private final FindViewModel model = new FindViewModel(bench.workbench(), bench.view());

    @AfterEach
    void close() {
        bench.close();
    }

    private Found found() {
        return bench.view().foundProperty().get();
    }

    private void find(String text) {
        model.openProperty().set(true);
        model.textProperty().set(text);
    }

    @Test
    void everyTokenThatHasItIsFoundWhateverItsCase() {
        find("TOM");

        assertThat(found().positions()).containsExactly(1, 7);
        assertThat(found().current()).contains(1);
        assertThat(model.countProperty().get()).isEqualTo("1 of 2");
    }

    @Test
    void theNextAfterTheLastIsTheFirst() {
        find("tom");
        model.next();
        assertThat(found().current()).contains(7);
        model.next();
        assertThat(found().current()).contains(1);
        model.previous();
        assertThat(found().current()).contains(7);
        assertThat(model.countProperty().get()).isEqualTo("2 of 2");
    }

    @Test
    void aSpaceIsPartOfTheToken() {
        find(" tom");
        assertThat(found().positions()).containsExactly(7);
    }

    @Test
    void whatNoTokenHasIsSaid() {
        find("zebra");
        assertThat(found()).isEqualTo(Found.NOTHING);
        assertThat(model.countProperty().get()).isEqualTo("none");
        model.next();
        assertThat(found()).isEqualTo(Found.NOTHING);
    }

    @Test
    void bothRunsAreSearchedWhereBothAreSeen() {
        find("sarah");
        assertThat(found().positions()).isEmpty();

        bench.view().tabProperty().set(ViewState.Tab.COMPARE);
        assertThat(found().positions()).containsExactly(7);

        bench.view().tabProperty().set(ViewState.Tab.PATTERN);
        bench.view().whichProperty().set(Which.CORRUPT);
        assertThat(found().positions()).containsExactly(7);
    }

    @Test
    void anotherPromptIsSearchedAnew() {
        find("tom");
        bench.typeClean("Sarah met Tom");
        assertThat(found().positions()).hasSize(1);
    }

    @Test
    void closedNothingIsMarked() {
        find("tom");
        model.openProperty().set(false);
        assertThat(found()).isEqualTo(Found.NOTHING);
        assertThat(model.countProperty().get()).isEmpty();

        model.next();
        assertThat(model.openProperty().get()).isTrue();
        assertThat(found().current()).contains(1);
    }

    @Test
    void inALongPromptTheTokenComesIntoTheMiddle() {
        bench.typeClean("a ".repeat(24).strip() + " store" + " a".repeat(30));
        assertThat(bench.problem()).isEmpty();
        find("store");

        assertThat(found().positions()).hasSize(1);
        Zoom zoom = bench.view().zoomProperty().get();
        assertThat(zoom.isWhole()).isFalse();
        double middle = (found().current().orElseThrow() + 0.5) / bench.pair().clean().size();
        assertThat(zoom.left()).isLessThan(middle);
        assertThat(zoom.left() + zoom.side()).isGreaterThan(middle);
    }
}
