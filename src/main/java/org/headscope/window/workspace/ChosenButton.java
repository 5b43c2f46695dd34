package org.headscope.window.workspace;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import org.headscope.window.ViewState;
import org.headscope.window.control.Late;
import org.headscope.window.control.LatePart;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;

/** How many heads are chosen, and the way back to none; stands where it moves nothing below. */
final class ChosenButton extends Button {

    private ChosenButton(ViewState view, ObservableValue<Boolean> narrow) {
        setId("clear-set");
        setMinWidth(USE_PREF_SIZE);
        textProperty().bind(Bindings.createStringBinding(() -> (narrow.getValue() ? "%d ×" : "%d chosen ×")
            .formatted(view.headSetProperty().get().size()), view.headSetProperty(), narrow));
        accessibleTextProperty().bind(view.headSetProperty().map(set -> "Let the %d chosen heads go"
            .formatted(set.size())));
        Tips.on(this, "Let the chosen heads go (Ctrl+click chooses)");
        setOnAction(event -> view.headSetProperty().set(List.of()));
    }

    /** Its place, which is filled while heads are chosen and the tab is about them. */
    static LatePart<ChosenButton> in(Late late, ViewState view, ObservableValue<Boolean> narrow) {
        LatePart<ChosenButton> place = late.part(() -> new ChosenButton(view, narrow));
        Parts.hideWhile(place, Bindings.createBooleanBinding(() -> view.headSetProperty().get().isEmpty()
            || !ViewControls.areFor(view.tabProperty().get()), view.headSetProperty(), view.tabProperty()));
        return place;
    }
}
