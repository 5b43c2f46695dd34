package org.headscope.window.control;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.event.Event;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class TipsTest {

    private Label place;

    @Start
    void start(Stage stage) {
        place = new Label("z");
    }

    @Test
    void aTooltipIsMadeWhenThePointerComesAndSaysWhatIsToBeSaidThen() {
        onScreen(() -> {
            Tips.on(place, "one");
            Tips.on(place, "two");
            assertThat(place.getTooltip()).isNull();
            assertThat(place.getAccessibleHelp()).isEqualTo("two");

            enter();
            Tooltip made = place.getTooltip();
            assertThat(made.getText()).isEqualTo("two");

            Tips.on(place, "three");
            enter();
            assertThat(place.getTooltip()).isSameAs(made);
            assertThat(made.getText()).isEqualTo("three");
            assertThat(place.getAccessibleHelp()).isEqualTo("three");
        });
    }

    @Test
    void aCardIsMadeOnceAndOnlyForWhoAsks() {
        onScreen(() -> {
            assertThat(Tips.of(place)).isNull();
            Tips.on(place, () -> new Tooltip("card"));
            Tooltip made = Tips.of(place);
            assertThat(made.getText()).isEqualTo("card");
            enter();
            assertThat(place.getTooltip()).isSameAs(made);
        });
    }

    private void enter() {
        Event.fireEvent(place, new MouseEvent(MouseEvent.MOUSE_ENTERED, 1, 1, 1, 1, MouseButton.NONE, 0, false, false,
            false, false, false, false, false, true, false, true, null));
    }

    private static void onScreen(Runnable work) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, work);
    }
}
