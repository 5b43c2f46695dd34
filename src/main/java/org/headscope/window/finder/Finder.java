package org.headscope.window.finder;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.headscope.window.action.Keys;
import org.headscope.window.control.Parts;

/** Lies over the window while somebody looks for a command: a field, and under it what fits. */
public final class Finder extends StackPane {

    private static final double WIDTH = 560;
    private static final double ROW = 36;
    private static final int ROWS = 10;
    private static final int PAGE = 8;

    private final FinderViewModel model;
    private final TextField field = new TextField();
    private final ListView<Found> list;
    private Node formerFocus;

    public Finder(FinderViewModel model) {
        this.model = model;
        this.list = new ListView<>(model.found());
        setId("finder");
        setVisible(false);
        setAlignment(Pos.TOP_CENTER);
        setPadding(new Insets(88, 16, 16, 16));
        Keys.keepIn(this);
        field.setId("finder-field");
        field.setPromptText("Find a command, or a head such as L1H0");
        field.setAccessibleText("Find a command or a head");
        field.textProperty().bindBidirectional(model.queryProperty());
        list.setId("finder-list");
        list.setFocusTraversable(false);
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.setAccessibleText("What fits");
        list.setCellFactory(view -> new Line());
        list.setPlaceholder(Parts.label("Nothing fits. A few letters of a command are enough.", "note"));
        list.setFixedCellSize(ROW);
        // Whole rows, and less in a low window.
        list.prefHeightProperty().bind(Bindings.size(model.found()).map(found ->
            ROW * Math.max(1, Math.min(ROWS, found.intValue()))));
        list.setMinHeight(0);
        VBox box = new VBox(8, field, list);
        box.getStyleClass().add("finder");
        box.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        getChildren().add(box);
        connect();
    }

    private void connect() {
        addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        // Nothing of what is written here is a key of the window's.
        addEventHandler(KeyEvent.KEY_PRESSED, KeyEvent::consume);
        addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getTarget() == this) {
                close();
            }
        });
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (list.getSelectionModel().getSelectedIndex() >= 0) {
                model.choose(list.getSelectionModel().getSelectedIndex());
                take();
            }
        });
        model.chosenProperty().addListener((observed, before, now) -> showChosen());
        model.found().addListener((ListChangeListener<Found>) change -> showChosen());
        field.focusedProperty().addListener((observed, before, now) -> {
            if (!now && isVisible() && getScene().getWindow().isFocused() && !list.isFocused()) {
                close();
            }
        });
    }

    private void press(KeyEvent event) {
        switch (event.getCode()) {
            case UP -> model.move(-1);
            case DOWN -> model.move(1);
            case PAGE_UP -> model.move(-PAGE);
            case PAGE_DOWN -> model.move(PAGE);
            case ENTER -> take();
            case ESCAPE -> close();
            default -> {
                return;
            }
        }
        event.consume();
    }

    /** Shows it, with the keys in its field. */
    public void open() {
        setVisible(true);
        formerFocus = getScene().getFocusOwner();
        model.open();
        field.requestFocus();
        showChosen();
    }

    private void showChosen() {
        list.getSelectionModel().clearAndSelect(model.chosenProperty().get());
        list.scrollTo(Math.max(0, model.chosenProperty().get() - PAGE / 2));
        field.setAccessibleHelp(model.found().isEmpty() ? "Nothing fits"
            : model.found().get(model.chosenProperty().get()).name());
    }

    /** The keys go back to where they were first, since what is done may depend on it. */
    private void take() {
        Optional<Runnable> taken = model.take();
        taken.ifPresent(run -> {
            close();
            run.run();
        });
    }

    private void close() {
        if (isVisible()) {
            setVisible(false);
            if (formerFocus != null) {
                formerFocus.requestFocus();
            }
        }
    }

    private static final class Line extends ListCell<Found> {

        private final Label name = Parts.label("");
        private final Label group = Parts.label("", "muted", "small");
        private final Label keys = Parts.label("", "key");
        private final HBox line = new HBox(12, name, Parts.spacer(), group, keys);

        Line() {
            line.setAlignment(Pos.CENTER_LEFT);
            group.setMinWidth(Region.USE_PREF_SIZE);
            keys.setMinWidth(Region.USE_PREF_SIZE);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Found found, boolean isEmpty) {
            super.updateItem(found, isEmpty);
            setGraphic(isEmpty || found == null ? null : line);
            if (!isEmpty && found != null) {
                name.setText(found.name());
                group.setText(found.group());
                keys.setText(found.keys());
                keys.setVisible(!found.keys().isEmpty());
                keys.setManaged(keys.isVisible());
                line.setOpacity(found.possible() ? 1 : 0.5);
                setAccessibleText("%s, %s%s%s".formatted(found.name(), found.group(),
                    found.keys().isEmpty() ? "" : ", " + found.keys(), found.possible() ? "" : ", not possible now"));
            }
        }
    }
}
