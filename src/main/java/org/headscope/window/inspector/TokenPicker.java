package org.headscope.window.inspector;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.control.textfield.TextFields;
import org.headscope.tokens.Token;
import org.headscope.tokens.TokenRefusal;
import org.headscope.window.Workbench;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;

/** Adds a token to those that are watched. Leading spaces count and are shown as dots. */
final class TokenPicker extends VBox {

    private static final int SUGGESTIONS = 8;

    private final Workbench workbench;
    private final TextField field = new TextField();
    /** Read by the threads that suggest. */
    private volatile String typed = "";
    private final StringProperty problem = new SimpleStringProperty("");
    /** Of what was typed, where that is several tokens. */
    private final ObjectProperty<Optional<Token>> first = new SimpleObjectProperty<>(Optional.empty());

    TokenPicker(Workbench workbench) {
        super(4);
        this.workbench = workbench;
        field.setId("token-field");
        field.setPromptText("Watch a token, such as ·Sarah");
        field.setAccessibleText("Watch a token");
        HBox.setHgrow(field, Priority.ALWAYS);
        Button add = Parts.iconButton(Icons.ADD, "Watch this token (Enter)", this::add);
        add.setId("token-add");
        HBox line = new HBox(4, field, add);
        getChildren().addAll(line, Parts.note(problem, "problem"), firstPiece());
        field.setOnAction(event -> add());
        field.textProperty().addListener((observed, before, now) -> {
            typed = now;
            problem.set("");
            first.set(Optional.empty());
        });
        suggest();
    }

    /** What can be done about text that is several tokens. */
    private Hyperlink firstPiece() {
        Hyperlink link = new Hyperlink();
        link.setId("token-first-piece");
        link.getStyleClass().add("small");
        link.setPadding(Insets.EMPTY);
        link.textProperty().bind(first.map(piece -> piece.map(token -> "Watch “%s” instead".formatted(token.label()))
            .orElse("")));
        link.setOnAction(event -> first.get().ifPresent(piece -> pin(piece.id())));
        Parts.hideWhile(link, first.map(Optional::isEmpty));
        return link;
    }

    private void suggest() {
        var binding = TextFields.bindAutoCompletion(field,
            // Not what the request holds: requests of fast typing may be answered in another order.
            request -> workbench.tokenizer().map(tokenizer -> tokenizer.search(typed, SUGGESTIONS))
                .orElse(List.of()), new Labels());
        binding.setDelay(100);
        binding.setOnAutoCompleted(event -> pin(event.getCompletion().id()));
    }

    private void add() {
        if (field.getText().isEmpty() || workbench.tokenizer().isEmpty()) {
            return;
        }
        try {
            pin(workbench.tokenizer().get().single(field.getText()));
        } catch (TokenRefusal e) {
            problem.set(e.getMessage());
            first.set(e.pieces().stream().findFirst());
        }
    }

    private void pin(int id) {
        workbench.pin(id);
        field.clear();
    }

    /** Suggestions read as they are shown elsewhere; what is typed is looked up by {@link Workbench#tokenizer()}. */
    private static final class Labels extends StringConverter<Token> {

        @Override
        public String toString(Token token) {
            return token.label();
        }

        @Override
        public Token fromString(String text) {
            throw new IllegalStateException("Suggestions are only shown.");
        }
    }
}
