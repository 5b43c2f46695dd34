package org.headscope.window.promptbar;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Bounds;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.headscope.session.Document;
import org.headscope.session.Substitution.Side;
import org.headscope.window.PromptMemory;
import org.headscope.window.Reading;
import org.headscope.window.Workbench;
import org.headscope.window.action.Action;
import org.headscope.window.action.Keys;
import org.headscope.window.action.RegionKeys;
import org.headscope.window.action.Section;
import org.headscope.window.control.Found;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Layer;
import org.headscope.window.control.Parts;
import org.headscope.window.control.RunMark;
import org.headscope.window.control.Term;
import org.headscope.window.control.Tips;
import org.headscope.window.control.Visible;

/** The top region: a clean and a corrupt prompt, their tokens column by column, and what is wrong with them. */
public final class PromptBar extends VBox {

    /** The keys of its fields and chips. */
    public static final List<RegionKeys> KEYS = List.of(
        RegionKeys.of("prompt-bar", "Prompts")
            .key("Alt+Down", "Pairs that were run before")
            .key("Shift+Enter", "Break the line, shown as ↵")
            .key("Ctrl+V", "Over all of a prompt, two lines or two cells of a table fill both prompts"),
        RegionKeys.of("token-columns", "Tokens of the prompts")
            .key("Arrows, Home, End", "Another token")
            .key("Enter, F2", "Type another text in its place")
            .key("Delete", "Take the token out"));

    /** Of both prompts and their tokens, with nothing to say against them. */
    public static final double HEIGHT = 148;
    private static final double NAME_WIDTH = 76;
    private static final double GAP = 8;
    /** Of what stands beside the chips. */
    private static final double SIDE_WIDTH = 304;

    private final Workbench workbench;
    private final PromptBarViewModel model;
    private final PromptMemory memory;
    private final Layer layer;
    private final TokenColumns columns = new TokenColumns();
    private final VBox beside = new VBox(4);
    private final BooleanProperty open;
    private final TextField clean;
    private final TextField corrupt;

    /**
     * @param open whether it is shown
     * @param found the tokens that are looked for
     */
    public PromptBar(Workbench workbench, PromptMemory memory, Layer layer, BooleanProperty open,
                     ObservableValue<Found> found) {
        super(8);
        this.workbench = workbench;
        this.memory = memory;
        this.layer = layer;
        this.open = open;
        this.model = new PromptBarViewModel(workbench);
        this.clean = field("clean-field", "The clean prompt, in which the behaviour occurs", model.cleanProperty(),
            Side.CLEAN);
        this.corrupt = field("corrupt-field", "The corrupt prompt, in which it does not; leave it empty to only look",
            model.corruptProperty(), Side.CORRUPT);
        getStyleClass().add("prompt-bar");
        setId("prompt-bar");
        Parts.hideWhile(this, open.map(is -> !is));
        HBox top = new HBox(16, fields(), controls());
        HBox.setHgrow(top.getChildren().get(0), Priority.ALWAYS);
        getChildren().addAll(top, tokens(found));
    }

    /**
     * What can be done to the prompts.
     *
     * @param open whether they are shown
     * @param bar where they are
     */
    public static List<Action> actions(Workbench workbench, BooleanProperty open, Supplier<PromptBar> bar) {
        return List.of(
            Action.of("clean-prompt", Section.EDIT_PROMPTS, "Go to the clean prompt", () -> bar.get().focusClean())
                .keys("Shortcut+L"),
            Action.of("corrupt-prompt", Section.EDIT_PROMPTS, "Go to the corrupt prompt",
                () -> bar.get().focusCorrupt()).keys("Shortcut+Shift+L"),
            Action.of("swap", Section.EDIT_PROMPTS, "Swap the prompts", () -> workbench.edit("", Document::swapped)),
            Action.toggle("prompts", Section.VIEW_WINDOW, "Prompts", open),
            Action.of("history", Section.EDIT_PROMPTS, "Take prompts that were run before…",
                () -> bar.get().showHistory()),
            Action.of("examples", Section.EDIT_PROMPTS, "Take a worked example…", () -> bar.get().showExamples()),
            Action.of("run", Section.EXPERIMENT_RUN, "Run the prompts", workbench::run).keys("F5", "Shortcut+Enter"));
    }

    private void focusClean() {
        open.set(true);
        clean.requestFocus();
        clean.selectAll();
    }

    private void focusCorrupt() {
        open.set(true);
        corrupt.requestFocus();
        corrupt.selectAll();
    }

    /** Puts something small under what is said of the pair, while nothing has to be done about that. */
    public void putBeside(Node more) {
        HBox place = new HBox(more);
        place.setAlignment(Pos.CENTER_RIGHT);
        Parts.hideWhile(place, Bindings.or(beside.lookup("#comparison-actions").visibleProperty(),
            more.visibleProperty().not()));
        beside.getChildren().add(place);
    }

    // ---- the two texts ----

