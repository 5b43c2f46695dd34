package org.headscope.window.inspector;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.headscope.analysis.HeadScores;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.control.Numerals;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.detect.Detection;
import org.headscope.window.detect.ScoreKind;

/** What the head that is looked at does, beside the model's strongest of each kind. */
final class HeadFactsPane extends VBox {

    /** A line of the table: a kind as it is measured on random tokens and on the prompt. */
    private record Fact(String name, Optional<ScoreKind> random, ScoreKind prompt) {
    }

    /** All that the pane says depends on these. */
    private record Facts(Optional<Head> head, Detection detection, boolean silent) {
    }

    private static final List<Fact> FACTS = List.of(
        new Fact("Induction", Optional.of(ScoreKind.RANDOM_INDUCTION), ScoreKind.INDUCTION),
        new Fact("Previous token", Optional.of(ScoreKind.RANDOM_PREVIOUS), ScoreKind.PREVIOUS),
        new Fact("Duplicate token", Optional.of(ScoreKind.RANDOM_DUPLICATE), ScoreKind.DUPLICATE),
        new Fact("First token", Optional.empty(), ScoreKind.FIRST),
        new Fact("Same token", Optional.empty(), ScoreKind.SELF),
        new Fact("Entropy", Optional.empty(), ScoreKind.ENTROPY),
        new Fact("Change", Optional.empty(), ScoreKind.CHANGE),
        new Fact("As drawn", Optional.empty(), ScoreKind.DRAWN));

    private final Workbench workbench;
    private final ViewState view;
    private final DetectViewModel detect;
    private final Label name = Parts.label("", "strong");
    private final GridPane table = new GridPane();
    private final Label alike = Parts.label("", "note");
    private final Hyperlink match = new Hyperlink();
    private Optional<Facts> shown = Optional.empty();

    HeadFactsPane(Workbench workbench, ViewState view, DetectViewModel detect) {
        super(8);
        this.workbench = workbench;
        this.view = view;
        this.detect = detect;
        setId("head-facts");
        getStyleClass().add("pane-body");
        name.setId("head-name");
        name.setWrapText(true);
        name.setMinHeight(USE_PREF_SIZE);
        alike.setWrapText(true);
        alike.setMinHeight(USE_PREF_SIZE);
        alike.setId("near-repeats");
        match.setId("match-alike");
        match.getStyleClass().add("small");
        match.setOnAction(event -> {
            match.setVisited(false);
            detect.alikeProperty().set(!detect.alikeProperty().get());
        });
        VBox repeats = new VBox(alike, match);
        Parts.hideWhile(repeats, alike.textProperty().map(String::isEmpty));
        columns();
        getChildren().addAll(name, table, repeats);
        Stream.of(workbench.documentProperty().map(Document::focus), view.hoveredHeadProperty(),
            detect.detectionProperty(), detect.silentProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> show()));
        show();
    }

    private void columns() {
        table.setHgap(8);
        table.setVgap(4);
        ColumnConstraints kind = new ColumnConstraints();
        kind.setPercentWidth(38);
        table.getColumnConstraints().add(kind);
        for (double percent : new double[] {16, 16, 30}) {
            ColumnConstraints number = new ColumnConstraints();
            number.setPercentWidth(percent);
            number.setHalignment(HPos.RIGHT);
            table.getColumnConstraints().add(number);
        }
    }

    private void show() {
        Detection detection = detect.detectionProperty().get();
        Optional<Head> head = view.hoveredHeadProperty().get().or(() -> workbench.document().focus())
            .filter(h -> detection.of(ScoreKind.ENTROPY).filter(s -> h.layer() < s.layers() && h.head() < s.heads())
                .isPresent());
        boolean silent = detect.silentProperty().get();
        Facts now = new Facts(head, detection, silent);
        if (shown.filter(now::equals).isPresent()) {
            return;
        }
        shown = Optional.of(now);
        table.getChildren().clear();
        name.setText(silent ? "What heads do is told after your guess." : head.map(h -> h + detection.name(h)
            .map(named -> ": %s %s".formatted(
            named.kind().label().toLowerCase(Locale.ROOT), number(named.score()))).orElse(": nothing stands out"))
            .orElse("Run a prompt to see what its heads do."));
        name.getStyleClass().setAll("label", head.isPresent() && !silent ? "strong" : "note");
        head.filter(h -> !silent).ifPresent(h -> fill(h, detection));
        alike.setText(detect.nearRepeats());
        match.setText(detect.alikeProperty().get() ? "Take them as different" : "Match them");
    }

    private void fill(Head head, Detection detection) {
        heading(1, "random", "On 50 random tokens, repeated once: mean attention to where such a head looks");
        heading(2, "prompt", "On the prompt whose attention is shown");
        heading(3, "strongest", "The head with the highest score, on random tokens where they are measured");
        int row = 1;
        for (Fact fact : FACTS) {
            Optional<HeadScores> random = fact.random().flatMap(detection::of);
            Optional<HeadScores> prompt = detection.of(fact.prompt());
            Optional<HeadScores> ranked = random.or(() -> prompt);
            if (ranked.isPresent()) {
                Label kind = Parts.label(fact.name(), "small");
                Tips.on(kind, fact.random().orElse(fact.prompt()).meaning());
                table.addRow(row++, kind, value(random, head), value(prompt, head), strongest(ranked.get()));
            }
        }
    }

    private void heading(int column, String text, String meaning) {
        Label label = Parts.label(text, "muted", "small");
        Tips.on(label, meaning);
        label.setMinWidth(USE_PREF_SIZE);
        table.add(label, column, 0);
    }

    private static Node value(Optional<HeadScores> scores, Head head) {
        return Parts.label(scores.map(s -> number(s.get(head))).orElse(""), "small");
    }

    private Node strongest(HeadScores scores) {
        Head head = scores.strongest();
        Hyperlink link = new Hyperlink("%s %s".formatted(head, number(scores.get(head))));
        link.getStyleClass().add("small");
        link.setPadding(Insets.EMPTY);
        link.setMinWidth(USE_PREF_SIZE);
        link.setOnAction(event -> workbench.focus(head, true));
        return link;
    }

    private static String number(double score) {
        return Numerals.shortLogit(score);
    }
}
