package org.headscope.window.workspace;

import java.util.List;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.scene.Node;
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

    /** In one row. */
    static final double HEIGHT = 30;

    private final ViewState view;

    ViewControls(ViewState view) {
        super(NARROW);
        this.view = view;
        getStyleClass().add("score-controls");
        setMinHeight(USE_PREF_SIZE);
        Node look = Choice.of(List.of(Look.values()), view.lookProperty(), Look::label, Look::hint);
        getChildren().addAll(labelled("Show", combine()), labelled("as", weight()), look);
        Parts.hideWhile(look, view.tabProperty().map(tab -> tab != ViewState.Tab.PATTERN));
    }

    /** Whether a tab has a use for them. */
    static boolean areFor(ViewState.Tab tab) {
        return tab == ViewState.Tab.PATTERN || tab == ViewState.Tab.COMPARE;
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
        combine.setButtonCell(new NamedCell<>(Combine::brief));
        combine.valueProperty().bindBidirectional(view.combineProperty());
        return combine;
    }

    private ComboBox<AttentionWeight> weight() {
        ComboBox<AttentionWeight> weight = new ComboBox<>(FXCollections.observableArrayList(AttentionWeight.values()));
        weight.setId("weight");
        weight.prefWidthProperty().bind(narrow().map(isNarrow -> isNarrow ? 124 : 172));
        weight.setAccessibleText("What attention counts for");
        Tips.on(weight, "What a query's attention to a key counts for (W)");
        weight.setCellFactory(list -> new NamedCell<>(AttentionWeight::label));
        weight.setButtonCell(new NamedCell<>(AttentionWeight::label));
        weight.valueProperty().bindBidirectional(view.weightProperty());
        // A rollout is made of patterns, whatever they count for.
        weight.disableProperty().bind(view.combineProperty().map(now -> now == Combine.ROLLOUT));
        return weight;
    }

    private static final class NamedCell<T> extends ListCell<T> {

        private final Function<T, String> name;

        NamedCell(Function<T, String> name) {
            this.name = name;
        }

        @Override
        protected void updateItem(T item, boolean isEmpty) {
            super.updateItem(item, isEmpty);
            setText(isEmpty || item == null ? "" : name.apply(item));
        }
    }
}
