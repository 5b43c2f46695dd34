package org.headscope.window.control;

import java.util.List;
import java.util.function.IntFunction;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.model.Logits.Candidate;

/** The likeliest tokens of one place side by side, with their logits and probabilities. */
public final class CandidateStrip extends VBox {

    private final Label place = Parts.label("", "muted", "small");
    private final HBox candidates = new HBox(8);

    public CandidateStrip(String id) {
        super(2);
        setId(id);
        getChildren().addAll(place, candidates);
        setMinHeight(USE_PREF_SIZE);
    }

    /** @param label of a token's id */
    public void show(String where, List<Candidate> top, IntFunction<String> label) {
        place.setText(where);
        candidates.getChildren().setAll(top.stream().map(candidate -> {
            VBox entry = new VBox(Parts.label(label.apply(candidate.id()), "strong"),
                Parts.label("%s  %s".formatted(Numerals.shortLogit(candidate.logit()),
                    Numerals.probability(candidate.prob())), "muted", "small"));
            entry.setMinWidth(0);
            entry.setPrefWidth(0);
            HBox.setHgrow(entry, Priority.ALWAYS);
            entry.setMaxWidth(Double.MAX_VALUE);
            return entry;
        }).toList());
    }
}
