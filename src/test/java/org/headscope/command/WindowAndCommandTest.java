package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.headscope.session.Document;
import org.headscope.window.TestWindow;
import org.junit.jupiter.api.Test;

/** The window and the command line tell the same numbers. */
class WindowAndCommandTest {

    /** Sums in another order differ in the last digits of single precision. */
    private static final Comparator<Double> CLOSE = (a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Double.compare(a, b);

    @Test
    void readoutsAreThoseOfThePatchCommand() {
        JsonObject json = CommandRun.json("patch", "--clean", Document.notebook().clean(), "--corrupt",
            Document.notebook().corrupt(), "--at", "L1H0.z", "--token", " went", "--token", " travelled");
        try (TestWindow window = TestWindow.open()) {
            for (var element : json.getAsJsonArray("readouts")) {
                JsonObject readout = element.getAsJsonObject();
                List<Double> logits = Stream.of("clean", "corrupt", "patched")
                    .map(run -> readout.getAsJsonObject(run).get("logit").getAsDouble()).toList();

                assertThat(logits(window, readout.get("id").getAsInt())).usingElementComparator(CLOSE)
                    .isEqualTo(logits);
            }
        }
    }

    /** As the tooltips have them, with all digits. */
    private static List<Double> logits(TestWindow window, int token) {
        return window.fx(() -> window.stage().getScene().getRoot().lookup("#readout-" + token)
            .lookupAll(".readout-value").stream().map(label -> ((Label) label).getTooltip()).map(Tooltip::getText)
            .map(Double::valueOf).toList());
    }
}
