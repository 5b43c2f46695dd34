package org.headscope.window.control;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** A list of which one item is taken, by a click or by arrows and Enter. */
public final class PickList<T> extends ListView<T> {

    private static final double SCROLL_BAR = 14;

    /** @param row what shows an item */
    public PickList(String id, String what, List<T> items, Function<T, Node> row, Consumer<T> taken) {
        setId(id);
        getStyleClass().add("pick-list");
        setAccessibleText(what);
        getItems().setAll(items);
        setCellFactory(list -> new Row(row, taken));
        getSelectionModel().selectFirst();
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && getSelectionModel().getSelectedItem() != null) {
                event.consume();
                taken.accept(getSelectionModel().getSelectedItem());
            }
        });
    }

    private final class Row extends ListCell<T> {

        private final Function<T, Node> row;

        Row(Function<T, Node> row, Consumer<T> taken) {
            this.row = row;
            setOnMouseClicked(event -> {
                if (!isEmpty()) {
                    taken.accept(getItem());
                }
            });
            // A long text is cut or wrapped at the list's width instead of widening it.
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(T item, boolean empty) {
            super.updateItem(item, empty);
            setGraphic(empty || item == null ? null : row.apply(item));
        }

        /** The list asks without a width, for which a text that wraps would be one line high. */
        @Override
        protected double computePrefHeight(double width) {
            if (getGraphic() == null) {
                return super.computePrefHeight(width);
            }
            double room = PickList.this.getWidth() - snappedLeftInset() - snappedRightInset() - SCROLL_BAR;
            return snappedTopInset() + getGraphic().prefHeight(Math.max(0, room)) + snappedBottomInset();
        }
    }
}
