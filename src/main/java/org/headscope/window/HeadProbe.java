package org.headscope.window;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.headscope.analysis.RepeatedTokens;
import org.headscope.model.Head;
import org.headscope.session.OpenModel;
import org.headscope.window.work.Background;
import org.headscope.window.work.Lane;

/** Measures all heads of a model on repeated random tokens. Belongs to the FX thread. */
final class HeadProbe {

    /** Of random tokens; long enough to tell heads apart, short enough to pass unnoticed. */
    private static final int PERIOD = 50;
    private static final int ROWS = 2;

    private final Background background;
    private final ReadOnlyObjectWrapper<Optional<RepeatedTokens.Scores>> scores =
        new ReadOnlyObjectWrapper<>(Optional.empty());

    HeadProbe(Background background) {
        this.background = background;
    }

    ReadOnlyObjectProperty<Optional<RepeatedTokens.Scores>> scoresProperty() {
        return scores.getReadOnlyProperty();
    }

    /** @param found told of the strongest induction head, or of the first head where it cannot be measured */
    void measure(OpenModel model, Consumer<Head> found) {
        background.run(Lane.PROBE, "Looking for induction heads", job -> {
            int period = Math.min(PERIOD, model.folder().config().positions() / 2);
            return RepeatedTokens.random(model.tokenizer().size(), model.tokenizer().findBos(), period, ROWS, 0)
                .scores(model.gpt2(), job.cancellation());
        }, measured -> {
            scores.set(Optional.of(measured));
            found.accept(measured.induction().strongest());
        }, error -> found.accept(new Head(0, 0)));
    }

    /** The model that was measured is closed. */
    void forget() {
        scores.set(Optional.empty());
    }
}
