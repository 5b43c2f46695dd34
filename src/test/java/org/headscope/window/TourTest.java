package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.junit.jupiter.api.Test;

/** The tour as a person takes it, by pointer and by keys. */
class TourTest extends InRenewedWindow {

    private static Bounds place(String id) {
        Node node = window.find(id, Node.class);
        return window.fx(() -> node.localToScene(node.getLayoutBounds()));
    }

    private static void untilStep(String title) {
        window.until("the step " + title, () -> window.text("tour-title").equals(title));
    }

    @Test
    void aPersonFindsTheHead() {
        window.choose("Help", "Tour");
        untilStep("Two prompts");
        assertThat(window.focused()).isEqualTo("tour-next");
        window.click("tour-next").click("tour-next");
        untilStep("Your guess");
        assertThat(window.focused()).isEqualTo("head-grid");
        assertThat(place("tour-card").intersects(place("head-grid"))).as("covers what it points at").isFalse();
        assertThat(place("tour-card").intersects(place("heat-map"))).as("covers where heads look").isFalse();
        assertNothingIsGivenAway();

        window.clickHead(new Head(2, 1));
        untilStep("Where it looks");
        assertThat(place("tour-card").intersects(place("heat-map"))).as("covers where the head looks").isFalse();
        assertNothingIsGivenAway();
        window.click("tour-next");
        untilStep("Try every head");
        window.click("sweep");
        untilStep("How good was the guess?");
        assertThat(window.texts("head-facts")).contains("Induction");
        assertThat(place("tour-card").intersects(place("sweep-map"))).as("covers the sweep").isFalse();
        assertThat(window.text("tour-text")).startsWith("Your head L2H1 recovers ");
        window.clickCell("sweep-map", new Cell(1, 0));
        untilStep("Why this head");
        window.until("the patched run", () -> window.text("tour-text").contains("73.3 %"));
        window.click("tour-next");
        untilStep("That was the experiment");
        window.click("tour-keep");
        assertThat(window.fx(() -> window.find("tour", Node.class).isVisible())).isFalse();
        assertThat(window.document().focus()).contains(TestBench.INDUCTION);
    }

    /** Neither the head that is to be found nor what any head does is named. */
    private static void assertNothingIsGivenAway() {
        assertThat(window.texts("head-facts")).contains("What heads do is told after your guess.")
            .doesNotContain("Induction");
        assertThat(window.fx(() -> window.find("named-heads", Node.class).isVisible())).isFalse();
        assertThat(window.fx(() -> window.find("head-grid", Node.class).getAccessibleText()))
            .doesNotContain("nothing stands out").doesNotContain("induction");
    }

    @Test
    void keysAloneAreEnoughAndEscPutsAllBack() {
        window.paste("clean-field", "Anna ran. Anna");
        window.untilRun("Anna ran. Anna");
        Document before = window.document();
        window.choose("Help", "Tour");
        window.press(KeyCode.SPACE).press(KeyCode.SPACE);
        untilStep("Your guess");
        window.press(KeyCode.DOWN).press(KeyCode.ENTER);
        untilStep("Where it looks");
        assertThat(window.text("tour-text")).startsWith("You chose L1H0");
        window.press(KeyCode.SPACE).press(KeyCode.S);
        untilStep("How good was the guess?");
        assertThat(window.text("tour-text")).startsWith("You found it");
        window.press(KeyCode.ESCAPE);
        assertThat(window.document()).isEqualTo(before);
        assertThat(window.view().tabProperty().get()).isEqualTo(ViewState.Tab.PATTERN);
    }

    @Test
    void theSmallestWindowShowsAllThatIsSpokenOf() {
        TestWindow usual = window;
        window = TestWindow.open(1024, 680);
        try {
            window.choose("Help", "Tour");
            window.click("tour-next").click("tour-next");
            untilStep("Your guess");
            assertNothingIsCovered();
            window.clickHead(new Head(2, 1));
            untilStep("Where it looks");
            assertNothingIsCovered();
            window.click("tour-next");
            untilStep("Try every head");
            assertNothingIsCovered();
            window.click("sweep");
            untilStep("How good was the guess?");
            assertNothingIsCovered();
        } finally {
            window.close();
            window = usual;
        }
    }

    private static void assertNothingIsCovered() {
        window.settle();
        for (String region : List.of("head-map", "workspace")) {
            assertThat(place("tour-card").intersects(place(region))).as("%s covers %s", window.text("tour-title"),
                region).isFalse();
        }
    }

    @Test
    void everyStepKeepsItsCardInTheWindow() {
        window.choose("Help", "Tour");
        for (int step = 0; step < 8; step++) {
            window.settle();
            Bounds card = place("tour-card");
            assertThat(window.fx(() -> window.stage().getScene().getRoot().getLayoutBounds().contains(card)))
                .as("step %d at %s", step, card).isTrue();
            if (step < 7) {
                window.click("tour-next");
            }
        }
        window.click("tour-put-back");
        assertThat(window.fx(() -> window.find("tour", Node.class).isVisible())).isFalse();
    }
}
