package org.headscope.window.generate;

import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.headscope.analysis.Generation.Step;
import org.headscope.figure.Cell;
import org.headscope.figure.TokenGrid;
import org.headscope.window.control.CandidateStrip;
import org.headscope.window.control.Fields;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Numerals;
import org.headscope.window.control.Parts;
import org.headscope.window.control.ScrolledGrid;
import org.headscope.window.control.Tips;
import org.headscope.window.theme.Appearance;

/** Continues the clean prompt: the text as it grows, and below it what else could have come at each step. */
public final class GeneratePane extends VBox {

    private static final double TEXT_HEIGHT = 64;

    private final GenerateViewModel model;
    private final ScrolledGrid grid;
    private final CandidateStrip strip = new CandidateStrip("generate-cell");
    private final Text before = new Text();
    private final Text added = new Text();
    private final TextField count;
    private final VBox result;
    private final Label empty = Parts.label("Continue (Enter) to see what the model adds to the clean prompt, token by "
        + "token.", "empty-state");

    public GeneratePane(GenerateViewModel model, Appearance appearance) {
        super(8);
        this.model = model;
        setMinHeight(0);
        this.count = field("generate-count", "How many tokens to add", 3, model.countProperty());
        this.grid = new ScrolledGrid(appearance, "The likeliest tokens at each step", "generate-grid");
        VBox.setVgrow(grid, Priority.ALWAYS);
        Label problem = Parts.note(model.problemProperty(), "problem");
        problem.setId("generate-problem");
        this.result = new VBox(8, text(), grid, strip);
        result.setMinHeight(0);
        VBox.setVgrow(result, Priority.ALWAYS);
        empty.setMaxWidth(340);
        VBox center = new VBox(empty);
        center.setAlignment(Pos.TOP_CENTER);
        center.setPadding(new Insets(48, 0, 0, 0));
        Parts.hideWhile(center, model.shownProperty().map(Optional::isPresent));
        Parts.hideWhile(result, model.shownProperty().map(Optional::isEmpty));
        getChildren().addAll(controls(), problem, result, center);
        grid.hoveredProperty().addListener((observed, was, now) -> showCell());
        grid.chosenProperty().addListener((observed, was, now) -> showCell());
        model.shownProperty().addListener((observed, was, now) -> show());
        show();
    }

    /** What is done above how it is done. */
    private VBox controls() {
        // What is drawn from matters only where something is drawn.
        ObservableValue<Boolean> greedy = model.temperatureProperty().map(typed -> typed.strip().matches("0*\\.?0*"));
        TextField topK = drawn(field("generate-top-k", "Draw from so many of the likeliest tokens; empty for all", 2,
            model.topKProperty()), greedy);
        TextField topP = drawn(field("generate-top-p", "Draw from the likeliest tokens until their probabilities "
            + "reach this; empty for all", 2, model.topPProperty()), greedy);
        TextField seed = drawn(field("generate-seed", "The same seed draws the same tokens", 2, model.seedProperty()),
            greedy);
        HBox what = new HBox(12, Fields.labelled("Tokens", count), buttons());
        TextField temperature = field("generate-temperature", "0 takes the likeliest token each time; 1 draws as the "
            + "model says", 2, model.temperatureProperty());
        FlowPane how = new FlowPane(8, 8, Fields.labelled("Temperature", temperature), Fields.labelled("Top-k", topK),
            Fields.labelled("Top-p", topP), Fields.labelled("Seed", seed));
        VBox controls = new VBox(8, what, how);
        controls.getStyleClass().add("sweep-controls");
        return controls;
    }

    private HBox buttons() {
        Button start = Parts.named(new Button("Continue", Icons.RUN.node()), "Continue the clean prompt (Enter)");
        start.setId("generate");
        start.setOnAction(event -> model.start());
        Button cancel = Parts.named(new Button("Cancel", Icons.CANCEL.node()), "Stop; what there is stays");
        cancel.setId("generate-cancel");
        cancel.setOnAction(event -> model.cancel());
        Button append = Parts.named(new Button("Append to prompt", Icons.ADD.node()),
            "Put what was added behind the clean prompt (Ctrl+Z takes it back)");
        append.setId("generate-append");
        append.setOnAction(event -> model.append());
        Parts.hideWhile(start, model.runningProperty().map(is -> is));
        Parts.hideWhile(cancel, model.runningProperty().map(is -> !is));
        Parts.hideWhile(append, model.appendableProperty().map(is -> !is));
        for (Button button : new Button[] {start, cancel, append}) {
            button.setMinWidth(USE_PREF_SIZE);
        }
        return new HBox(8, start, cancel, append);
    }

    private TextField field(String id, String what, int columns, StringProperty value) {
        TextField field = new TextField();
        field.setId(id);
        field.setPrefColumnCount(columns);
        field.setAccessibleText(what);
        Tips.on(field, what);
        field.textProperty().bindBidirectional(value);
        field.setOnAction(event -> model.start());
        return field;
    }

    private static TextField drawn(TextField field, ObservableValue<Boolean> greedy) {
        field.disableProperty().bind(greedy);
        return field;
    }

    private ScrollPane text() {
        before.getStyleClass().add("continued");
        added.getStyleClass().addAll("continued", "added");
        added.setId("generate-text");
        ScrollPane scroll = new ScrollPane(new TextFlow(before, added));
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinHeight(24);
        scroll.setPrefHeight(TEXT_HEIGHT);
        scroll.setMaxHeight(TEXT_HEIGHT);
        return scroll;
    }

    private void show() {
        model.shownProperty().get().ifPresentOrElse(continued -> {
            before.setText(continued.prompt().text());
            added.setText(continued.text());
            grid.show(continued.steps().size(), continued::grid, true);
            grid.setWords(cell -> words(continued, cell));
            showCell();
        }, () -> grid.chosenProperty().set(Optional.empty()));
    }

    private static String words(Continued continued, Cell cell) {
        TokenGrid one = continued.grid(cell.column(), 1);
        return "step %d: %s %s".formatted(cell.column(), one.text(new Cell(cell.row(), 0)),
            Numerals.probability(one.value(new Cell(cell.row(), 0))));
    }

    /** Of the step that is pointed at, else of the chosen one, else of the newest one. */
    private void showCell() {
        model.shownProperty().get().ifPresent(continued -> {
            int number = grid.hoveredProperty().get().or(() -> grid.chosenProperty().get()).map(Cell::column)
                .filter(column -> column < continued.steps().size()).orElse(continued.steps().size() - 1);
            Step step = continued.steps().get(number);
            strip.show("Step %d: %s, %s".formatted(number, continued.label(step.id()),
                Numerals.probability(step.prob())), step.top(), continued::label);
        });
    }

    /** How far it has come; empty before there is a token. */
    public ObservableValue<String> subtitle() {
        return model.shownProperty().map(shown -> shown.map(continued -> "%,d of %,d tokens".formatted(
            continued.steps().size(), continued.wanted())).orElse(""));
    }

    /** The first of the columns that are taken away. */
    public int firstTaken() {
        return grid.firstTaken();
    }

    /** How many columns are taken away. */
    public int countTaken() {
        return grid.countTaken();
    }

    /** The control that takes the keys. */
    public Node keys() {
        return model.shownProperty().get().isPresent() ? grid.view() : count;
    }

    /** Puts the keys where a continuation is asked for. */
    public void ask() {
        count.requestFocus();
    }

    /** Lets go of the chosen step; false where there is none. */
    public boolean letGo() {
        boolean held = grid.chosenProperty().get().isPresent();
        grid.chosenProperty().set(Optional.empty());
        return held;
    }
}
