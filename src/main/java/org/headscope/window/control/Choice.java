package org.headscope.window.control;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Region;
import org.controlsfx.control.SegmentedButton;

/** A row of joined buttons of which exactly one is chosen, bound to a property both ways. */
public final class Choice {

    private Choice() {
    }

    public static <T> SegmentedButton of(List<T> values, ObjectProperty<T> chosen, Function<T, String> label,
                                         Function<T, String> tooltip) {
        SegmentedButton row = new SegmentedButton();
        row.setToggleGroup(null);
        for (T value : values) {
            ToggleButton button = new ToggleButton(label.apply(value));
            button.setUserData(value);
            button.setMinWidth(Region.USE_PREF_SIZE);
            Tips.on(button, tooltip.apply(value));
            button.setAccessibleText(tooltip.apply(value));
            button.setOnAction(event -> {
                // A second click on the chosen one must not leave none chosen.
                button.setSelected(true);
                chosen.set(value);
            });
            row.getButtons().add(button);
        }
        chosen.addListener((observed, before, now) -> select(row, now));
        select(row, chosen.get());
        return row;
    }

    /** Through the buttons, since the row hands them to its group only when it is first shown. */
    private static void select(SegmentedButton row, Object value) {
        row.getButtons().forEach(button -> button.setSelected(button.getUserData().equals(value)));
    }
}
