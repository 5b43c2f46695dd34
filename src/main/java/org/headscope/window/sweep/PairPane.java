package org.headscope.window.sweep;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;
import org.headscope.window.sweep.PairFile.Checked;
import org.headscope.window.sweep.ShownSweep.PairValue;

/** The pairs of a file as a table, with what each gave in the cell that is pointed at and why some are left out. */
final class PairPane extends VBox {

    private static final int MOST_PROBLEMS = 20;
    private static final double MOST_PROBLEMS_HIGH = 92;
    private static final double LEAST_TABLE = 84;
    private static final double ROOM_FOR_BOTH = 400;
    /** As much for both prompts, whatever there is. */
    private static final double SHARE = 400;

    private final SweepViewModel model;
    private final TableView<Checked> table = new TableView<>();
    private final Label name = Parts.label("", "strong");
    private final Label leftOut = Parts.label("", "problem");
    private final ScrollPane problems = new ScrollPane(leftOut);
    private final TableColumn<Checked, String> value = column("", this::value);
    private final ReadOnlyObjectWrapper<OptionalInt> shownRow = new ReadOnlyObjectWrapper<>(OptionalInt.empty());
    private Map<Integer, String> values = Map.of();

    PairPane(SweepViewModel model) {
        super(8);
        this.model = model;
        setId("pairs");
        setMinWidth(200);
        setPrefWidth(300);
        Button close = Parts.iconButton(Icons.CANCEL, "Close the file and go back to the pair that is open",
            model.pairs()::close);
        close.setId("close-pairs");
        name.setId("pairs-name");
        name.setMinWidth(0);
        leftOut.setId("pairs-left-out");
        leftOut.setWrapText(true);
        leftOut.setMinHeight(USE_PREF_SIZE);
        HBox heading = new HBox(8, name, Parts.spacer(), close);
        heading.setAlignment(Pos.CENTER_LEFT);
        table.setId("pairs-table");
        table.setAccessibleText("Pairs of prompts");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        table.getStyleClass().addAll("dense", "pairs-table");
        table.setRowFactory(view -> new PairRow());
        table.getSelectionModel().selectedItemProperty().addListener((observed, before, now) ->
            shownRow.set(now == null ? OptionalInt.empty() : OptionalInt.of(now.row().line())));
        table.setMinHeight(LEAST_TABLE);
        VBox.setVgrow(table, Priority.ALWAYS);
        problems.getStyleClass().add("plain-scroll");
        problems.setFitToWidth(true);
        problems.setMinHeight(36);
        problems.setMaxHeight(MOST_PROBLEMS_HIGH);
        getChildren().addAll(heading, table, problems);
        Parts.hideWhile(this, model.pairs().fileProperty().map(Optional::isEmpty));
        model.pairs().rowsProperty().addListener((observed, before, now) -> fill(now));
        fill(model.pairs().rowsProperty().get());
    }

    /** The line of the row that is chosen. */
    ReadOnlyObjectProperty<OptionalInt> shownRow() {
        return shownRow.getReadOnlyProperty();
    }

    private void fill(List<Checked> rows) {
        table.getColumns().setAll(List.of(fixed(column("Line", row -> Integer.toString(row.row().line())), 44)));
        List<TableColumn<Checked, String>> prompts = List.of(column("Clean", row -> row.text(0)),
            column("Corrupt", row -> row.text(1)));
        prompts.forEach(column -> column.setPrefWidth(SHARE));
        // Beside a small map there is room for one; the row's tooltip has both.
        prompts.get(1).visibleProperty().bind(widthProperty().greaterThan(ROOM_FOR_BOTH));
        table.getColumns().addAll(prompts);
        table.getColumns().add(fixed(value, 68));
        table.getItems().setAll(rows);
        long bad = rows.stream().filter(row -> !row.isUsable()).count();
        name.setText(model.pairs().file().map(file -> "%s: %,d of %,d pairs".formatted(file.table().name(),
            rows.size() - bad, rows.size())).orElse(""));
        leftOut.setText(rows.stream().filter(row -> !row.isUsable()).limit(MOST_PROBLEMS)
            .map(row -> "Line %d is left out: %s".formatted(row.row().line(), row.problem()))
            .collect(Collectors.joining("\n")) + (bad > MOST_PROBLEMS ? "\nand %,d more".formatted(bad - MOST_PROBLEMS)
            : ""));
        problems.setVisible(bad > 0);
        problems.setManaged(bad > 0);
    }

    private static TableColumn<Checked, String> column(String title, Function<Checked, String> text) {
        TableColumn<Checked, String> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        column.setCellFactory(owner -> new TextCell());
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private static TableColumn<Checked, String> fixed(TableColumn<Checked, String> column, double width) {
        column.setMinWidth(width);
        column.setMaxWidth(width);
        return column;
    }

    /** What the pairs gave in a cell; nothing where none is pointed at. */
    void show(Optional<ShownSweep> sweep, List<PairValue> now) {
        values = sweep.isEmpty() ? Map.of() : now.stream().collect(Collectors.toMap(PairValue::line,
            one -> sweep.get().text(one.value())));
        value.setText(now.isEmpty() ? "" : "This cell");
        table.refresh();
    }

    private String value(Checked row) {
        return row.isUsable() ? values.getOrDefault(row.row().line(), "") : "left out";
    }

    private static final class PairRow extends TableRow<Checked> {

        @Override
        protected void updateItem(Checked row, boolean isEmpty) {
            super.updateItem(row, isEmpty);
            boolean isBad = !isEmpty && row != null && !row.isUsable();
            setOpacity(isBad ? 0.6 : 1);
            setTooltip(isEmpty || row == null ? null : new Tooltip(isBad ? row.problem()
                : row.row().texts().stream().filter(text -> !text.isEmpty()).map(PairRow::visible)
                    .collect(Collectors.joining("\n"))));
        }

        /** Spaces at the ends are part of tokens. */
        private static String visible(String text) {
            return text.replaceAll("^ | $", "·");
        }
    }

    /** The prompts of a pair mostly begin alike and end differently, so both ends are kept. */
    private static final class TextCell extends TableCell<Checked, String> {

        TextCell() {
            setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        }

        @Override
        protected void updateItem(String text, boolean isEmpty) {
            super.updateItem(text, isEmpty);
            setText(isEmpty ? "" : text);
        }
    }
}
