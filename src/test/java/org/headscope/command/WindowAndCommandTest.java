package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.headscope.figure.Cell;
import org.headscope.session.Document;
import org.headscope.window.TestWindow;
import org.headscope.window.control.Tips;
import org.junit.jupiter.api.Test;

/** The window and the command line tell the same numbers. */
class WindowAndCommandTest {

    /** Sums in another order differ in the last digits of single precision. */
    private static final Comparator<Double> CLOSE = (a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Double.compare(a, b);

    @Test
    void readoutsAreThoseOfThePatchCommand() {
        JsonObject json = patch("L1H0.z");
        try (TestWindow window = TestWindow.open()) {
            assertSameReadouts(window, json);
        }
    }

    @Test
    void readoutsOfACellOfASweepAreThoseOfThePatchCommand() {
        JsonObject json = patch("L2H0.z");
        try (TestWindow window = TestWindow.open()) {
            window.sweep();
            window.clickCell("sweep-map", new Cell(2, 0));
            window.settle();

            assertThat(window.title()).isEqualTo("L2H0");
            assertSameReadouts(window, json);
        }
    }

    private static JsonObject patch(String place) {
        return CommandRun.json("patch", "--clean", Document.notebook().clean(), "--corrupt",
            Document.notebook().corrupt(), "--at", place, "--token", " went", "--token", " travelled");
    }

    private static void assertSameReadouts(TestWindow window, JsonObject json) {
        for (var element : json.getAsJsonArray("readouts")) {
            JsonObject readout = element.getAsJsonObject();
            List<Double> logits = Stream.of("clean", "corrupt", "patched")
                .map(run -> readout.getAsJsonObject(run).get("logit").getAsDouble()).toList();

            assertThat(logits(window, readout.get("id").getAsInt())).usingElementComparator(CLOSE).isEqualTo(logits);
        }
    }

    /** As the tooltips have them, with all digits. */
    private static List<Double> logits(TestWindow window, int token) {
        return window.fx(() -> window.stage().getScene().getRoot().lookup("#readout-" + token)
            .lookupAll(".readout-value").stream().map(label -> Tips.of((Label) label)).map(Tooltip::getText)
            .map(Double::valueOf).toList());
    }
}
