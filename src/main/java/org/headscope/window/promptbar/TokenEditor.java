package org.headscope.window.promptbar;

import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.headscope.tokens.Token;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Visible;

/** A card over a chip, in which another text is typed; single tokens are offered, and what would happen is said. */
final class TokenEditor extends VBox {

    private static final double WIDTH = 264;
    private static final double ROW = 26;
    /** Of the padding and the title. */
    private static final double FIELD_TOP = 32;

    private final TokenEditorViewModel model;
    private final Runnable close;
    private final TextField field = new TextField();
    private final ListView<Token> candidates = new ListView<>();

    TokenEditor(TokenEditorViewModel model, Runnable close) {
        super(6);
        this.model = model;
        this.close = close;
        setId("token-editor");
        getStyleClass().addAll("card", "token-editor");
        setPrefWidth(WIDTH);
        field.setId("chip-field");
        field.setAccessibleText(model.title());
        field.setTextFormatter(new TextFormatter<>(change -> {
            change.setText(Visible.token(change.getText()));
            return change;
        }));
        field.textProperty().bindBidirectional(model.textProperty());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        offer();
        Label outcome = Parts.note(model.outcomeProperty(), "note");
        outcome.setId("chip-outcome");
        outcome.setMaxWidth(WIDTH - 16);
        getChildren().addAll(Parts.label(model.title(), "muted", "small"), field, candidates, outcome,
            Parts.label("Enter replaces, Esc cancels", "muted", "small"));
    }

    private void offer() {
        candidates.setId("chip-candidates");
        candidates.setAccessibleText("Single tokens");
        candidates.setFocusTraversable(false);
        candidates.setFixedCellSize(ROW);
        candidates.setCellFactory(list -> new Candidate());
        Runnable show = () -> {
            candidates.getItems().setAll(model.candidatesProperty().get());
            candidates.setPrefHeight(candidates.getItems().size() * ROW + 2);
            candidates.setMinHeight(candidates.getPrefHeight());
        };
        model.candidatesProperty().addListener((observed, before, now) -> show.run());
        show.run();
        Parts.hideWhile(candidates, model.candidatesProperty().map(List::isEmpty));
    }

    /** What is typed first takes the place of the word, but keeps the space before it. */
    void selectWord() {
        field.selectRange(field.getText().startsWith("·") ? 1 : 0, field.getLength());
    }

    /** What the keys go to. */
    TextField field() {
        return field;
    }

    /** How far the field is below the card's upper edge. */
    double fieldTop() {
        return FIELD_TOP;
    }

    private void press(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> candidates.getSelectionModel().selectNext();
            case UP -> selectPrevious();
            case ENTER -> accept();
            default -> {
                return;
            }
        }
        event.consume();
    }

    /** Above the first is the text as it is typed. */
    private void selectPrevious() {
        if (candidates.getSelectionModel().getSelectedIndex() <= 0) {
            candidates.getSelectionModel().clearSelection();
        } else {
            candidates.getSelectionModel().selectPrevious();
        }
    }

    private void accept() {
        Token selected = candidates.getSelectionModel().getSelectedItem();
        if (selected == null ? model.accept() : model.choose(selected)) {
            close.run();
        }
    }

    private final class Candidate extends ListCell<Token> {

        Candidate() {
            setOnMouseClicked(event -> {
                if (!isEmpty() && model.choose(getItem())) {
                    close.run();
                }
            });
        }

        @Override
        protected void updateItem(Token item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? null : "%s   #%d".formatted(item.label(), item.id()));
        }
    }
}
