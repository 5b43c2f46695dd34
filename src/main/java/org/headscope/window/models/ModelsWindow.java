package org.headscope.window.models;

import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.headscope.window.control.OnScreen;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;

/** Where one sees which models are here, and fetches more. Leaves the main window usable. */
public final class ModelsWindow {

    private static final double WIDTH = 912;
    private static final double HEIGHT = 632;
    private static final double LEAST_WIDTH = 792;
    private static final double LEAST_HEIGHT = 472;
    private static final double LIST_WIDTH = 408;
    private static final String OFFLINE =
        "HF_HUB_OFFLINE is set, so nothing is asked of the hub. What is here can be used; unset it to fetch more.";

    private final Stage stage = new Stage();
    private final ModelsViewModel model;
    private final ListView<ModelEntry> list = new ListView<>();
    /** From then on it is where and as large as it was left. */

    /** @param openFolder asks for a folder and opens it */
    public ModelsWindow(Window owner, ModelsViewModel model, Runnable openFolder, Appearance appearance) {
        this.model = model;
        BorderPane root = new BorderPane(new DetailsPane(model));
        root.setId("models");
        root.getStyleClass().add("models");
        root.setLeft(listed(openFolder));
        root.setTop(offline());
        Scene scene = new Scene(root);
        appearance.dress(scene);
        // Before the list, which takes the key for the end of an edit.
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                stage.hide();
            }
        });
        stage.initOwner(owner);
        stage.setTitle("Models");
        stage.setScene(scene);
        connect();
    }

    /** Shows what there is now. */
    public void show() {
        model.list();
        OnScreen.bring(stage, WIDTH, HEIGHT, LEAST_WIDTH, LEAST_HEIGHT);
        list.requestFocus();
    }

    public void hide() {
        stage.hide();
    }

    /** Lists anew if anybody sees it. */
    public void refresh() {
        if (stage.isShowing()) {
            model.list();
        }
    }

    private HBox offline() {
        Label text = Parts.label(OFFLINE);
        text.setId("models-offline");
        text.setWrapText(true);
        HBox line = new HBox(text);
        line.getStyleClass().add("notice");
        Parts.hideWhile(line, model.offlineProperty().not());
        return line;
    }

    private VBox listed(Runnable openFolder) {
        list.setId("models-list");
        list.setAccessibleText("Models on this machine and on the hub");
        list.setItems(model.entries());
        list.setCellFactory(view -> new ModelCell(model));
        list.setPlaceholder(Parts.label("Looking for models…", "note"));
        VBox.setVgrow(list, Priority.ALWAYS);
        Label searched = Parts.note(model.searchedProperty(), "note");
        searched.setId("models-searched");
        Button folder = Parts.named(new Button("Open a folder…"), "Open a model folder of your own");
        folder.setId("models-folder");
        folder.setOnAction(event -> openFolder.run());
        VBox side = new VBox(8, search(), searched, list, folder);
        side.getStyleClass().add("models-side");
        side.setPrefWidth(LIST_WIDTH);
        return side;
    }

    private HBox search() {
        TextField field = new TextField();
        field.setId("models-search");
        field.setPromptText("GPT-2s on the hub by a part of their name");
        field.setAccessibleText("Search the hub for GPT-2s by a part of their name");
        field.textProperty().bindBidirectional(model.queryProperty());
        field.setOnAction(event -> model.search());
        Button button = Parts.named(new Button("Search"), "Ask the hub (Enter)");
        button.setId("models-search-now");
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(event -> model.search());
        HBox line = new HBox(8, field, button);
        line.setAlignment(Pos.CENTER_LEFT);
        line.disableProperty().bind(model.offlineProperty());
        HBox.setHgrow(field, Priority.ALWAYS);
        return line;
    }

    private void connect() {
        list.getSelectionModel().selectedItemProperty().addListener((observed, before, now) -> {
            if (now != null) {
                model.chosenProperty().set(Optional.of(now));
            }
        });
        // The list forgets what is chosen when its lines are new.
        model.entries().addListener((ListChangeListener<ModelEntry>) change -> model.chosenProperty().get()
            .flatMap(old -> model.entries().stream().filter(entry -> entry.name().equals(old.name())).findFirst())
            .ifPresent(list.getSelectionModel()::select));
        model.chosenProperty().addListener((observed, before, now) -> now.ifPresentOrElse(
            entry -> list.getSelectionModel().select(entry), list.getSelectionModel()::clearSelection));
        model.fetchesProperty().addListener((observed, before, now) -> list.refresh());
        model.openedProperty().addListener((observed, before, now) -> list.refresh());
        model.memoryProperty().addListener((observed, before, now) -> list.refresh());
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                model.activate();
            }
        });
        // Before the list itself, which keeps the key from the default button.
        list.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                model.activate();
                event.consume();
            }
        });
    }
}
