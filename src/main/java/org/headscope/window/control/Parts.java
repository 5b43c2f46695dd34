package org.headscope.window.control;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Small parts that every region is made of. */
public final class Parts {

    /** The parts of a switch that react to clicks by themselves. */
    private static final List<String> KNOB = List.of("thumb", "thumb-area");

    private Parts() {
    }

    public static Label label(String text, String... styles) {
        Label label = new Label(text);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /** A text that follows a value and takes no room while it is empty. */
    public static Label note(ObservableValue<String> text, String... styles) {
        Label label = label("", styles);
        label.textProperty().bind(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        hideWhile(label, text.map(String::isEmpty));
        return label;
    }

    public static void hideWhile(Node node, ObservableValue<Boolean> hidden) {
        node.visibleProperty().bind(hidden.map(is -> !is));
        node.managedProperty().bind(node.visibleProperty());
    }

    /** A flat button with an icon; what it does is said by its tooltip and to screen readers. */
    public static Button iconButton(Icons icon, String what, Runnable action) {
        Button button = new Button(null, icon.node());
        button.getStyleClass().addAll("flat", "icon-button");
        button.setOnAction(event -> action.run());
        return named(button, what);
    }

    /** Says what a control does. */
    public static <T extends ButtonBase> T named(T button, String what) {
        Tips.on(button, what);
        button.setAccessibleText(what);
        return button;
    }

    /** A switch that a click on its words turns as well as one on its knob. */
    public static ToggleSwitch toggle(String text) {
        ToggleSwitch toggle = new ToggleSwitch(text);
        toggle.setOnMouseClicked(event -> {
            Node target = event.getPickResult().getIntersectedNode();
            if (target != null && KNOB.stream().noneMatch(target.getStyleClass()::contains)) {
                toggle.fire();
            }
        });
        toggle.setOnKeyReleased(event -> {
            if (event.getCode() == KeyCode.SPACE) {
                toggle.fire();
            }
        });
        return toggle;
    }

    /** Takes the room that is left. */
    public static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }
}
