package org.headscope.window.promptbar;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.headscope.refusal.Refusal;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;
import org.headscope.tokens.TokenEdit;
import org.headscope.tokens.Tokenizer;
import org.headscope.window.control.Visible;

/** One token of a prompt while another text is typed in its place. */
final class TokenEditorViewModel {

    private static final int CANDIDATES = 6;

    private final PromptTokens tokens;
    private final Tokenizer tokenizer;
    private final Side side;
    private final Prompt prompt;
    private final int position;
    private final StringProperty text;
    private final ReadOnlyObjectWrapper<List<Token>> candidates = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private Optional<TokenEdit> edit = Optional.empty();

    /** @param prompt as {@link PromptTokens#editable} gave it */
    TokenEditorViewModel(PromptTokens tokens, Side side, Prompt prompt, int position) {
        this.tokens = tokens;
        this.tokenizer = tokens.tokenizer().orElseThrow();
        this.side = side;
        this.prompt = prompt;
        this.position = position;
        this.text = new SimpleStringProperty(Visible.token(prompt.text().substring(token().start(), token().end())));
        text.addListener((observed, before, now) -> follow());
        follow();
    }

    private Token token() {
        return prompt.tokens().get(position);
    }

    /** What is being replaced, such as "Token 7 of the clean prompt". */
    String title() {
        return "Token %d of the %s prompt".formatted(position, side.word());
    }

    /** A space as "·"; "#123" names a token by its number. */
    StringProperty textProperty() {
        return text;
    }

    /** Single tokens that hold what is typed, best first. */
    ReadOnlyObjectProperty<List<Token>> candidatesProperty() {
        return candidates.getReadOnlyProperty();
    }

    /** What accepting the text as it stands would come to, in one sentence. */
    ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    private void follow() {
        String meant = Visible.ofToken(text.get());
        boolean unchanged = meant.equals(token().text());
        candidates.set(unchanged ? List.of() : tokenizer.search(meant, CANDIDATES));
        try {
            edit = Optional.of(TokenEdit.replace(tokenizer, prompt, position, named(meant)));
            outcome.set(unchanged ? "" : edit.get().isOneForOne()
                ? "One token, #%d.".formatted(edit.get().pieces().get(0).id()) : edit.get().consequence());
        } catch (Refusal e) {
            edit = Optional.empty();
            outcome.set(e.getMessage());
        }
    }

    private String named(String meant) {
        if (!meant.matches("#\\d+")) {
            return meant;
        }
        Token token = tokenizer.token(tokenizer.single(meant));
        if (token.text().indexOf('\uFFFD') >= 0 || token.text().isEmpty()) {
            throw new Refusal("“%s” is no text of its own; choose another token.".formatted(token.label()));
        }
        return token.text();
    }

    /** Takes the text as it stands; false, with the reason in {@link #outcomeProperty}, if that is impossible. */
    boolean accept() {
        edit.ifPresent(made -> tokens.apply(side, made));
        return edit.isPresent();
    }

    /** Takes one of the candidates; where its neighbours would change, only says so. */
    boolean choose(Token candidate) {
        text.set("#" + candidate.id());
        if (edit.filter(TokenEdit::isOneForOne).isPresent()) {
            return accept();
        }
        if (edit.isPresent()) {
            text.set(Visible.token(candidate.text()));
        }
        return false;
    }
}
