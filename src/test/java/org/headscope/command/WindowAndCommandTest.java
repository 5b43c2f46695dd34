package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.headscope.session.Document;
import org.headscope.window.TestWindow;
import org.junit.jupiter.api.Test;

/** The window and the command line tell the same numbers. */
class WindowAndCommandTest {

    @Test
    void readoutsAreThoseOfThePatchCommand() {
        JsonObject json = CommandRun.json("patch", "--clean", Document.notebook().clean(), "--corrupt",
            Document.notebook().corrupt(), "--at", "L1H0.z", "--token", " went", "--token", " travelled");
        try (TestWindow window = TestWindow.open()) {
            for (var element : json.getAsJsonArray("readouts")) {
                JsonObject readout = element.getAsJsonObject();
                List<Float> logits = List.of("clean", "corrupt", "patched").stream()
                    .map(run -> readout.getAsJsonObject(run).get("logit").getAsFloat()).toList();

                assertThat(logits(window, readout.get("id").getAsInt())).isEqualTo(logits);
            }
        }
    }

    /** As the tooltips have them, with all digits. */
    private static List<Float> logits(TestWindow window, int token) {
        return window.fx(() -> window.stage().getScene().getRoot().lookup("#readout-" + token)
            .lookupAll(".readout-value").stream().map(label -> ((Label) label).getTooltip()).map(Tooltip::getText)
            .map(Float::valueOf).toList());
    }
}
