package org.headscope.window;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.stage.Window;
import org.headscope.session.OpenModel;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.weights.hub.ModelStore;
import org.headscope.weights.hub.StoredModel;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;
import org.headscope.window.models.ModelsViewModel;
import org.headscope.window.models.ModelsWindow;
import org.headscope.window.theme.Appearance;

/** Which model is looked at. */
final class ModelActions {

    private final Window owner;
    private final Workbench workbench;
    private final Settings settings;
    private final Dialogs dialogs;
    private final Appearance appearance;
    private final BooleanProperty raw = new SimpleBooleanProperty();
    private ModelsWindow window;

    ModelActions(Window owner, Workbench workbench, Settings settings, Dialogs dialogs, Appearance appearance) {
        this.owner = owner;
        this.workbench = workbench;
        this.settings = settings;
        this.dialogs = dialogs;
        this.appearance = appearance;
    }

    List<Action> all() {
        return List.of(
            Action.of("models", Section.MODEL_OPEN, "Models…", this::showModels).keys("Shortcut+M"),
            Action.of("open-model", Section.MODEL_OPEN, "Open a model folder…", this::chooseFolder)
                .keys("Shortcut+Shift+O"),
            Action.of("open-bundled", Section.MODEL_OPEN, "Open the bundled model", () -> open(ModelFolder.DEMO)),
            Action.of("raw", Section.MODEL_WEIGHTS, "Raw weights, as Hugging Face has them", this::turn)
                .tickedWhile(raw));
    }

    private void showModels() {
        if (window == null) {
            window = new ModelsWindow(owner, new ModelsViewModel(workbench, settings, ModelStore::ofEnvironment,
                this::open), this::chooseFolder, appearance);
        }
        window.show();
    }

    private void chooseFolder() {
        dialogs.chooseModelFolder().ifPresent(this::open);
    }

    /** Opens a folder of a person's own. */
    void open(Path folder) {
        open(folder.toString());
    }

    private void open(StoredModel model) {
        open(model.source() == StoredModel.Source.FOLDER ? model.path().toString() : model.name());
    }

    private void open(String name) {
        workbench.open(name, processing());
    }

    private void turn() {
        raw.set(!raw.get());
        workbench.modelProperty().get().ifPresent(model -> open(OpenModel.openable(model.folder())));
    }

    private Processing processing() {
        return raw.get() ? Processing.RAW : Processing.TRANSFORMERLENS;
    }
}
