package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.stage.Window;
import org.headscope.window.control.Term;
import org.headscope.window.control.Tips;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Terms are explained where they stand, and all together in the help. */
class TermsTest extends InOneWindow {

    private static Stream<Node> all(Node node) {
        return Stream.concat(Stream.of(node), node instanceof Parent parent
            ? parent.getChildrenUnmodifiable().stream().flatMap(TermsTest::all) : Stream.empty());
    }

    @ParameterizedTest
    @CsvSource({"prompt-bar, Clean, CLEAN", "prompt-bar, Corrupt, CORRUPT", "readouts, recovered, RECOVERED",
        "readouts, logit, LOGIT", "readouts, rank, RANK", "readouts, Δ, DIFFERENCE", "head-map, Induction, INDUCTION",
        "head-map, Previous token, PREVIOUS", "head-map, Duplicate token, DUPLICATE",
        "readouts, Patched, PATCHED", "patches, z, Z", "patches, pattern, PATTERN"})
    void aTermIsExplainedWhereItStands(String region, String word, Term term) {
        Node part = window.find(region, Node.class);
        Labeled label = window.fx(() -> all(part).filter(Labeled.class::isInstance).map(Labeled.class::cast)
            .filter(node -> word.equals(node.getText())).findFirst().orElseThrow());
        Tooltip card = window.fx(() -> Tips.of(label));
        assertThat(card.getText()).startsWith(term.word() + "\n" + term.meaning());
        assertThat(window.fx(label::getAccessibleHelp)).isEqualTo(term.meaning());
    }

    @Test
    void whatIsStagedAndEveryDigitAreSaidBeside() {
        Node readouts = window.find("readouts", Node.class);
        List<String> cards = window.fx(() -> all(readouts).filter(Labeled.class::isInstance).map(Labeled.class::cast)
            .map(Tips::of).filter(Objects::nonNull).map(Tooltip::getText).toList());
        assertThat(cards).anyMatch(card -> card.endsWith("What is staged: clean into corrupt."));
        double patched = window.fx(() -> window.workbench().readoutsProperty().get().get(0).patched().orElseThrow()
            .prob());
        assertThat(cards).contains(Double.toString(patched));
    }

    @Test
    void theHelpExplainsAllOfThem() {
        window.choose("Help", "Terms");
        Node terms = window.fx(() -> Window.getWindows().stream().map(shown -> shown.getScene().getRoot()
            .lookup("#terms")).filter(found -> found != null).findFirst().orElseThrow());
        assertThat(window.fx(() -> all(terms).filter(Labeled.class::isInstance).map(node -> ((Labeled) node).getText())
            .toList())).containsAll(Stream.of(Term.values()).map(Term::meaning).toList());
        window.fxRun(() -> terms.getScene().getWindow().hide());
    }
}
