package org.headscope.window.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.collections.SetChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.headscope.window.Dialogs;
import org.headscope.window.control.Copying;
import org.headscope.window.control.OnScreen;
import org.headscope.window.control.Painter;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;

/** Where one chooses what to take away and how, and sees what it will look like. Leaves the main window usable. */
public final class ExportWindow {

    private static final double WIDTH = 1040;
    private static final double HEIGHT = 672;
    private static final double LEAST_WIDTH = 880;
    private static final double LEAST_HEIGHT = 560;
    private static final double LIST_WIDTH = 248;
    private static final KeyCombination COPY_TABLE = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination COPY_PICTURE = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN,
        KeyCombination.SHIFT_DOWN);

    private final Stage stage = new Stage();
    private final ExportViewModel model;
    private final Dialogs dialogs;
    private final ListView<Subject> list = new ListView<>();
    private final ImageView picture = new ImageView();
    private final Label table = Parts.label("", "export-table");
    private final Label title = Parts.label("", "section-title");
    private final Label size = Parts.label("", "note");
    private final StackPane sheet = new StackPane(picture, table);
    private final Button save = new Button();
    private final Label written = Parts.label("", "small");
    /** From then on it is where and as large as it was left. */

    public ExportWindow(Window owner, ExportViewModel model, Dialogs dialogs, Appearance appearance) {
        this.model = model;
        this.dialogs = dialogs;
        BorderPane root = new BorderPane(preview());
        root.setId("export");
        root.setLeft(what());
        root.setRight(new OptionsPane(model));
        root.setBottom(actions());
        root.getStyleClass().add("export");
        Scene scene = new Scene(root);
        appearance.dress(scene);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        stage.initOwner(owner);
        stage.setTitle("Export");
        stage.setScene(scene);
        connect();
    }

    /** Shows what is offered. */
    public void show() {
        OnScreen.bring(stage, WIDTH, HEIGHT, LEAST_WIDTH, LEAST_HEIGHT);
        list.requestFocus();
    }

    public boolean isShowing() {
        return stage.isShowing();
    }

    // ---- parts ----

    private VBox what() {
        list.setId("export-subjects");
        list.setAccessibleText("What to export; Space ticks several");
        list.setItems(model.subjects());
        list.setCellFactory(view -> new SubjectCell(model));
        // A list would keep it for the end of an editing that there never is.
        list.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                press(event);
                event.consume();
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        VBox what = new VBox(8, Parts.label("What", "section-title"), list,
            wrapped("Tick several to write them together. What is offered follows the main window."));
        what.getStyleClass().add("export-side");
        what.setPrefWidth(LIST_WIDTH);
        return what;
    }

    private static Label wrapped(String text) {
        Label label = Parts.label(text, "note");
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private VBox preview() {
        sheet.setId("export-preview");
        sheet.getStyleClass().add("export-sheet");
        sheet.setMinSize(0, 0);
        table.setId("export-table");
        table.setWrapText(false);
        StackPane.setAlignment(table, Pos.TOP_LEFT);
        size.setId("export-size");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        picture.setPreserveRatio(true);
        VBox.setVgrow(sheet, Priority.ALWAYS);
        VBox preview = new VBox(8, title, sheet, size);
        preview.getStyleClass().add("export-middle");
        preview.setMinWidth(0);
        return preview;
    }

    private VBox actions() {
        Button copyPicture = button("Copy picture", "Copy the picture (Ctrl+Shift+C)", this::copyPicture);
        copyPicture.setId("export-copy-picture");
        Button copyTable = button("Copy table", "Copy the numbers as tab-separated text (Ctrl+C)", this::copyTable);
        copyTable.setId("export-copy-table");
        Stream.of(copyPicture, copyTable).forEach(button -> button.disableProperty().bind(Bindings.createBooleanBinding(
            () -> shown().isEmpty(), model.shownProperty())));
        save.setId("export-save");
        save.setDefaultButton(true);
        save.getStyleClass().add("accent");
        save.setOnAction(event -> save());
        HBox buttons = new HBox(8, copyPicture, copyTable, Parts.spacer(), button("Close", "Close (Esc)", stage::hide),
            save);
        buttons.setAlignment(Pos.CENTER_LEFT);
        Label problem = Parts.note(model.problemProperty(), "problem");
        problem.setId("export-problem");
        VBox bottom = new VBox(8, problem, outcome(), buttons);
        bottom.getStyleClass().add("export-actions");
        return bottom;
    }

    private HBox outcome() {
        written.setId("export-written");
        written.setMinWidth(0);
        HBox.setHgrow(written, Priority.SOMETIMES);
        Button open = button("Open folder", "Show the folder in the file manager", this::openFolder);
        open.setId("export-open-folder");
        open.setMinWidth(Region.USE_PREF_SIZE);
        HBox outcome = new HBox(8, written, open);
        outcome.setAlignment(Pos.CENTER_LEFT);
        Parts.hideWhile(outcome, model.writtenProperty().map(List::isEmpty));
        return outcome;
    }

    private static Button button(String text, String what, Runnable action) {
        Button button = Parts.named(new Button(text), what);
        button.setOnAction(event -> action.run());
        return button;
    }

    // ---- connections ----

    private void connect() {
        model.shownProperty().addListener((observed, before, now) -> now.ifPresent(subject -> {
            list.getSelectionModel().select(subject);
            showButton();
        }));
        list.getSelectionModel().selectedItemProperty().addListener((observed, before, now) -> {
            if (now != null && !model.isFollowing()) {
                model.shownProperty().set(Optional.of(now));
            }
        });
        model.ticked().addListener((SetChangeListener<String>) change -> showButton());
        model.formatProperty().addListener((observed, before, now) -> showButton());
        model.previewProperty().addListener((observed, before, now) -> show(now));
        model.writtenProperty().addListener((observed, before, now) -> written.setText(said(now)));
        sheet.layoutBoundsProperty().addListener((observed, before, now) -> measure());
        stage.outputScaleXProperty().addListener((observed, before, now) -> measure());
        showButton();
    }

    private void measure() {
        double inset = sheet.snappedLeftInset();
        model.setRoom(new Preview.Room(Math.max(1, sheet.getWidth() - 2 * inset),
            Math.max(1, sheet.getHeight() - 2 * inset), stage.getOutputScaleX()));
    }

    private void show(Optional<Preview> preview) {
        title.setText(preview.map(Preview::title).orElse(""));
        size.setText(preview.map(Preview::size).orElse(""));
        table.setText(preview.map(Preview::table).orElse(""));
        picture.setImage(preview.flatMap(Preview::picture).map(Painter::image).orElse(null));
        preview.flatMap(Preview::picture).ifPresent(image -> {
            picture.setFitWidth(image.getWidth() / stage.getOutputScaleX());
            picture.setFitHeight(image.getHeight() / stage.getOutputScaleX());
        });
        sheet.setAccessibleText(preview.map(now -> "Preview of %s, %s".formatted(now.title(), now.size()))
            .orElse("No preview"));
    }

    private void showButton() {
        int count = model.chosen().size();
        save.setText(count > 1 ? "Save %d files…".formatted(count)
            : "Save %s…".formatted(model.formatProperty().get()));
        save.setDisable(count == 0);
    }

    private static String said(List<Path> files) {
        return files.isEmpty() ? "" : files.size() == 1 ? "Saved " + files.get(0)
            : "Saved %d files in %s".formatted(files.size(), files.get(0).getParent());
    }

    // ---- what a person does ----

    private void press(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            stage.hide();
        } else if (COPY_TABLE.match(event)) {
            copyTable();
        } else if (COPY_PICTURE.match(event)) {
            copyPicture();
        }
    }

    private void save() {
        if (model.chosen().size() > 1) {
            dialogs.chooseExportFolder().ifPresent(model::writeAll);
        } else {
            dialogs.savePicture(model.suggestedName()).ifPresent(model::write);
        }
    }

    private void openFolder() {
        Path folder = model.writtenProperty().get().get(0).toAbsolutePath().getParent();
        if (!dialogs.showFolder(folder)) {
            written.setText("No file manager was found; the folder is " + folder);
        }
    }

    private Optional<Subject> shown() {
        return model.shownProperty().get().filter(Subject::isThere);
    }

    private void copyPicture() {
        shown().flatMap(Subject::taken).ifPresent(taken -> model.copyPicture(taken, Copying::picture));
    }

    private void copyTable() {
        shown().flatMap(Subject::taken).ifPresent(taken -> model.copyTable(taken, Copying::text));
    }
}
