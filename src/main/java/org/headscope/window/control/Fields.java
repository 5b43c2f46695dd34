package org.headscope.window.control;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** Controls of a line that reads like a sentence. */
public final class Fields {

    private Fields() {
    }

    /** A word that belongs to the control behind it. */
    public static HBox labelled(String text, Node control) {
        Label label = Parts.label(text, "muted", "small");
        label.setLabelFor(control);
        label.setMinWidth(Label.USE_PREF_SIZE);
        HBox group = new HBox(6, label, control);
        group.setAlignment(Pos.CENTER_LEFT);
        return group;
    }

    /**
     * A list whose items change; what is chosen is set by hand, since a list that is filled anew would forget it.
     *
     * @param what is chosen, as a tooltip and to screen readers
     */
    public static <T> ComboBox<T> list(String id, String what, double width, ObservableValue<List<T>> offered,
                                       ObjectProperty<T> chosen) {
        ComboBox<T> box = new ComboBox<>();
        box.setId(id);
        box.setPrefWidth(width);
        box.setAccessibleText(what);
        Tips.on(box, what);
        boolean[] filling = {false};
        Runnable fill = () -> {
            filling[0] = true;
            if (!box.getItems().equals(offered.getValue())) {
                box.getItems().setAll(offered.getValue());
            }
            box.setValue(chosen.get());
            filling[0] = false;
        };
        offered.addListener((observed, before, now) -> fill.run());
        chosen.addListener((observed, before, now) -> fill.run());
        box.valueProperty().addListener((observed, before, now) -> {
            if (!filling[0] && now != null) {
                chosen.set(now);
            }
        });
        fill.run();
        return box;
    }
}
