package org.headscope.window.sessions;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Polyline;
import org.headscope.figure.Table;
import org.headscope.figure.Tsv;
import org.headscope.session.Ledger;
import org.headscope.session.Ledger.Line;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Numerals;
import org.headscope.window.control.Overlay;
import org.headscope.window.control.Parts;

/** The ledger of runs: a table, the course of the metric, and what differs between two ticked lines. */
public final class LedgerPane extends VBox implements Overlay {

    /** With whole lines of the table, one more where there is room. */
    private static final double HEIGHT = 241;
    private static final double LOW_HEIGHT = 215;
    private static final double LOW_WINDOW = 760;
    /** The status line below it stays in sight. */
    private static final double STATUS = 36;
    /** A change that the written numbers do not show is rounding. */
    private static final double UNSEEN = 1e-3;
    private static final double COURSE_WIDTH = 160;
    private static final double COURSE_HEIGHT = 24;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private static final double NUMBER = 88;

    private final LedgerViewModel model;
    private final TableView<Line> table = new TableView<>();
    private final Polyline course = new Polyline();
    private final Label range = Parts.label("", "small", "muted");
    private final Label differences = Parts.label("", "small");
    private Node formerFocus;

    public LedgerPane(LedgerViewModel model) {
        this.model = model;
        setId("ledger");
        getStyleClass().add("ledger");
        // Over the lower part of the maps: beside them it would push other regions out of a small window.
        sceneProperty().flatMap(Scene::heightProperty).map(height -> height.doubleValue() < LOW_WINDOW ? LOW_HEIGHT
            : HEIGHT).subscribe(height -> setMaxHeight(height == null ? HEIGHT : height));
        StackPane.setAlignment(this, Pos.BOTTOM_CENTER);
        StackPane.setMargin(this, new Insets(0, 0, STATUS, 0));
        visibleProperty().bind(model.openProperty());
        buildTable();
        differences.setId("ledger-differences");
        differences.setWrapText(true);
        getChildren().addAll(header(), table, differences);
        VBox.setVgrow(table, Priority.ALWAYS);
        model.openProperty().addListener((observed, before, now) -> follow(now));
        model.ledgerProperty().addListener((observed, before, now) -> show());
        model.tickedProperty().addListener((observed, before, now) -> {
            table.refresh();
            showDifferences();
        });
        show();
    }

    private HBox header() {
        Pane line = new Pane(course);
        course.getStyleClass().add("course");
        line.setMinSize(COURSE_WIDTH, COURSE_HEIGHT);
        line.setMaxSize(COURSE_WIDTH, COURSE_HEIGHT);
        Button back = new Button("Bring back");
        back.setId("ledger-bring-back");
        back.getStyleClass().add("small");
        back.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
        back.setOnAction(event -> bringBack());
        Button clear = new Button("Clear");
        clear.getStyleClass().addAll("small", "flat");
        clear.setOnAction(event -> model.clear());
        HBox header = new HBox(8, Parts.label("Runs", "section-title"), line, range, Parts.spacer(), back, clear,
            Parts.iconButton(Icons.CANCEL, "Close the runs", () -> model.openProperty().set(false)));
        header.setAlignment(Pos.CENTER_LEFT);
        return header;
    }

