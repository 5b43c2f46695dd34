package org.headscope.window.promptbar;

import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.ToggleSwitch;
import org.headscope.session.Document;
import org.headscope.window.Reading;
import org.headscope.window.Workbench;
import org.headscope.window.action.Action;
import org.headscope.window.action.Keys;
import org.headscope.window.action.Section;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;
import org.headscope.window.control.RunMark;

/** The top region: a clean and a corrupt prompt, their tokens column by column, and what is wrong with them. */
public final class PromptBar extends VBox {

    private static final double NAME_WIDTH = 76;
    private static final double GAP = 8;

    private final Workbench workbench;
    private final PromptBarViewModel model;
    private final TextField clean;
    private final TextField corrupt;

    public PromptBar(Workbench workbench) {
        super(8);
        this.workbench = workbench;
        this.model = new PromptBarViewModel(workbench);
        this.clean = field("clean-field", "The clean prompt, in which the behaviour occurs", model.cleanProperty(),
            workbench.cleanProperty());
        this.corrupt = field("corrupt-field", "The corrupt prompt, in which it does not; leave it empty to only look",
            model.corruptProperty(), workbench.corruptProperty());
        getStyleClass().add("prompt-bar");
        setId("prompt-bar");
        HBox top = new HBox(16, fields(), controls());
        HBox.setHgrow(top.getChildren().get(0), Priority.ALWAYS);
        getChildren().addAll(top, tokens());
    }

    /** What can be done to the prompts. */
    public List<Action> actions() {
        return List.of(
            Action.of("clean-prompt", Section.EDIT_PROMPTS, "Go to the clean prompt", this::focusClean)
                .keys("Shortcut+L"),
            Action.of("corrupt-prompt", Section.EDIT_PROMPTS, "Go to the corrupt prompt", this::focusCorrupt)
                .keys("Shortcut+Shift+L"),
            Action.of("swap", Section.EDIT_PROMPTS, "Swap the prompts", () -> workbench.edit("", Document::swapped)),
            Action.of("run", Section.EXPERIMENT_RUN, "Run the prompts", workbench::run).keys("F5", "Shortcut+Enter"));
    }

    private void focusClean() {
        clean.requestFocus();
        clean.selectAll();
    }

    private void focusCorrupt() {
        corrupt.requestFocus();
        corrupt.selectAll();
    }

    private TextField field(String id, String hint, StringProperty text, ObservableValue<Reading> reading) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(hint);
        field.setAccessibleText(hint);
        field.textProperty().bindBidirectional(text);
        field.setOnAction(event -> workbench.run());
        Keys.belongsToDocument(field);
        reading.addListener((observed, before, now) -> {
            field.getStyleClass().remove("wrong");
            if (!now.problem().isEmpty()) {
                field.getStyleClass().add("wrong");
            }
        });
        return field;
    }

    private GridPane fields() {
        GridPane grid = new GridPane();
        grid.setHgap(GAP);
        grid.setVgap(4);
        ColumnConstraints name = new ColumnConstraints(NAME_WIDTH);
        ColumnConstraints text = new ColumnConstraints();
        text.setHgrow(Priority.ALWAYS);
        text.setFillWidth(true);
        ColumnConstraints count = new ColumnConstraints(64);
        count.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().addAll(name, text, count);
        addRow(grid, 0, RunMark.CLEAN, clean, workbench.cleanProperty());
        addRow(grid, 2, RunMark.CORRUPT, corrupt, workbench.corruptProperty());
        return grid;
    }

    private void addRow(GridPane grid, int row, RunMark mark, TextField field, ObservableValue<Reading> reading) {
        Label count = Parts.label("", "muted", "small");
        count.textProperty().bind(model.count(reading));
        count.setTooltip(new Tooltip("Tokens of the prompt, and the most that the model reads"));
        Label problem = Parts.note(reading.map(Reading::problem), "problem");
        problem.setId(field.getId() + "-problem");
        grid.add(mark.label(), 0, row);
        grid.add(field, 1, row);
        grid.add(count, 2, row);
        grid.add(problem, 1, row + 1, 2, 1);
    }

    private VBox controls() {
        Button run = Parts.named(new Button("Run", Icons.RUN.node()), "Run both prompts (Ctrl+Enter)");
        run.setId("run");
        run.getStyleClass().add("accent");
        run.setOnAction(event -> workbench.run());
        Button swap = Parts.named(new Button("Swap", Icons.SWAP.node()), "Swap the clean and the corrupt prompt");
        swap.setId("swap");
        swap.setOnAction(event -> workbench.edit("", document -> document.swapped()));
        ToggleSwitch bos = Parts.toggle("BOS");
        bos.setId("bos");
        bos.setTooltip(new Tooltip("Put <|endoftext|> before both prompts, as TransformerLens does"));
        bos.setSelected(workbench.document().bos());
        bos.selectedProperty().addListener((observed, before, now) ->
            workbench.edit("", document -> document.withBos(now)));
        workbench.documentProperty().addListener((observed, before, now) -> bos.setSelected(now.bos()));
        ToggleSwitch auto = Parts.toggle("Auto");
        auto.setId("auto");
        auto.setTooltip(new Tooltip("Run by itself 0.3 s after the last key"));
        auto.selectedProperty().bindBidirectional(workbench.autoProperty());
        HBox first = new HBox(8, run, auto);
        HBox second = new HBox(8, swap, bos);
        for (HBox line : new HBox[] {first, second}) {
            line.setAlignment(Pos.CENTER_LEFT);
        }
        run.setMinWidth(80);
        swap.setMinWidth(80);
        VBox controls = new VBox(4, first, second);
        controls.setMinWidth(Region.USE_PREF_SIZE);
        return controls;
    }

    private HBox tokens() {
        TokenColumns columns = new TokenColumns();
        Runnable show = () -> columns.show(workbench.cleanProperty().get().prompt(),
            workbench.corruptProperty().get().prompt());
        workbench.cleanProperty().addListener((observed, before, now) -> show.run());
        workbench.corruptProperty().addListener((observed, before, now) -> show.run());
        show.run();
        Label comparison = Parts.label("", "note");
        comparison.setId("comparison");
        comparison.textProperty().bind(model.comparison());
        comparison.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(columns, Priority.ALWAYS);
        HBox tokens = new HBox(16, columns, comparison);
        tokens.setPadding(new Insets(0, 0, 0, NAME_WIDTH + GAP));
        return tokens;
    }
}
