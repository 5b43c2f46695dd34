package org.headscope.window.workspace;

import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.headscope.analysis.AttentionWeight;
import org.headscope.session.ScaleChoice;
import org.headscope.session.TopShare;
import org.headscope.session.Which;
import org.headscope.window.ViewState;
import org.headscope.window.action.Menus;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;

/** How attention becomes colour, and what of it is left out of the picture; the button itself says how that stands. */
final class ColoursButton extends MenuButton {

    private final ViewState view;

    /** @param narrow while there is no room for more than a few words */
    ColoursButton(ViewState view, ObservableValue<Boolean> narrow) {
        this.view = view;
        setId("colours");
        setMinWidth(USE_PREF_SIZE);
        Tips.on(this, "How attention becomes colour (G), and what is left out of the picture (B)");
        ObservableValue<String> words = Bindings.createStringBinding(this::words, view.scaleProperty(),
            view.hideFirstProperty(), view.topShareProperty());
        // Not of the words, which would tell of their next change only when they had been read.
        textProperty().bind(Bindings.createStringBinding(() -> narrow.getValue() ? fewWords() : words(), narrow,
            view.scaleProperty(), view.hideFirstProperty(), view.topShareProperty()));
        accessibleTextProperty().bind(words.map(text -> "Colours. " + text));
        heading("Colour scale; G goes on to the next");
        addChoices(ScaleChoice.values(), view.scaleProperty(),
            choice -> "%s, %s".formatted(choice.label(), choice.scale(Which.CLEAN).name()));
        getItems().add(new SeparatorMenuItem());
        heading("Left out; the rest keeps its values");
        getItems().add(hideFirst());
        getItems().add(new SeparatorMenuItem());
        heading("Shown of each row");
        addChoices(TopShare.values(), view.topShareProperty(), TopShare::toString);
        getItems().forEach(item -> item.getStyleClass().add("dense"));
    }

    /** Nothing that can be chosen: what the entries below it are. */
    private void heading(String text) {
        CustomMenuItem heading = new CustomMenuItem(Parts.label(text, "menu-heading"), false);
        heading.getStyleClass().add("heading");
        getItems().add(heading);
    }

    private String fewWords() {
        String scale = view.scaleProperty().get().label();
        return view.hideFirstProperty().get() || view.topShareProperty().get() != TopShare.ALL ? scale + ", filtered"
            : "Scale " + scale;
    }

    private String words() {
        return "Scale %s%s%s".formatted(view.scaleProperty().get().label(),
            view.hideFirstProperty().get() ? ", first hidden" : "", view.topShareProperty().get() == TopShare.ALL ? ""
                : ", " + view.topShareProperty().get().toString().toLowerCase(Locale.ROOT));
    }

    private CheckMenuItem hideFirst() {
        CheckMenuItem hide = new CheckMenuItem("The first token");
        hide.setAccelerator(Menus.shown("B"));
        hide.selectedProperty().bindBidirectional(view.hideFirstProperty());
        return hide;
    }

    private <T> void addChoices(T[] values, Property<T> chosen, Function<T, String> label) {
        Stream.of(values).forEach(value -> {
            RadioMenuItem item = new RadioMenuItem(label.apply(value));
            item.setSelected(value == chosen.getValue());
            chosen.addListener((observed, before, now) -> item.setSelected(now == value));
            item.setOnAction(event -> {
                chosen.setValue(value);
                // A second click on the chosen one must not leave none chosen.
                item.setSelected(true);
            });
            if (value instanceof TopShare) {
                // Scores may be negative, so that none is a share of a row.
                item.disableProperty().bind(view.weightProperty().map(now -> now == AttentionWeight.SCORES));
            }
            getItems().add(item);
        });
    }
}
