package org.headscope.window.workspace;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;

/** A small field above the map in which a token is looked for. */
final class FindField extends HBox {

    private final FindViewModel model;
    private final TextField field = new TextField();
    private Node before;

    FindField(FindViewModel model) {
        super(4);
        this.model = model;
        setId("find");
        getStyleClass().add("find-field");
        setAlignment(Pos.CENTER_LEFT);
        setPadding(new Insets(4, 4, 4, 8));
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        field.setId("find-text");
        field.setPromptText("Find a token");
        field.setAccessibleText("Find a token");
        field.setPrefColumnCount(12);
        field.textProperty().bindBidirectional(model.textProperty());
        Label count = Parts.label("", "muted", "small");
        count.setId("find-count");
        count.textProperty().bind(model.countProperty());
        count.setMinWidth(56);
        count.setAlignment(Pos.CENTER);
        Button previous = Parts.iconButton(Icons.PREVIOUS, "Previous one (Shift+F3)", model::previous);
        Button next = Parts.iconButton(Icons.NEXT, "Next one (F3)", model::next);
        Button close = Parts.iconButton(Icons.CANCEL, "Close (Esc)", this::close);
        getChildren().addAll(field, count, previous, next, close);
        Parts.hideWhile(this, model.openProperty().map(open -> !open));
        addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        model.openProperty().addListener((observed, was, now) -> {
            if (now) {
                open();
            }
        });
    }

    /** Opens it, or goes back to it. */
    void open() {
        if (getScene() != null && getScene().getFocusOwner() != field) {
            before = getScene().getFocusOwner();
        }
        model.openProperty().set(true);
        field.requestFocus();
        field.selectAll();
    }

    /** Gives the keys back to what had them. */
    private void close() {
        model.openProperty().set(false);
        if (before != null) {
            before.requestFocus();
        }
    }

    private void press(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            if (event.isShiftDown()) {
                model.previous();
            } else {
                model.next();
            }
            event.consume();
        }
    }

    /** Closes it; false where it is closed already. */
    boolean letGo() {
        boolean open = model.openProperty().get();
        if (open) {
            close();
        }
        return open;
    }
}