    private void buildTable() {
        table.setId("ledger-table");
        table.getStyleClass().add("dense");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        table.setAccessibleText("Runs, newest first");
        table.setPlaceholder(Parts.label("What you run, patch and sweep is written down here.", "muted"));
        TableColumn<Line, Boolean> tick = new TableColumn<>("");
        tick.setCellValueFactory(row -> new SimpleBooleanProperty(true));
        tick.setCellFactory(column -> new Tick());
        fixed(tick, 40);
        tick.setSortable(false);
        table.getColumns().add(tick);
        fixed(column("Time", line -> TIME.format(line.time().atZone(ZoneId.systemDefault()))), 72);
        fixed(column("Done", line -> line.kind().name().toLowerCase(Locale.ROOT)), 64);
        // What is said in words shares the room that the numbers leave.
        words("What", 288, Line::what);
        words("Clean prompt", 168, line -> line.document().clean());
        words("Metric", 208, Line::metric);
        numbers("Clean", line -> Ledger.number(line.clean()));
        numbers("Corrupt", line -> Ledger.number(line.corrupt()));
        numbers("Value", line -> Ledger.number(line.value()));
        numbers("Recovered", line -> Ledger.percent(line.recovered()));
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                bringBack();
                event.consume();
            } else if (event.getCode() == KeyCode.SPACE && table.getSelectionModel().getSelectedItem() != null) {
                model.tick(table.getSelectionModel().getSelectedItem());
                event.consume();
            }
        });
        table.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                bringBack();
            }
        });
    }

    private void numbers(String title, Function<Line, String> text) {
        TableColumn<Line, String> column = column(title, line -> text.apply(line).replace('-', '−'));
        column.getStyleClass().add("number");
        fixed(column, NUMBER);
    }

    /** As much of the room as its width is of those of all such columns; what is cut is said by a tooltip. */
    private void words(String title, double width, Function<Line, String> text) {
        TableColumn<Line, String> column = column(title, text);
        column.setPrefWidth(width);
        column.setCellFactory(owner -> new Words());
    }

    private static void fixed(TableColumn<Line, ?> column, double width) {
        column.setMinWidth(width);
        column.setMaxWidth(width);
    }

    private TableColumn<Line, String> column(String title, Function<Line, String> text) {
        TableColumn<Line, String> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new SimpleStringProperty(text.apply(row.getValue())));
        column.setSortable(false);
        table.getColumns().add(column);
        return column;
    }

    /** Takes the keys, now that it is in its window, if it is open. */
    public void start() {
        if (model.openProperty().get()) {
            follow(true);
        }
    }

    /** The keys go to the newest run, and back to where they were. */
    private void follow(boolean open) {
        if (open) {
            formerFocus = getScene().getFocusOwner();
            table.getSelectionModel().selectFirst();
            table.requestFocus();
        } else if (formerFocus != null && isWithin(getScene().getFocusOwner())) {
            formerFocus.requestFocus();
        }
    }

    /** Whether it has the keys: Esc elsewhere is not about it. */
    @Override
    public boolean isOpen() {
        return model.openProperty().get() && isWithin(getScene().getFocusOwner());
    }

    @Override
    public void close() {
        model.openProperty().set(false);
    }

    private boolean isWithin(Node node) {
        return node != null && (node == this || isWithin(node.getParent()));
    }

    /** All runs, newest first, tab-separated; empty while there is none. */
    public Optional<String> text() {
        if (table.getItems().isEmpty()) {
            return Optional.empty();
        }
        List<TableColumn<Line, ?>> columns = table.getColumns().subList(1, table.getColumns().size());
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(TableColumn::getText).toList());
        table.getItems().forEach(line -> rows.add(columns.stream()
            .map(column -> plain(column, String.valueOf(column.getCellData(line)))).toList()));
        return Optional.of(Tsv.text(Table.of(rows)));
    }

    /** Numbers as programs read them. */
    private static String plain(TableColumn<Line, ?> column, String text) {
        return column.getStyleClass().contains("number") ? text.replace('−', '-') : text;
    }

    private static final class Words extends TableCell<Line, String> {

        private final Tooltip whole = new Tooltip();

        @Override
        protected void updateItem(String text, boolean isEmpty) {
            super.updateItem(text, isEmpty);
            setText(isEmpty ? null : text);
            whole.setText(text);
            setTooltip(isEmpty || text == null || text.isEmpty() ? null : whole);
        }
    }

    private final class Tick extends TableCell<Line, Boolean> {

        private final CheckBox box = new CheckBox();

        Tick() {
            box.setAccessibleText("Compare this run");
            box.setOnAction(event -> model.tick(getTableRow().getItem()));
        }

        @Override
        protected void updateItem(Boolean there, boolean empty) {
            super.updateItem(there, empty);
            Line line = getTableRow() == null ? null : getTableRow().getItem();
            setGraphic(empty || line == null ? null : box);
            box.setSelected(line != null && model.tickedProperty().get().contains(line));
        }
    }

    private void bringBack() {
        Line line = table.getSelectionModel().getSelectedItem();
        if (line != null) {
            model.bringBack(line);
        }
    }

    private void show() {
        List<Line> newestFirst = new ArrayList<>(model.ledgerProperty().get().lines());
        Collections.reverse(newestFirst);
        table.getItems().setAll(newestFirst);
        showCourse(model.course());
        showDifferences();
    }

    private void showCourse(List<Double> values) {
        course.getPoints().clear();
        if (values.size() < 2) {
            range.setText("");
            return;
        }
        double least = Collections.min(values);
        double most = Collections.max(values);
        for (int i = 0; i < values.size(); i++) {
            double share = most - least > UNSEEN ? (values.get(i) - least) / (most - least) : 0.5;
            course.getPoints().addAll(COURSE_WIDTH * i / (values.size() - 1), COURSE_HEIGHT * (1 - share));
        }
        List<Line> lines = model.ledgerProperty().get().lines();
        range.setText("%s, %s to %s".formatted(lines.get(lines.size() - 1).metric(), Numerals.logit(least),
            Numerals.logit(most)));
    }

    private void showDifferences() {
        int ticked = model.tickedProperty().get().size();
        List<Ledger.Difference> all = model.differences();
        differences.setText(ticked < 2 ? "Tick two runs to see what differs." : all.isEmpty()
            ? "These two runs are the same." : all.stream().map(one -> "%s: %s → %s".formatted(one.what(),
                shown(one.before()), shown(one.after()))).collect(Collectors.joining("     ")));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "–" : value;
    }
}
