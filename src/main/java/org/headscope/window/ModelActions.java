package org.headscope.window;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;

/** Which model is looked at. */
final class ModelActions {

    private final Workbench workbench;
    private final Dialogs dialogs;
    private final BooleanProperty raw = new SimpleBooleanProperty();

    private ModelActions(Workbench workbench, Dialogs dialogs) {
        this.workbench = workbench;
        this.dialogs = dialogs;
    }

    static List<Action> of(Workbench workbench, Dialogs dialogs) {
        return new ModelActions(workbench, dialogs).all();
    }

    private List<Action> all() {
        return List.of(
            Action.of("open-model", Section.MODEL_OPEN, "Open a model folder…", () -> dialogs.chooseModelFolder()
                .ifPresent(folder -> workbench.open(folder.toString(), processing()))).keys("Shortcut+Shift+O"),
            Action.of("open-bundled", Section.MODEL_OPEN, "Open the bundled model",
                () -> workbench.open(ModelFolder.DEMO, processing())),
            Action.of("raw", Section.MODEL_WEIGHTS, "Raw weights, as Hugging Face has them", this::turn)
                .tickedWhile(raw));
    }

    private void turn() {
        raw.set(!raw.get());
        workbench.modelProperty().get().ifPresent(model -> workbench.open(openable(model.folder()), processing()));
    }

    /** What opens this model again. */
    private static String openable(ModelFolder folder) {
        return folder.name().equals(ModelFolder.DEMO) ? ModelFolder.DEMO : folder.path().toString();
    }

    private Processing processing() {
        return raw.get() ? Processing.RAW : Processing.TRANSFORMERLENS;
    }
}
