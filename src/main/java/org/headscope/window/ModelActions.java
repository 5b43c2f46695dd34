package org.headscope.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
import org.headscope.window.work.Lane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which model is looked at. */
final class ModelActions {

    private static final Logger LOG = LoggerFactory.getLogger(ModelActions.class);

    private final Window owner;
    private final Workbench workbench;
    private final Settings settings;
    private final Dialogs dialogs;
    private final Appearance appearance;
    private final BooleanProperty raw = new SimpleBooleanProperty();
    private final Supplier<ModelStore> stores;
    private ModelsWindow window;

    /** @param stores where the models are; asked in the background */
    ModelActions(Window owner, Workbench workbench, Settings settings, Dialogs dialogs, Appearance appearance,
                 Supplier<ModelStore> stores) {
        this.owner = owner;
        this.workbench = workbench;
        this.settings = settings;
        this.dialogs = dialogs;
        this.appearance = appearance;
        this.stores = stores;
        workbench.modelProperty().addListener((observed, before, now) -> now.map(OpenModel::folder)
            .ifPresent(this::remember));
    }

    /**
     * Keeps in mind a folder that a person has opened in the window. What commands and notebooks name is no person's
     * choice from a list, and scripts name dozens, which would push out the person's own.
     */
    private void remember(ModelFolder folder) {
        workbench.background().run(Lane.FOLDERS, "Keeping the folder in mind", job -> {
            stores.get().remember(folder.path());
            return folder;
        }, remembered -> Optional.ofNullable(window).ifPresent(ModelsWindow::refresh),
            error -> LOG.info("{} is not remembered.", folder.path(), error));
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

    /** Opens the list of models. */
    void showModels() {
        if (window == null) {
            window = new ModelsWindow(owner, new ModelsViewModel(workbench, settings, stores, this::open),
                this::chooseFolder, appearance);
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
        // Whoever opens one wants to see it, or why not, and both are in the window behind.
        window.hide();
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