    private TextField field(String id, String hint, StringProperty text, Side side) {
        TextField field = new TextField() {
            @Override
            public void paste() {
                if (!pastePair(this)) {
                    super.paste();
                }
            }
        };
        field.setId(id);
        field.setPromptText(hint);
        field.setAccessibleText(hint);
        // Fields drop what they cannot show, so it is replaced before they see it.
        field.setTextFormatter(new TextFormatter<>(change -> {
            change.setText(Visible.line(change.getText().replace("\r\n", "\n")));
            return change;
        }));
        field.textProperty().bindBidirectional(text);
        field.setOnAction(event -> workbench.run());
        Keys.belongsToDocument(field);
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> press(field, event));
        model.reading(side).addListener((observed, before, now) -> mark(field, now));
        mark(field, model.reading(side).getValue());
        return field;
    }

    private static void mark(TextField field, Reading reading) {
        field.getStyleClass().remove("wrong");
        if (!reading.problem().isEmpty()) {
            field.getStyleClass().add("wrong");
        }
    }

    /** Two prompts that would take the place of all that stands in a field are the clean and the corrupt one. */
    private boolean pastePair(TextField field) {
        Optional<PastedPair> pair = Optional.ofNullable(Clipboard.getSystemClipboard().getString())
            .filter(text -> field.getSelection().getLength() == field.getLength()).flatMap(PastedPair::of);
        pair.ifPresent(both -> workbench.edit("", document -> document.withClean(both.clean())
            .withCorrupt(both.corrupt())));
        return pair.isPresent();
    }

    private void press(TextField field, KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER && event.isShiftDown() && !event.isShortcutDown()) {
            field.replaceSelection("\n");
            event.consume();
        } else if (event.getCode() == KeyCode.DOWN && event.isAltDown()) {
            showHistory();
            event.consume();
        }
    }

    private GridPane fields() {
        GridPane grid = new GridPane();
        grid.setHgap(GAP);
        ColumnConstraints name = new ColumnConstraints(NAME_WIDTH);
        ColumnConstraints text = new ColumnConstraints();
        text.setHgrow(Priority.ALWAYS);
        text.setFillWidth(true);
        ColumnConstraints button = new ColumnConstraints();
        ColumnConstraints count = new ColumnConstraints(64);
        count.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().addAll(name, text, button, count);
        Button history = Parts.iconButton(Icons.HISTORY, "Pairs that were run before (Alt+Down)", this::showHistory);
        history.setId("history");
        Button examples = Parts.iconButton(Icons.EXAMPLES, "Worked examples", this::showExamples);
        examples.setId("examples");
        addRow(grid, 0, Term.CLEAN.on(RunMark.CLEAN.label()), clean, history, Side.CLEAN);
        addRow(grid, 2, Term.CORRUPT.on(RunMark.CORRUPT.label()), corrupt, examples, Side.CORRUPT);
        return grid;
    }

    private void addRow(GridPane grid, int row, Label mark, TextField field, Button button, Side side) {
        Label count = Parts.label("", "muted", "small");
        count.textProperty().bind(model.count(model.reading(side)));
        Tips.on(count, "Tokens of the prompt, and the most that the model reads and that there is memory for");
        Label problem = Parts.note(model.reading(side).map(reading -> reading.problem()), "problem");
        problem.setId(field.getId() + "-problem");
        Label flaw = Parts.note(model.flaw(side), "note");
        flaw.setId(field.getId() + "-flaw");
        grid.add(mark, 0, row);
        grid.add(field, 1, row);
        grid.add(button, 2, row);
        grid.add(count, 3, row);
        VBox sentences = new VBox(withRemedy(problem, model.remedy(side, this::showExamples)),
            withRemedy(flaw, model.flaw(side).map(text -> text.isEmpty() ? Optional.empty()
                : Optional.of(model.clearingOf(side)))));
        sentences.setPadding(new Insets(0, 0, 4, 0));
        grid.add(sentences, 1, row + 1, 3, 1);
    }

    /** A sentence with what can be done about it behind it; takes no room while there is none. */
    private HBox withRemedy(Label sentence, ObservableValue<Optional<Remedy>> remedy) {
        HBox actions = new HBox();
        remedy.addListener((observed, before, now) -> show(actions, now));
        show(actions, remedy.getValue());
        // The listener above hears nothing once what it listens to is collected.
        actions.setUserData(remedy);
        HBox line = new HBox(GAP, sentence, actions);
        line.setAlignment(Pos.CENTER_LEFT);
        Parts.hideWhile(line, sentence.visibleProperty().map(is -> !is));
        return line;
    }

    private static void show(HBox actions, Optional<Remedy> remedy) {
        actions.getChildren().setAll(remedy.map(PromptBar::link).stream().toList());
    }

    private static Hyperlink link(Remedy remedy) {
        Hyperlink link = Parts.named(new Hyperlink(remedy.label()), remedy.hint());
        link.getStyleClass().add("small");
        link.setPadding(Insets.EMPTY);
        link.setMinWidth(Region.USE_PREF_SIZE);
        link.setOnAction(event -> remedy.action().run());
        return link;
    }

    // ---- what is done with them ----

    private VBox controls() {
        Button run = Parts.named(new Button("Run", Icons.RUN.node()), "Run both prompts (Ctrl+Enter)");
        run.setId("run");
        run.getStyleClass().add("accent");
        run.setOnAction(event -> workbench.run());
        Button swap = Parts.named(new Button("Swap", Icons.SWAP.node()), "Swap the clean and the corrupt prompt");
        swap.setId("swap");
        swap.setOnAction(event -> workbench.edit("", Document::swapped));
        ToggleSwitch bos = Parts.toggle("BOS");
        bos.setId("bos");
        Term.BOS.on(bos);
        bos.setSelected(workbench.document().bos());
        bos.selectedProperty().addListener((observed, before, now) ->
            workbench.edit("", document -> document.withBos(now)));
        workbench.documentProperty().addListener((observed, before, now) -> bos.setSelected(now.bos()));
        ToggleSwitch auto = Parts.toggle("Auto");
        auto.setId("auto");
        Tips.on(auto, "Run by itself 0.3 s after the last key");
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

    // ---- the tokens ----

    private HBox tokens(ObservableValue<Found> found) {
        PromptTokens tokens = model.tokens();
        found.addListener((observed, before, now) -> columns.mark(now));
        fillBeside();
        Runnable show = () -> columns.show(tokens.promptProperty(Side.CLEAN).get(),
            tokens.promptProperty(Side.CORRUPT).get(), tokens.limit());
        for (Side side : Side.values()) {
            tokens.promptProperty(side).addListener((observed, before, now) -> show.run());
        }
        show.run();
        columns.setOnEdit(this::edit);
        columns.setOnRemove(tokens::remove);
        HBox.setHgrow(columns, Priority.ALWAYS);
        HBox line = new HBox(16, columns, beside);
        line.setPadding(new Insets(0, 0, 0, NAME_WIDTH + GAP));
        return line;
    }

    /** How the two prompts lie to one another, and what can be done about it. */
    private void fillBeside() {
        Label comparison = Parts.label("", "note");
        comparison.setId("comparison");
        ObservableValue<String> text = model.comparison();
        comparison.textProperty().bind(text);
        comparison.setWrapText(true);
        comparison.setAlignment(Pos.TOP_RIGHT);
        comparison.setTextAlignment(TextAlignment.RIGHT);
        comparison.setMaxWidth(SIDE_WIDTH);
        comparison.setMinHeight(Region.USE_PREF_SIZE);
        HBox actions = new HBox(16);
        actions.setId("comparison-actions");
        actions.setAlignment(Pos.CENTER_RIGHT);
        Runnable show = () -> actions.getChildren().setAll(model.remediesOfPair(this::editLast).stream()
            .map(PromptBar::link).toList());
        text.addListener((observed, before, now) -> show.run());
        show.run();
        Parts.hideWhile(actions, Bindings.isEmpty(actions.getChildren()));
        beside.getChildren().addAll(comparison, actions);
        beside.setAlignment(Pos.TOP_RIGHT);
        beside.setMinWidth(Region.USE_PREF_SIZE);
        beside.setMaxWidth(SIDE_WIDTH);
    }

    private void editLast(Side side) {
        model.tokens().promptProperty(side).get().ifPresent(prompt -> edit(side, prompt.size() - 1));
    }

    /** Opens the editor over a chip. */
    private void edit(Side side, int position) {
        PromptTokens tokens = model.tokens();
        tokens.editable(side, position).ifPresent(prompt -> {
            if (prompt.bos() && position == 0) {
                workbench.report("BOS is none of the text: turn it off to take it out.");
                return;
            }
            columns.reveal(side, position);
            Node chip = columns.find(side, position).map(Node.class::cast).orElse(columns);
            TokenEditor editor = new TokenEditor(new TokenEditorViewModel(tokens, side, prompt, position),
                layer::close);
            Bounds place = chip.localToScene(chip.getLayoutBounds());
            layer.show(editor, place.getMinX() - GAP, place.getMinY() - editor.fieldTop(), editor.field());
            editor.selectWord();
        });
    }

    // ---- what can be taken ----

    /** Offers the pairs that were run before. */
    private void showHistory() {
        open.set(true);
        HistoryCard card = new HistoryCard(memory.entries(), entry -> {
            layer.close();
            workbench.edit("", entry::into);
        });
        card.setPrefWidth(clean.getWidth());
        layer.showUnder(card, clean, card.first());
    }

    /** Offers the worked examples. */
    private void showExamples() {
        open.set(true);
        ExamplesCard card = new ExamplesCard(model.isBundled(), example -> {
            layer.close();
            model.take(example);
        });
        layer.showUnder(card, corrupt, card.first());
    }
}
