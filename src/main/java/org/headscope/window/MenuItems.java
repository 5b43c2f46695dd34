package org.headscope.window;

import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCombination;
import org.headscope.session.Document;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.promptbar.PromptBar;
import org.headscope.window.theme.Appearance;

/** The menu bar. */
final class MenuItems {

    private final Workbench workbench;
    private final ViewState view;
    private final Appearance appearance;
    private final Settings settings;
    private final Exports exports;
    private final Dialogs dialogs;
    private final PromptBar promptBar;
    private final Runnable sweep;
    private final Runnable pairs;
    private final Runnable continuePrompt;
    private final Runnable cancel;

    MenuItems(Workbench workbench, ViewState view, Appearance appearance, Settings settings, Exports exports,
              Dialogs dialogs, PromptBar promptBar, Runnable sweep, Runnable pairs, Runnable continuePrompt,
              Runnable cancel) {
        this.workbench = workbench;
        this.view = view;
        this.appearance = appearance;
        this.settings = settings;
        this.exports = exports;
        this.dialogs = dialogs;
        this.promptBar = promptBar;
        this.sweep = sweep;
        this.pairs = pairs;
        this.continuePrompt = continuePrompt;
        this.cancel = cancel;
    }

    MenuBar bar() {
        MenuBar bar = new MenuBar(file(), edit(), views(), model(), experiment(), help());
        bar.setUseSystemMenuBar(true);
        return bar;
    }

    private Menu file() {
        return new Menu("File", null,
            item("Export what is shown…", "Shortcut+E", exports::workspace),
            item("Export the head map…", "Shortcut+Shift+E", exports::grid),
            new SeparatorMenuItem(),
            item("Quit", "Shortcut+Q", Platform::exit));
    }

    private Menu edit() {
        return new Menu("Edit", null,
            enabled(item("Undo", "Shortcut+Z", workbench::undo), workbench.canUndoProperty()),
            enabled(item("Redo", "Shortcut+Shift+Z", workbench::redo), workbench.canRedoProperty()),
            new SeparatorMenuItem(),
            item("Go to the clean prompt", "Shortcut+L", promptBar::focusClean),
            item("Go to the corrupt prompt", "Shortcut+Shift+L", promptBar::focusCorrupt),
            item("Swap the prompts", null, () -> workbench.edit("", Document::swapped)));
    }

    private Menu views() {
        Menu menu = new Menu("View");
        ToggleGroup tabs = new ToggleGroup();
        for (ViewState.Tab tab : ViewState.Tab.values()) {
            RadioMenuItem item = new RadioMenuItem(tab.label());
            item.setAccelerator(KeyCombination.valueOf("Shortcut+" + (tab.ordinal() + 1)));
            item.setToggleGroup(tabs);
            item.setSelected(tab == view.tabProperty().get());
            item.setOnAction(event -> view.tabProperty().set(tab));
            view.tabProperty().addListener((observed, before, now) -> item.setSelected(now == tab));
            menu.getItems().add(item);
        }
        CheckMenuItem hide = new CheckMenuItem("Hide the first token");
        hide.selectedProperty().bindBidirectional(view.hideFirstProperty());
        CheckMenuItem dark = new CheckMenuItem("Dark");
        dark.setId("dark");
        dark.setSelected(appearance.isDark());
        dark.setOnAction(event -> {
            appearance.setDark(dark.isSelected());
            settings.setDark(dark.isSelected());
        });
        menu.getItems().addAll(new SeparatorMenuItem(), scales(), hide, new SeparatorMenuItem(), dark);
        return menu;
    }

    private Menu scales() {
        Menu menu = new Menu("Scale");
        ToggleGroup group = new ToggleGroup();
        for (ScaleChoice choice : ScaleChoice.values()) {
            RadioMenuItem item = new RadioMenuItem("%s, %s".formatted(choice.label(),
                choice.scale(Which.CLEAN).name()));
            item.setToggleGroup(group);
            item.setSelected(choice == view.scaleProperty().get());
            item.setOnAction(event -> view.scaleProperty().set(choice));
            view.scaleProperty().addListener((observed, before, now) -> item.setSelected(now == choice));
            menu.getItems().add(item);
        }
        return menu;
    }

    private Menu model() {
        CheckMenuItem raw = new CheckMenuItem("Raw weights, as Hugging Face has them");
        raw.setOnAction(event -> workbench.modelProperty().get().ifPresent(model -> workbench.open(
            openable(model.folder()), processing(raw))));
        return new Menu("Model", null,
            item("Open a model folder…", "Shortcut+O", () -> dialogs.chooseModelFolder()
                .ifPresent(folder -> workbench.open(folder.toString(), processing(raw)))),
            item("Open the bundled model", null, () -> workbench.open(ModelFolder.DEMO, processing(raw))),
            new SeparatorMenuItem(), raw);
    }

    /** What opens this model again. */
    private static String openable(ModelFolder folder) {
        return folder.name().equals(ModelFolder.DEMO) ? ModelFolder.DEMO : folder.path().toString();
    }

    private static Processing processing(CheckMenuItem raw) {
        return raw.isSelected() ? Processing.RAW : Processing.TRANSFORMERLENS;
    }

    private Menu experiment() {
        return new Menu("Experiment", null,
            item("Run the prompts", "F5", workbench::run),
            item("Stage or unstage the focused head", null, workbench::toggleFocusedPatch),
            item("Unstage everything", null, () -> workbench.edit("", Document::withoutPatches)),
            item("Sweep the pair", null, sweep),
            item("Sweep many pairs…", null, pairs),
            item("Continue the prompt…", null, continuePrompt),
            new SeparatorMenuItem(),
            item("Cancel what is going on", null, cancel));
    }

    private Menu help() {
        return new Menu("Help", null,
            item("Keys", "F1", Help::showKeys),
            item("About Headscope", null, Help::showAbout));
    }

    private static MenuItem item(String text, String keys, Runnable action) {
        MenuItem item = new MenuItem(text);
        if (keys != null) {
            item.setAccelerator(KeyCombination.valueOf(keys));
        }
        item.setOnAction(event -> action.run());
        return item;
    }

    private static MenuItem enabled(MenuItem item, ObservableValue<Boolean> when) {
        item.disableProperty().bind(when.map(is -> !is));
        return item;
    }
}
