package org.headscope.window.control;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/** Controls that read as a sentence, each behind a word, which is left out where there is little room. */
public abstract class WordedControls extends FlowPane {

    private final ObservableValue<Boolean> narrow;

    /** @param least the width below which there is little room */
    protected WordedControls(double least) {
        super(12, 8);
        this.narrow = widthProperty().map(width -> width.doubleValue() < least);
    }

    /** Whether there is little room. */
    protected final ObservableValue<Boolean> narrow() {
        return narrow;
    }

    /** A word that belongs to the control behind it; where there is little room the control's tooltip has to do. */
    protected final HBox labelled(String text, Node... controls) {
        Label label = Parts.label(text, "muted", "small");
        label.setLabelFor(controls[0]);
        label.setMinWidth(USE_PREF_SIZE);
        Parts.hideWhile(label, narrow);
        HBox group = new HBox(6, label);
        group.getChildren().addAll(controls);
        group.setAlignment(Pos.CENTER_LEFT);
        return group;
    }
}
