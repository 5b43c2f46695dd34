package org.headscope.window.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.figure.Cell;
import org.headscope.window.control.Copying;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Parts;

/**
 * Every number of a map. There are no more columns than can be seen; the others are scrolled to, since a toolkit's
 * table of a thousand columns cannot be used.
 */
final class MapTable extends VBox {

    private static final double LABEL = 120;
    private static final double COLUMN = 76;
    private static final double WIDEST = 120;
    private static final double ROW = 26;
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final TableView<Integer> table = new TableView<>();
    private final ScrollBar bar = new ScrollBar();
    private HeatPicture picture;
    private int shown;

    MapTable() {
        setMinHeight(0);
        table.setId("map-table");
        table.setFixedCellSize(ROW);
        table.setAccessibleText("Every value of the map, queries down and keys across");
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        table.addEventFilter(ScrollEvent.SCROLL, event -> {
            if (event.getDeltaX() != 0) {
                scrollTo(first() - (int) Math.signum(event.getDeltaX()));
                event.consume();
            }
        });
        VBox.setVgrow(table, Priority.ALWAYS);
        bar.setUnitIncrement(1);
        bar.setMinHeight(USE_PREF_SIZE);
        bar.setAccessibleText("First key that is shown");
        bar.valueProperty().addListener((observed, before, now) -> name());
        Parts.hideWhile(bar, bar.maxProperty().map(max -> max.intValue() == 0));
        widthProperty().addListener((observed, before, now) -> fit());
        getChildren().addAll(table, bar);
    }

    void show(HeatPicture now) {
        boolean other = picture == null || !picture.rows().equals(now.rows());
        picture = now;
        if (other) {
            table.setItems(FXCollections.observableArrayList(
                IntStream.range(0, now.matrix().rows()).boxed().toList()));
        }
        fit();
        table.refresh();
    }

    /** What takes the keys. */
    TableView<Integer> table() {
        return table;
    }

    private int first() {
        return (int) Math.round(bar.getValue());
    }

    private void scrollTo(int column) {
        bar.setValue(Math.max(0, Math.min(bar.getMax(), column)));
    }

    /** As many columns as there is room for. */
    private void fit() {
        if (picture == null || getWidth() <= 0) {
            return;
        }
        int columns = picture.matrix().columns();
        shown = Math.max(1, Math.min(columns, (int) ((getWidth() - LABEL - ROW) / COLUMN)));
        if (table.getColumns().size() != shown + 1) {
            List<TableColumn<Integer, String>> all = new ArrayList<>(List.of(labels()));
            IntStream.range(0, shown).forEach(place -> all.add(values(place)));
            table.getColumns().setAll(all);
        }
        // They share what a whole column would not fit into.
        double each = Math.min(WIDEST, Math.floor((getWidth() - LABEL - ROW) / shown));
        table.getColumns().stream().skip(1).forEach(column -> column.setPrefWidth(each));
        bar.setMax(columns - shown);
        bar.setVisibleAmount(columns == shown ? 0 : bar.getMax() * shown / columns);
        bar.setBlockIncrement(shown);
        scrollTo(first());
        name();
    }

    private TableColumn<Integer, String> labels() {
        TableColumn<Integer, String> column = column(LABEL);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(label(picture.rows(), row.getValue())));
        return column;
    }

    private TableColumn<Integer, String> values(int place) {
        TableColumn<Integer, String> column = column(COLUMN);
        column.getStyleClass().add("number");
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(
            written(row.getValue(), Math.min(first() + place, picture.matrix().columns() - 1))));
        return column;
    }

    private static TableColumn<Integer, String> column(double width) {
        TableColumn<Integer, String> column = new TableColumn<>();
        column.setSortable(false);
        column.setReorderable(false);
        column.setResizable(false);
        column.setPrefWidth(width);
        return column;
    }

    /** Says which keys the columns stand for now. */
    private void name() {
        if (picture == null || table.getColumns().isEmpty()) {
            return;
        }
        table.getColumns().get(0).setText("Query ↓  Key →");
        for (int place = 0; place < table.getColumns().size() - 1; place++) {
            table.getColumns().get(place + 1).setText(label(picture.columns(), first() + place));
        }
        table.refresh();
    }

    private static String label(List<String> tokens, int position) {
        return "%s (%d)".formatted(tokens.get(position), position);
    }

    /** Nothing where a query cannot see the key. */
    private String written(int row, int column) {
        return switch (picture.matrix().state(row, column)) {
            case FUTURE -> "";
            case VALUE -> HeatPicture.value(picture.matrix(), new Cell(row, column));
            default -> "–";
        };
    }

    private void press(KeyEvent event) {
        int step = event.getCode() == KeyCode.LEFT ? -1 : event.getCode() == KeyCode.RIGHT ? 1 : 0;
        if (COPY.match(event)) {
            Copying.text(text());
            event.consume();
        } else if (step != 0) {
            scrollTo(first() + step * (event.isShortcutDown() ? shown : 1));
            event.consume();
        }
    }

    /** The chosen rows with all of their columns, or all rows where none is chosen, tabs between the values. */
    private String text() {
        List<Integer> rows = table.getSelectionModel().getSelectedItems().isEmpty() ? table.getItems()
            : table.getSelectionModel().getSelectedIndices().stream().sorted().toList();
        int columns = picture.matrix().columns();
        String heading = "\t" + IntStream.range(0, columns).mapToObj(column -> label(picture.columns(), column))
            .collect(Collectors.joining("\t"));
        return heading + "\n" + rows.stream().map(row -> label(picture.rows(), row) + "\t"
            + IntStream.range(0, columns).mapToObj(column -> picture.matrix().hasValue(row, column)
                ? Float.toString(picture.matrix().value(row, column)) : "").collect(Collectors.joining("\t")))
            .collect(Collectors.joining("\n", "", "\n"));
    }
}
