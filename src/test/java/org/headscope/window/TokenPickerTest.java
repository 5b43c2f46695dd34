package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.headscope.tokens.Token;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Choosing a token to watch. */
class TokenPickerTest extends InRenewedWindow {

    @AfterEach
    void clear() {
        window.type("token-field", "");
        window.press(KeyCode.ESCAPE);
    }

    private static int id(String text) {
        return window.fx(() -> window.workbench().tokenizer().orElseThrow().single(text));
    }

    private static void untilPinned(int token) {
        window.until("a readout of token " + token, () -> window.document().pins().contains(token)
            && window.stage().getScene().getRoot().lookup("#readout-" + token) != null);
    }

    /** What the list under the field offers. */
    private static List<Token> suggestions() {
        return Window.getWindows().stream().filter(Window::isShowing)
            .map(popup -> popup.getScene().getRoot().lookup(".auto-complete-popup .list-view"))
            .filter(Objects::nonNull).findFirst().map(list -> ((ListView<?>) list).getItems().stream()
                .map(Token.class::cast).toList()).orElse(List.of());
    }

    @Test
    void textThatIsOneTokenIsWatchedOnEnter() {
        window.type("token-field", " Sarah");
        window.press(KeyCode.ENTER);

        untilPinned(id(" Sarah"));
        assertThat(window.texts("readout-" + id(" Sarah"))).contains("·Sarah");
        assertThat(window.document().pins()).containsExactly(TestBench.WENT, TestBench.TRAVELLED, id(" Sarah"));
        assertThat(window.text("token-field")).isEmpty();
    }

    @Test
    void suggestionsShowTheSpaceBeforeAToken() {
        window.type("token-field", "Sarah");

        window.until("suggestions", () -> suggestions().stream().map(Token::label).toList()
            .containsAll(List.of("Sarah", "·Sarah")));
    }

    @Test
    void aSuggestionIsTakenByEnter() {
        window.type("token-field", " Sara");
        window.until("suggestions", () -> !suggestions().isEmpty());
        int first = window.fx(() -> suggestions().get(0).id());
        window.press(KeyCode.ENTER);

        untilPinned(first);
        assertThat(window.document().pins()).hasSize(3);
    }

    @Test
    void severalTokensAreRefusedBesideTheField() {
        window.type("token-field", "went there");
        window.press(KeyCode.ENTER);

        assertThat(window.texts("readouts")).anyMatch(text -> text.startsWith("“went there” is 2 tokens"));
        assertThat(window.document().pins()).isEmpty();
        assertThat(window.text("token-field")).isEqualTo("went there");

        window.type("token-field", "w");
        assertThat(window.texts("readouts")).noneMatch(text -> text.contains("2 tokens"));
        assertThat(window.fx(() -> window.stage().getScene().lookup("#token-first-piece").isVisible())).isFalse();
    }

    @Test
    void theFirstOfSeveralTokensIsTakenByAClick() {
        window.type("token-field", "went there");
        window.press(KeyCode.ENTER);
        assertThat(window.text("token-first-piece")).isEqualTo("Watch “went” instead");

        window.focus("token-first-piece").press(KeyCode.ENTER);
        untilPinned(id("went"));
        assertThat(window.text("token-field")).isEmpty();
    }

    @Test
    void anIdThatDoesNotExistIsRefused() {
        window.type("token-field", "#99999");
        window.press(KeyCode.ENTER);

        assertThat(window.texts("readouts")).anyMatch(text -> text.startsWith("There is no token #99999"));
    }

    @Test
    void escapeClosesTheSuggestionsAndNothingElse() {
        window.fxRun(() -> window.workbench().focus(TestBench.INDUCTION, true));
        window.type("token-field", "Sarah");
        window.until("suggestions", () -> !suggestions().isEmpty());
        window.press(KeyCode.ESCAPE);

        window.until("no suggestions", () -> suggestions().isEmpty());
        assertThat(window.document().locked()).isTrue();
    }
}
