package org.headscope.window.workspace;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import org.headscope.analysis.AttentionWeight;
import org.headscope.session.Combine;
import org.headscope.session.Look;
import org.headscope.window.ViewState;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;
import org.headscope.window.control.WordedControls;

/** Whose attention is shown, what it counts for and how it is drawn. */
final class ViewControls extends WordedControls {

    /** Below this the controls do without their words, so that they take one row and leave the map its room. */
    private static final double NARROW = 520;

    private final ViewState view;
    private final Node look;

    ViewControls(ViewState view) {
        super(NARROW);
        this.view = view;
        getStyleClass().add("score-controls");
        setMinHeight(USE_PREF_SIZE);
        this.look = Choice.of(List.of(Look.values()), view.lookProperty(), Look::label, Look::hint);
        getChildren().addAll(labelled("Show", combine(), clear()), labelled("as", weight()), look);
    }

    /** What the tab has no use for is left out. */
    void showFor(ViewState.Tab tab) {
        setVisible(tab == ViewState.Tab.PATTERN || tab == ViewState.Tab.COMPARE);
        setManaged(isVisible());
        look.setVisible(tab == ViewState.Tab.PATTERN);
        look.setManaged(look.isVisible());
    }

    private ComboBox<Combine> combine() {
        ComboBox<Combine> combine = new ComboBox<>(FXCollections.observableArrayList(Combine.values()));
        combine.setId("combine");
        combine.prefWidthProperty().bind(narrow().map(isNarrow -> isNarrow ? 112 : 144));
        combine.setAccessibleText("Whose attention is shown");
        Tooltip meaning = new Tooltip();
        meaning.textProperty().bind(view.combineProperty().map(now -> now.meaning()
            + (now.isOfSet() ? " Ctrl+click heads to choose them." : "")));
        meaning.setWrapText(true);
        meaning.setMaxWidth(320);
        combine.setTooltip(meaning);
        combine.valueProperty().bindBidirectional(view.combineProperty());
        return combine;
    }

    /** How many heads are chosen, and the way back to none. */
    private Button clear() {
        Button clear = new Button();
        clear.setId("clear-set");
        clear.setMinWidth(USE_PREF_SIZE);
        clear.textProperty().bind(Bindings.createStringBinding(() -> (narrow().getValue() ? "%d ×" : "%d chosen ×")
            .formatted(view.headSetProperty().get().size()), view.headSetProperty(), narrow()));
        clear.accessibleTextProperty().bind(view.headSetProperty().map(set -> "Let the %d chosen heads go"
            .formatted(set.size())));
        Tips.on(clear, "Let the chosen heads go (Ctrl+click chooses)");
        clear.setOnAction(event -> view.headSetProperty().set(List.of()));
        Parts.hideWhile(clear, view.headSetProperty().map(List::isEmpty));
        return clear;
    }

    private ComboBox<AttentionWeight> weight() {
        ComboBox<AttentionWeight> weight = new ComboBox<>(FXCollections.observableArrayList(AttentionWeight.values()));
        weight.setId("weight");
        weight.prefWidthProperty().bind(narrow().map(isNarrow -> isNarrow ? 124 : 172));
        weight.setAccessibleText("What attention counts for");
        Tips.on(weight, "What a query's attention to a key counts for (W)");
        weight.setCellFactory(list -> new WeightCell());
        weight.setButtonCell(new WeightCell());
        weight.valueProperty().bindBidirectional(view.weightProperty());
        // A rollout is made of patterns, whatever they count for.
        weight.disableProperty().bind(view.combineProperty().map(now -> now == Combine.ROLLOUT));
        return weight;
    }

    private static final class WeightCell extends ListCell<AttentionWeight> {

        @Override
        protected void updateItem(AttentionWeight weight, boolean isEmpty) {
            super.updateItem(weight, isEmpty);
            setText(isEmpty || weight == null ? "" : weight.label());
        }
    }
}
