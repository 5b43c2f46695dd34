package org.headscope.window;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** Whether what is shown belongs to prompts that have been changed since, which must be seen. */
public final class Older {

    /** Stands beside whatever is older. */
    public static final String TAG = "previous prompt";
    /** Where there is less room. */
    public static final String SHORT = "previous";

    private static final double DIMMED = 0.45;

    private Older() {
    }

    /** Of maps of the newest pair, which begin to fill anew as soon as the next run begins. */
    public static BooleanBinding maps(Workbench workbench) {
        return Bindings.createBooleanBinding(() -> !workbench.currentProperty().get() && workbench.finishedProperty()
            .get().filter(last -> workbench.pairProperty().get().filter(pair -> pair.number() == last.pair().number())
                .isPresent()).isPresent(), workbench.currentProperty(), workbench.finishedProperty(),
            workbench.pairProperty());
    }

    /** Of numbers from runs that have come to their end, which stay until the next ones have. */
    public static BooleanBinding runs(Workbench workbench) {
        return Bindings.createBooleanBinding(() -> !workbench.currentProperty().get()
            && workbench.finishedProperty().get().isPresent(), workbench.currentProperty(),
            workbench.finishedProperty());
    }

    /** Draws a part faintly while it is older. */
    public static void dim(Node part, ObservableValue<Boolean> older) {
        part.opacityProperty().bind(older.map(is -> is ? DIMMED : 1));
    }

    /** A title that says so while what is below it is older. */
    public static ObservableValue<String> tagged(String title, ObservableValue<Boolean> older) {
        return tagged(new SimpleStringProperty(title), older);
    }

    /** The same of one that changes. */
    public static ObservableValue<String> tagged(ObservableValue<String> title, ObservableValue<Boolean> older) {
        return Bindings.createStringBinding(() -> older.getValue() ? "%s (%s)".formatted(title.getValue(), SHORT)
            : title.getValue(), title, older);
    }
}
