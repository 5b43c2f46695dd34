package org.headscope.window.preferences;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import org.headscope.figure.Colors;
import org.headscope.model.Wish;
import org.headscope.weights.CacheFolder;
import org.headscope.weights.hub.HubCache;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;

/** The preferences as a form; each line takes effect at once or says when. */
public final class PreferencesPane extends GridPane {

    private static final double FIELD = 280;
    /** All lines are as high as one with a field. */
    private static final double ROW = 32;
    private static final String NEXT_START = "From the next start on";

    public PreferencesPane(PreferencesViewModel model) {
        setId("preferences");
        setHgap(16);
        setVgap(8);
        Node theme = Choice.of(List.of(ThemeChoice.values()), model.themeProperty(), ThemeChoice::label,
            ThemeChoice::hint);
        theme.setId("preferences-theme");
        line("Theme", theme, "");
        line("Colours of attention", list("preferences-colors", "Colours of attention", List.of(Colors.values()),
            Colors::label, model.colorsProperty()), "On the screen; exported figures have their own");
        Node motion = Choice.of(List.of(MotionChoice.values()), model.motionProperty(), MotionChoice::label,
            MotionChoice::hint);
        motion.setId("preferences-motion");
        line("Animations", motion, "");
        boolean isMac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        Node scale = list("preferences-scale", "Size of everything in the window", PreferencesViewModel.SCALES,
            percent -> percent == 0 ? "As the system" : percent + " %", model.scaleProperty());
        scale.setDisable(isMac);
        Label scaleNote = line("Size", scale, isMac ? "macOS sets it for all applications" : "");
        if (!isMac) {
            scaleNote.textProperty().bind(model.scaleNote());
        }
        line("Threads of the engine", list("preferences-threads", "Threads of the engine",
            PreferencesViewModel.threadCounts(), count -> count == 0 ? "As many as it likes" : count.toString(),
            model.threadsProperty()), NEXT_START);
        Node device = Choice.of(List.of(Wish.CPU, Wish.AUTO), model.wishProperty(),
            wish -> wish == Wish.CPU ? "CPU" : "GPU if possible",
            wish -> wish == Wish.CPU ? "The engine that comes with Headscope needs nothing else"
                : "A GPU that the engine finds, once its logits agree with double precision; else the CPU");
        device.setId("preferences-device");
        line("Compute on", device, "").textProperty().bind(model.wishNote());
        line("Memory", list("preferences-memory", "Memory that the model and the runs may take", model.memories(),
            model::label, model.memoryProperty()), "Less of it keeps fewer patterns, then allows shorter prompts");
        CheckBox auto = new CheckBox();
        auto.setId("preferences-auto");
        auto.setAccessibleText("Run prompts by themselves");
        auto.selectedProperty().bindBidirectional(model.autoProperty());
        line("Run prompts by themselves", auto, "0.3 s after the last key");
        folder("Cache", CacheFolder.ofEnvironment(), "HEADSCOPE_CACHE names another");
        folder("Models from the hub", Optional.of(HubCache.ofEnvironment().root()), "HF_HOME names another");
    }

    private void folder(String name, Optional<Path> folder, String note) {
        TextField path = new TextField(folder.map(Path::toString).orElse("none"));
        path.setEditable(false);
        path.setPrefWidth(FIELD);
        path.setAccessibleText(name);
        Tips.on(path, path.getText());
        line(name, path, note);
    }

    /** Returns the note, which tells when the line takes effect or what else there is to know. */
    private Label line(String name, Node control, String note) {
        Label label = Parts.label(name);
        label.setLabelFor(control);
        label.setMinSize(Region.USE_PREF_SIZE, ROW);
        Label small = Parts.label(note, "muted", "small");
        small.setMinWidth(Region.USE_PREF_SIZE);
        addRow(getRowCount(), label, control, small);
        return small;
    }

    private static <T> ComboBox<T> list(String id, String what, List<T> values, Function<T, String> label,
                                        Property<T> chosen) {
        ComboBox<T> list = new ComboBox<>(FXCollections.observableList(values));
        list.setId(id);
        list.setAccessibleText(what);
        list.setPrefWidth(FIELD);
        list.setCellFactory(view -> new Named<>(label));
        list.setButtonCell(new Named<>(label));
        list.valueProperty().bindBidirectional(chosen);
        return list;
    }

    private static final class Named<T> extends ListCell<T> {

        private final Function<T, String> label;

        Named(Function<T, String> label) {
            this.label = label;
        }

        @Override
        protected void updateItem(T value, boolean isEmpty) {
            super.updateItem(value, isEmpty);
            setText(isEmpty || value == null ? "" : label.apply(value));
        }
    }
}
