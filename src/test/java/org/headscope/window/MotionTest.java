package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;

/** What moves by itself, and that it does not where a person wants none of it. */
class MotionTest extends InRenewedWindow {

    /** Two batches of a sweep by head. */
    private static final String LONG = " store".repeat(200);

    private static void choose(String motion) {
        window.choose("File", "Preferences…");
        Stage preferences = window.fx(() -> Window.getWindows().stream().filter(Stage.class::isInstance)
            .map(Stage.class::cast).filter(stage -> "Preferences".equals(stage.getTitle())).findFirst().orElseThrow());
        window.fxRun(() -> {
            preferences.getScene().getRoot().lookup("#preferences-motion").lookupAll(".toggle-button").stream()
                .map(ToggleButton.class::cast).filter(button -> button.getText().equals(motion)).findFirst()
                .orElseThrow().fire();
            preferences.hide();
        });
        window.settle();
    }

    /** Where the knob of a switch is seen while a click moves it. */
    private static List<Double> placesOfKnob() {
        List<Double> seen = new CopyOnWriteArrayList<>();
        Node knob = window.find("bos", Node.class).lookup(".thumb");
        Region area = (Region) knob.getParent().lookup(".thumb-area");
        double to = window.fx(() -> knob.getTranslateX() > 0 ? 0 : area.getWidth() - ((Region) knob).getWidth());
        ChangeListener<Number> watching = (observed, before, now) -> seen.add(now.doubleValue());
        window.fxRun(() -> knob.translateXProperty().addListener(watching));
        window.click("bos");
        window.until("the knob's end", () -> Math.abs(knob.getTranslateX() - to) < 0.01);
        window.fxRun(() -> knob.translateXProperty().removeListener(watching));
        return seen;
    }

    @Test
    void switchesTurnAtOnceWhereNothingIsToMove() {
        choose("On");
        assertThat(placesOfKnob()).as("on its way").hasSizeGreaterThan(2);

        choose("Off");
        assertThat(placesOfKnob()).as("at once").hasSizeLessThanOrEqualTo(2);
        choose("As the system");
    }

    @Test
    void aLineOverAPanelStandsWhereNothingIsToMove() {
        choose("Off");
        window.sweep();
        Region line = window.find("workspace-work", Region.class);
        Region runner = (Region) line.lookup(".runner");
        List<Double> seen = new CopyOnWriteArrayList<>();
        window.fxRun(() -> {
            runner.resize(0, 0);
            runner.translateXProperty().addListener((observed, before, now) -> seen.add(now.doubleValue()));
            window.workbench().edit("", document -> document.withClean("Tom" + LONG).withCorrupt("Sarah" + LONG));
        });
        window.holdSweepHalfWay();
        window.until("a line", () -> runner.getWidth() > 0);
        assertThat(window.fx(runner::getWidth)).isCloseTo(window.fx(line::getWidth), within(0.5));

        window.until("words in its place", () -> !line.isVisible());
        // At most put back from where it stopped while it still moved.
        assertThat(seen).allMatch(place -> place == 0);
        window.press(KeyCode.ESCAPE);
        choose("As the system");
    }
}
